/// One fact that speaks for or against a mailbox being a row's.
public struct Evidence: Sendable, Hashable, Codable {
    /// What the fact is worth.
    public enum Force: String, Sendable, Codable, CaseIterable {
        /// Decides by itself, unless something speaks against it.
        case identifying
        /// A name that agrees; two independent ones may decide together.
        case naming
        /// Speaks against.
        case against
    }

    /// The stable name of the kind of evidence, such as `migrate-address`; the docs have a paragraph on each.
    public var name: String
    /// What the fact is worth.
    public var force: Force
    /// The fact in words that a person can check: `alias jsmith4 = mailbox name JSMITH4`.
    public var text: String

    /// A piece of evidence from its parts.
    public init(name: String, force: Force, text: String) {
        self.name = name
        self.force = force
        self.text = text
    }
}

/// A recipient that a row might mean, by its place in the snapshot, with what speaks for and against it.
public struct Candidate: Sendable, Equatable {
    /// The recipient's index in `DirectorySnapshot.recipients`.
    public var recipient: Int
    /// The facts, strongest first, those against last.
    public var evidence: [Evidence]

    /// A candidate from its parts.
    public init(recipient: Int, evidence: [Evidence]) {
        self.recipient = recipient
        self.evidence = evidence
    }
}

/// What was decided for one row, and why.
public struct Decision: Sendable, Equatable {
    /// What can be said of the row.
    public var situation: Situation
    /// Why, in one sentence.
    public var reason: String
    /// The target is somebody else's once in so many rows with evidence of this kind; `nil` where that is not said.
    public var wrongOnceIn: Int?
    /// The numbers of which that is made, in their order.
    public var factors: [ChanceFactor]
    /// The mailbox that the row is (or most likely is) for; `nil` when there is none.
    public var target: Candidate?
    /// The other recipients that were in question, the likeliest first.
    public var rivals: [Candidate]
    /// Other rows that claim the same mailbox, as indices of the rows given, ascending.
    public var rivalRows: [Int]
    /// Recipients that are not in question, but have such a name that the row waits for them: a few.
    public var namesakes: [Candidate]
    /// As many such rows, ascending.
    public var namesakeRows: [Int]

    /// A decision from its parts.
    public init(
        situation: Situation, reason: String, wrongOnceIn: Int? = nil, factors: [ChanceFactor] = [], target: Candidate? = nil,
        rivals: [Candidate] = [],
        rivalRows: [Int] = [], namesakes: [Candidate] = [], namesakeRows: [Int] = []
    ) {
        self.situation = situation
        self.reason = reason
        self.wrongOnceIn = wrongOnceIn
        self.factors = factors
        self.target = target
        self.rivals = rivals
        self.rivalRows = rivalRows
        self.namesakes = namesakes
        self.namesakeRows = namesakeRows
    }
}
