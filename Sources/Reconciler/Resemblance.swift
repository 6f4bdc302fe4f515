/// How much of a person a recipient has, for the question who is shown beside whom.
enum Resemblance: UInt8, Comparable {
    /// A short name, and flatly other names.
    case stranger
    /// A short name, and names that do not flatly disagree: Joan Becker, for Joan Boresson.
    case shortName
    /// Surname and first letter, or the names with a slip in them.
    case initial
    /// The names, the address, the key or the old mailbox name.
    case person

    init(_ bond: Bond) {
        if bond.strength == .shortNameOnly {
            self = .stranger
        } else if !bond.facts.isDisjoint(with: Self.ofPerson) {
            self = .person
        } else {
            self = bond.facts.isDisjoint(with: Facts(.initialAndSurname, .misspeltName, .sharedWord)) ? .shortName : .initial
        }
    }

    /// What one must have to be in question where these are the candidates: beside somebody with the person's names, who shares only a short
    /// name is not.
    static func least(beside bonds: some Sequence<Bond>) -> Resemblance {
        switch bonds.lazy.map(Resemblance.init).max() ?? .stranger {
        case .person: .initial
        case .initial, .shortName: .shortName
        case .stranger: .stranger
        }
    }

    static var ofPerson: Facts { Facts.identifying.union(.wholeNames).union(Facts(.formerMailboxName)) }

    static func < (left: Resemblance, right: Resemblance) -> Bool { left.rawValue < right.rawValue }
}
