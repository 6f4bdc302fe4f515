public import Texts

/// A decision with its words in one piece of memory that the next row uses again: what a plan of 100,000 rows is written from.
public struct WordedDecision: ~Copyable {
    /// One fact; its words are a part of `text`.
    public struct Fact {
        /// The stable name of the kind of evidence.
        public let name: String
        /// What the fact is worth.
        public let force: Evidence.Force
        /// Where its words stand.
        public let words: Range<Int>

        /// A fact from its parts.
        public init(name: String, force: Evidence.Force, words: Range<Int>) {
            self.name = name
            self.force = force
            self.words = words
        }
    }

    /// A recipient in question.
    public struct Candidate {
        /// The recipient's index in `DirectorySnapshot.recipients`.
        public let recipient: Int
        /// Its facts, as places in `facts`.
        public let facts: Range<Int>

        /// A candidate from its parts.
        public init(recipient: Int, facts: Range<Int>) {
            self.recipient = recipient
            self.facts = facts
        }
    }

    /// All words.
    public var text = TextBuffer()
    /// All facts of all candidates.
    public var facts: [Fact] = []
    /// What can be said of the row.
    public var situation = Situation.absent
    /// Where the reason stands in `text`.
    public var reason = 0..<0
    /// The target is somebody else's once in so many rows with evidence of this kind; `nil` where that is not said.
    public var wrongOnceIn: Int?
    /// The numbers of which that is made.
    public var factors: [ChanceFactor] = []
    /// The mailbox that the row is (or most likely is) for.
    public var target: Candidate?
    /// The others in question, the likeliest first.
    public var rivals: [Candidate] = []
    /// Other rows that claim the same mailbox, ascending.
    public var rivalRows: [Int] = []
    /// Recipients that are not in question, but have such a name that the row waits for them: a few.
    public var namesakes: [Candidate] = []
    /// As many such rows, ascending.
    public var namesakeRows: [Int] = []

    /// A decision that says nothing yet.
    public init() {}

    /// Forgets everything, and keeps the memory.
    public mutating func removeAll() {
        text.removeAll()
        facts.removeAll(keepingCapacity: true)
        situation = .absent
        reason = 0..<0
        wrongOnceIn = nil
        factors.removeAll(keepingCapacity: true)
        target = nil
        rivals.removeAll(keepingCapacity: true)
        rivalRows.removeAll(keepingCapacity: true)
        namesakes.removeAll(keepingCapacity: true)
        namesakeRows.removeAll(keepingCapacity: true)
    }

    /// Writes the reason.
    public mutating func setReason(_ write: (inout TextBuffer) -> Void) {
        let start = text.count
        write(&text)
        reason = start..<text.count
    }

    /// Writes more of the reason, behind what it has.
    public mutating func continueReason(_ write: (inout TextBuffer) -> Void) {
        let start = text.count
        text.add(again: reason)
        write(&text)
        reason = start..<text.count
    }

    /// The same decision as a value of its own.
    public var decision: Decision {
        var decision = Decision(
            situation: situation, reason: text.text(reason), wrongOnceIn: wrongOnceIn, factors: factors, rivalRows: rivalRows,
            namesakeRows: namesakeRows)
        if let target { decision.target = value(of: target) }
        for rival in rivals { decision.rivals.append(value(of: rival)) }
        for namesake in namesakes { decision.namesakes.append(value(of: namesake)) }
        return decision
    }

    private func value(of candidate: Candidate) -> Records.Candidate {
        var evidence: [Evidence] = []
        for fact in facts[candidate.facts] { evidence.append(Evidence(name: fact.name, force: fact.force, text: text.text(fact.words))) }
        return Records.Candidate(recipient: candidate.recipient, evidence: evidence)
    }
}
