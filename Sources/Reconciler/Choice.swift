import Records

/// What a row by itself comes to, before other rows are heard.
enum Choice {
    /// One mailbox stands out.
    case one(Bond)
    /// Several fit equally well, or an address points to one and the names to another.
    case several
    /// None.
    case none

    /// Chooses among a row's bonds to mailboxes.
    init(_ bonds: ArraySlice<Bond>, scene: Scene, takenByAddress: (Int) -> Bool) {
        let mailboxes = bonds.filter { scene.recipients[$0.recipient].kind == .mailbox && $0.strength > .shortNameOnly }
        guard let best = mailboxes.max(by: { $0.strength < $1.strength }) else {
            self = Self.shortName(bonds, scene)
            return
        }
        let others = mailboxes.filter { $0.recipient != best.recipient }
        let isRivalled = others.contains { $0.strength == best.strength || Self.contradicts($0, best, takenByAddress) }
        self = isRivalled ? .several : .one(best)
    }

    /// Whether `other` fits by its names while the address on `best` sits beside names that do not agree as well.
    private static func contradicts(_ other: Bond, _ best: Bond, _ takenByAddress: (Int) -> Bool) -> Bool {
        guard best.strength >= .doubted, !best.facts.has(.explicitMap) else { return false }
        if other.strength == .doubted { return true }
        return other.strength >= .named && !takenByAddress(other.recipient) && (best.strength == .doubted || !best.facts.has(.fullName))
    }

    /// Nothing but a mailbox of that short name whose names disagree: worth showing when it is the only one.
    private static func shortName(_ bonds: ArraySlice<Bond>, _ scene: Scene) -> Choice {
        let mailboxes = bonds.filter { scene.recipients[$0.recipient].kind == .mailbox }
        guard let first = mailboxes.first else { return .none }
        return mailboxes.count > 1 ? .several : .one(first)
    }
}
