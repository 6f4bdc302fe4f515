/// What `plan` decided for one file, as it is kept between `plan` and `apply`. Written as JSON Lines: see docs/plan-format.md.
public struct Plan: Sendable, Equatable {
    /// What was compared, with what, when and how.
    public var header: PlanHeader
    /// Every data row of the file, in its order.
    public var rows: [PlannedRow]

    /// A plan from its parts.
    public init(header: PlanHeader, rows: [PlannedRow]) {
        self.header = header
        self.rows = rows
    }
}

/// What a plan was made of.
public struct PlanHeader: Sendable, Equatable, Codable {
    /// The migration file's path as given.
    public var file: String
    /// The SHA-256 of the migration file's bytes, in lower-case hexadecimal.
    public var sha256: String
    /// The file's size in bytes.
    public var size: Int
    /// The code page that the file was read in.
    public var encoding: String
    /// Separator, line ends and the rest of the dialect, in words.
    public var dialect: String
    /// All files of the run, in its order; rivals in other files name their file by it.
    public var filesOfRun: [String]
    /// What was read of the directory, and what it proves.
    public var directory: ReadProof
    /// How many rows are in each situation.
    public var counts: [Situation: Int]
    /// How many of the rows that are decided without a person are expected to be wrong; `nil` in plans that do not say.
    public var expectedWrong: Double?
    /// The importer of which the rows' forecasts tell; `nil` in plans without forecasts.
    public var target: ImportTarget?
    /// What was learned of both sides, by which decisions went; `nil` in plans that do not say.
    public var habits: FoundHabits?
    /// The settings that shaped the decisions, by configuration key.
    public var settings: [String: String]
    /// The program's version.
    public var version: String
    /// When the read of the directory began, RFC 3339 in UTC. Differs between runs, like nothing else in a plan.
    public var readAt: String
    /// When the plan was made, RFC 3339 in UTC. Differs between runs, like nothing else in a plan.
    public var madeAt: String

    /// A header from its parts.
    public init(
        file: String, sha256: String, size: Int, encoding: String, dialect: String, filesOfRun: [String], directory: ReadProof,
        counts: [Situation: Int], expectedWrong: Double? = nil, target: ImportTarget? = nil, habits: FoundHabits? = nil,
        settings: [String: String], version: String, readAt: String, madeAt: String
    ) {
        self.file = file
        self.sha256 = sha256
        self.size = size
        self.encoding = encoding
        self.dialect = dialect
        self.filesOfRun = filesOfRun
        self.directory = directory
        self.counts = counts
        self.expectedWrong = expectedWrong
        self.target = target
        self.habits = habits
        self.settings = settings
        self.version = version
        self.readAt = readAt
        self.madeAt = madeAt
    }
}

/// One row of a plan.
public struct PlannedRow: Sendable, Equatable, Codable {
    /// The number of the data row, from 1.
    public var row: Int
    /// The physical line on which it starts, from 1.
    public var line: Int
    /// The MS Mail mailbox name.
    public var mailboxName: String
    /// The MS Mail full name.
    public var fullName: String
    /// What can be said of the row.
    public var situation: Situation
    /// Why, in one sentence.
    public var reason: String
    /// The target is somebody else's once in so many rows with evidence of this kind; `nil` where that is not said.
    public var wrongOnceIn: Int?
    /// The numbers of which that is made, in their order; empty in plans of older programs.
    public var factors: [ChanceFactor]
    /// The mailbox that the row is, or most likely is, for.
    public var target: PlannedCandidate?
    /// The other recipients in question, the likeliest first.
    public var rivals: [PlannedCandidate]
    /// Other rows that claim the same mailbox.
    public var rivalRows: [RowReference]
    /// Recipients that are not in question, but have such a name that the row waits for them: a few. Empty in plans of older programs.
    public var namesakes: [PlannedCandidate]
    /// As many such rows. Empty in plans of older programs.
    public var namesakeRows: [RowReference]
    /// The cells that `apply` replaces. Empty unless the situation is one that is written.
    public var changes: [CellChange]
    /// What the importer would do with the row; `nil` where that cannot be said.
    public var forecast: Forecast?
    /// What an earlier import logged for the row, where its log was given.
    public var events: [RowEvent]
    /// What that log should have for the row, by the forecast, and has not; `nil` where nothing is missing, or cannot be said to be.
    public var missingEvent: MissingEvent?

    /// A row from its parts.
    public init(
        row: Int, line: Int, mailboxName: String, fullName: String, situation: Situation, reason: String, wrongOnceIn: Int? = nil,
        factors: [ChanceFactor] = [], target: PlannedCandidate? = nil,
        rivals: [PlannedCandidate] = [], rivalRows: [RowReference] = [], namesakes: [PlannedCandidate] = [],
        namesakeRows: [RowReference] = [], changes: [CellChange] = [], forecast: Forecast? = nil,
        events: [RowEvent] = [], missingEvent: MissingEvent? = nil
    ) {
        self.row = row
        self.line = line
        self.mailboxName = mailboxName
        self.fullName = fullName
        self.situation = situation
        self.reason = reason
        self.wrongOnceIn = wrongOnceIn
        self.factors = factors
        self.target = target
        self.rivals = rivals
        self.rivalRows = rivalRows
        self.namesakes = namesakes
        self.namesakeRows = namesakeRows
        self.changes = changes
        self.forecast = forecast
        self.events = events
        self.missingEvent = missingEvent
    }
}

/// A row named by another one.
public struct RowReference: Sendable, Hashable, Codable {
    /// The path of the row's file.
    public var file: String
    /// The number of the data row, from 1.
    public var row: Int
    /// The physical line on which it starts, from 1.
    public var line: Int
    /// Its MS Mail mailbox name.
    public var mailboxName: String

    /// A reference from its parts.
    public init(file: String, row: Int, line: Int, mailboxName: String) {
        self.file = file
        self.row = row
        self.line = line
        self.mailboxName = mailboxName
    }
}

/// A recipient as a plan remembers it: enough to show it, and to see later that it has changed.
public struct PlannedCandidate: Sendable, Equatable, Codable {
    /// The distinguished name.
    public var dn: String
    /// The immutable id, if the directory has one.
    public var id: String
    /// What the entry is.
    public var kind: RecipientKind
    /// The Directory Name.
    public var directoryName: String
    /// The alias.
    public var alias: String
    /// The name in the address book.
    public var displayName: String
    /// A digest of everything that the decision may rest on; a different one when the entry is read again means that it has changed. Only the
    /// target of a row with changes has one.
    public var fingerprint: String
    /// Short digests of single fields, which tell what has changed where the fingerprint is another one; empty where there is no fingerprint,
    /// and in plans of older programs.
    public var fields: String
    /// What speaks for and against it.
    public var evidence: [Evidence]

    /// A candidate from its parts.
    public init(
        dn: String, id: String, kind: RecipientKind, directoryName: String, alias: String, displayName: String, fingerprint: String,
        fields: String = "", evidence: [Evidence]
    ) {
        self.dn = dn
        self.id = id
        self.kind = kind
        self.directoryName = directoryName
        self.alias = alias
        self.displayName = displayName
        self.fingerprint = fingerprint
        self.fields = fields
        self.evidence = evidence
    }
}
