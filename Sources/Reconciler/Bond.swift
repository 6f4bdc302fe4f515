import Records

/// How firmly the facts tie a row to a recipient. The order is what decides; within one strength nothing does.
enum Strength: UInt8, Comparable {
    /// Nothing that a person should look at.
    case none
    /// Only a short name, and the names flatly disagree.
    case shortNameOnly
    /// One weak piece: a short name, a surname with an initial, or more with something against it.
    case weak
    /// The full name, with nothing against it but namesakes.
    case named
    /// The full name and something else that agrees, nothing against, and nobody else, of either side, who reaches for the same.
    case likely
    /// Two independent pieces, and nothing against.
    case agreed
    /// Identified, but something speaks against it.
    case doubted
    /// Identified, and nothing speaks against it.
    case identified

    /// Whether it decides for a row when nobody else reaches for the mailbox, and the chance of being wrong is small enough.
    var decidesAlone: Bool { self == .identified || self == .agreed || self == .likely }

    /// Whether a row with such a bond keeps the mailbox against one with `other`.
    func prevails(over other: Strength) -> Bool {
        switch self {
        case .identified: other < .identified
        case .agreed: other <= .weak
        default: false
        }
    }

    static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }

    /// The strength that the rules give to these facts by themselves, before anybody else is looked at.
    init(_ facts: Facts) {
        if facts.has(.explicitMap) {
            self = .identified
        } else if !facts.isDisjoint(with: .identifying) {
            self = facts.isDisjoint(with: Self.conflicts) ? .identified : .doubted
        } else if Self.hasTwoPieces(facts) {
            self = .agreed
        } else if facts.has(.fullName), facts.isDisjoint(with: Self.conflicts) {
            self = .named
        } else if facts.has(.otherNames) {
            self = facts.isDisjoint(with: Facts(.alias, .directoryName, .formerMailboxName)) ? .none : .shortNameOnly
        } else {
            self = facts.isDisjoint(with: Self.worthALook) ? .none : .weak
        }
    }

    /// A full name and one independent piece; or a surname, and a piece that only the same person would have.
    private static func hasTwoPieces(_ facts: Facts) -> Bool {
        let against = facts.intersection(.against)
        guard facts.has(.fullName) else { return against.isEmpty && isNamedWithoutGivenName(facts) }
        if facts.has(.formerMailboxName) { return against.isSubset(of: Facts(.namesake)) }
        if facts.has(.middleInitial), against.isSubset(of: facts.has(.home) ? Facts(.namesake) : Facts(.otherHome)) { return true }
        return facts.has(.carriedOver) && (against.isSubset(of: Facts(.otherHome)) || against.isSubset(of: Facts(.namesake)))
    }

    /// Whether given name and surname agree, something independent of them does, and nothing speaks against it but namesakes, or a move for
    /// which more than short names makes up. Short names say nothing beside a usual form of the given name: Jack's JSMITH is as good as John's.
    static func isSupported(_ facts: Facts) -> Bool {
        guard !facts.isDisjoint(with: .wholeNames), facts.intersection(.against).isSubset(of: Facts(.namesake, .otherHome)) else {
            return false
        }
        if !facts.isDisjoint(with: independent) { return true }
        if facts.has(.familiarName) { return false }
        return facts.has(.carriedOver) || (!facts.isDisjoint(with: .shortName) && !facts.has(.otherHome))
    }

    /// A surname whose given name is not written out, or not the same, beside what a relative would not have: the old mailbox name, or, where
    /// the first letter of the given name agrees, also the middle one.
    private static func isNamedWithoutGivenName(_ facts: Facts) -> Bool {
        if facts.has(.formerMailboxName) {
            return !facts.isDisjoint(with: Facts(.familiarName, .partialName, .initialAndSurname, .surname))
        }
        return facts.has(.initialAndSurname) && facts.has(.middleInitial)
    }

    private static var independent: Facts { Facts(.home, .homeDepartment, .middleInitial, .formerMailboxName) }
    /// What makes an address doubtful: a stale one, or one that was handed on.
    private static var conflicts: Facts { Facts(.otherNames, .otherNumber, .otherMiddleInitial, .otherSuffix) }
    private static var worthALook: Facts {
        Facts.wholeNames.union(.shortName).union(Facts(.formerMailboxName, .misspeltName, .sharedWord, .initialAndSurname))
    }
}

/// A row and a recipient that belong together as firmly as `strength` says.
struct Bond {
    private let place: Int32
    /// What the facts come to.
    let strength: Strength
    /// What speaks for and against.
    let facts: Facts
    /// How likely it is, from 0 to 1, that the recipient is somebody else all the same; 1 where that was not asked.
    var chance: Double { Double(odds) }
    private let odds: Float

    init(recipient: Int, facts: Facts, strength: Strength, chance: Double = 1) {
        place = Int32(recipient)
        self.facts = facts
        self.strength = strength
        odds = Float(chance)
    }

    /// The recipient's index.
    var recipient: Int { Int(place) }

    /// Whether the row may be given to the recipient where no other row reaches for it. Who is identified is not weighed. Two independent pieces, or a
    /// rare name where the row's people both live and work, may be wrong more often: so much leaves less room for what was not counted.
    func decides(maxError: Double) -> Bool {
        guard strength != .identified else { return true }
        let isMore = strength == .agreed || facts.isSuperset(of: Facts(.home, .homeDepartment, .onlyBearer))
        return strength.decidesAlone && chance <= maxError * (isMore ? ReconcilerSettings.moreEvidence : 1)
    }

    /// The same, as how often decisions like this go wrong; `nil` where nothing is to be said: not asked, or told by a map.
    var wrongOnceIn: Int? { chance > 0 && chance < 1 ? Int(min(1 / chance, 1e9).rounded(.down)) : nil }
}
