import Records

/// What a row by itself comes to, before other rows are heard.
enum Choice {
    /// One mailbox stands out.
    case one(Bond)
    /// Several fit equally well, or an address points to one and the names to another.
    case several
    /// None.
    case none

    /// The recipients that the row, which has these bonds, claims: the one that it chose, not where only a short name agrees and the names say
    /// something else; or of several, those that it is identified with.
    @inline(__always)
    func forEachClaim(_ bonds: ArraySlice<Bond>, _ body: (_ recipient: Int) -> Void) {
        switch self {
        case .one(let bond): if bond.strength > .shortNameOnly { body(bond.recipient) }
        case .several: for bond in bonds where bond.strength == .identified { body(bond.recipient) }
        case .none: break
        }
    }

    /// Chooses among a row's bonds to mailboxes.
    init(_ bonds: ArraySlice<Bond>, scene: Scene, takenByAddress: (Int) -> Bool) {
        func isMailbox(_ bond: Bond) -> Bool { scene.isMailbox[bond.recipient] }
        var best: Bond?
        // Who is identified as another row's is not in question for a row that has only names for it.
        func isFree(_ bond: Bond) -> Bool { bond.strength >= .doubted || !takenByAddress(bond.recipient) }
        for bond in bonds where isMailbox(bond) && bond.strength > .shortNameOnly && isFree(bond) {
            if best.map({ $0.strength < bond.strength }) ?? true { best = bond }
        }
        guard let best else {
            self = Self.shortName(bonds, isMailbox)
            return
        }
        for bond in bonds where bond.recipient != best.recipient && isMailbox(bond) && bond.strength > .shortNameOnly && isFree(bond) {
            if bond.strength == best.strength || Self.contradicts(bond, best, takenByAddress) {
                self = .several
                return
            }
        }
        self = .one(best)
    }

    /// Whether `other` fits by its names while the address on `best` sits beside names that do not agree as well.
    private static func contradicts(_ other: Bond, _ best: Bond, _ takenByAddress: (Int) -> Bool) -> Bool {
        guard best.strength >= .doubted, !best.facts.has(.explicitMap) else { return false }
        if other.strength == .doubted { return true }
        return other.strength >= .named && !takenByAddress(other.recipient) && (best.strength == .doubted || !best.facts.has(.fullName))
    }

    /// Nothing but a mailbox of that short name whose names disagree: worth showing when it is the only one.
    private static func shortName(_ bonds: ArraySlice<Bond>, _ isMailbox: (Bond) -> Bool) -> Choice {
        var only: Bond?
        for bond in bonds where isMailbox(bond) {
            if only != nil { return .several }
            only = bond
        }
        return only.map { .one($0) } ?? .none
    }
}
