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
    /// The full name, in the place where the person is to be expected, and nothing against: decides where no other row reaches for the mailbox.
    case placed
    /// Two independent pieces, and nothing against.
    case agreed
    /// Identified, but something speaks against it.
    case doubted
    /// Identified, and nothing speaks against it.
    case identified

    /// Whether it decides for a row when nobody else reaches for the mailbox.
    var decidesAlone: Bool { self == .identified || self == .agreed || self == .placed }

    /// Whether a row with such a bond keeps the mailbox against one with `other`.
    func prevails(over other: Strength) -> Bool {
        switch self {
        case .identified: other < .identified
        case .agreed: other <= .weak
        default: false
        }
    }

    static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }

    /// The strength that the rules give to these facts. `namesTellApart`: whether names tell people apart in this directory,
    /// so that a short name made after the habit, or the place, counts beside a full name.
    init(_ facts: Facts, namesTellApart: Bool) {
        if facts.has(.explicitMap) {
            self = .identified
        } else if !facts.isDisjoint(with: .identifying) {
            self = facts.isDisjoint(with: Self.conflicts) ? .identified : .doubted
        } else if Self.hasTwoPieces(facts, namesTellApart) {
            self = .agreed
        } else if facts.has(.fullName), facts.isDisjoint(with: Self.conflicts) {
            self = namesTellApart && Self.isInPlace(facts) ? .placed : .named
        } else if facts.has(.otherNames) {
            self = facts.isDisjoint(with: Facts(.alias, .directoryName, .formerMailboxName)) ? .none : .shortNameOnly
        } else {
            self = facts.isDisjoint(with: Self.worthALook) ? .none : .weak
        }
    }

    /// A full name and one independent piece; or a surname, and a piece that only the same person would have.
    private static func hasTwoPieces(_ facts: Facts, _ namesTellApart: Bool) -> Bool {
        let against = facts.intersection(.against)
        guard facts.has(.fullName) else { return against.isEmpty && isNamedWithoutGivenName(facts) }
        if facts.has(.formerMailboxName) { return against.isSubset(of: Facts(.namesake)) }
        if facts.has(.middleInitial), against.isSubset(of: facts.has(.home) ? Facts(.namesake) : Facts(.otherHome)) { return true }
        if facts.has(.carriedOver) { return against.isSubset(of: Facts(.otherHome)) || against.isSubset(of: Facts(.namesake)) }
        return against.isEmpty && namesTellApart && !facts.isDisjoint(with: .shortName)
    }

    /// Whether a mailbox of the same full name, which has a word of nobody else's, stands where the people of the row's postoffice live, its person
    /// works where they do, and nothing speaks against it.
    static func isInPlace(_ facts: Facts) -> Bool { facts.isSuperset(of: place) && facts.isDisjoint(with: .against) }

    /// A surname whose given name is not written out, or not the same, beside what a relative would not have: the old mailbox name, or, where
    /// the first letter of the given name agrees, also the middle one.
    private static func isNamedWithoutGivenName(_ facts: Facts) -> Bool {
        if facts.has(.formerMailboxName) { return !facts.isDisjoint(with: Facts(.initialAndSurname, .surname)) }
        return facts.has(.initialAndSurname) && facts.has(.middleInitial)
    }

    private static let place = Facts(.fullName, .home, .homeDepartment, .onlyBearer)
    /// What makes an address doubtful: a stale one, or one that was handed on.
    private static let conflicts = Facts(.otherNames, .otherMiddleInitial, .otherSuffix)
    private static let worthALook = Facts(.formerMailboxName, .fullName, .initialAndSurname, .alias, .directoryName)
}

/// A row and a recipient that belong together as firmly as `strength` says.
struct Bond {
    private let place: Int32
    /// What the facts come to.
    let strength: Strength
    /// What speaks for and against.
    let facts: Facts

    init(recipient: Int, facts: Facts, strength: Strength) {
        place = Int32(recipient)
        self.facts = facts
        self.strength = strength
    }

    /// The recipient's index.
    var recipient: Int { Int(place) }
}
