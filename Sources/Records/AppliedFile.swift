/// What a file holds, by its digest: enough to know it again.
public struct FileDigest: Sendable, Hashable, Decodable {
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    public var sha256: String
    /// How many bytes it has.
    public var size: Int

    /// A digest from its parts.
    public init(sha256: String, size: Int) {
        self.sha256 = sha256
        self.size = size
    }
}

/// How a user list was read: with this, the same bytes give the same cells.
public struct ListSpelling: Sendable, Hashable, Decodable {
    /// The code page's name.
    public var encoding: String
    /// The character between two cells.
    public var separator: String
    /// The character round a cell; empty where none means that.
    public var quote: String
    /// What ends a line: `CRLF`, `LF`, `CR`, or `mixed` for any of them.
    public var lineEnd: String

    /// A spelling from its parts.
    public init(encoding: String, separator: String, quote: String, lineEnd: String) {
        self.encoding = encoding
        self.separator = separator
        self.quote = quote
        self.lineEnd = lineEnd
    }
}

/// The cells that an `apply` changed in one row.
public struct AppliedRow: Sendable, Hashable, Decodable {
    /// The number of the data row, from 1.
    public var row: Int
    /// The physical line on which it starts, from 1.
    public var line: Int
    /// The MS Mail mailbox name.
    public var mailboxName: String
    /// Its changed cells.
    public var changes: [CellChange]

    /// A row from its parts.
    public init(row: Int, line: Int, mailboxName: String, changes: [CellChange]) {
        self.row = row
        self.line = line
        self.mailboxName = mailboxName
        self.changes = changes
    }
}

/// One `apply` as the journal beside its output keeps it: all that `undo` needs to know, without the plan.
public struct AppliedFile: Sendable, Equatable {
    /// A file by its path and digest.
    public struct Named: Sendable, Hashable, Decodable {
        /// The path as it was given.
        public var path: String
        /// SHA-256 of its bytes.
        public var sha256: String

        /// A file from its parts.
        public init(path: String, sha256: String) {
            self.path = path
            self.sha256 = sha256
        }
    }

    /// The number of the apply among those of its output, from 1.
    public var number: Int
    /// When, RFC 3339 in UTC. Only shown: the number tells the order, whatever the clock does.
    public var at: String
    /// The plan that was applied.
    public var plan: Named
    /// The user list that the plan was made for.
    public var source: Named
    /// The output's name, without its folder.
    public var output: String
    /// What stood there before; `nil` where nothing did.
    public var before: FileDigest?
    /// What was written.
    public var after: FileDigest
    /// How the list was read.
    public var spelling: ListSpelling
    /// How many data rows it has.
    public var rowCount: Int
    /// The rows that were changed.
    public var rows: [AppliedRow]

    /// An apply from its parts.
    public init(
        number: Int, at: String, plan: Named, source: Named, output: String, before: FileDigest?, after: FileDigest, spelling: ListSpelling,
        rowCount: Int, rows: [AppliedRow]
    ) {
        self.number = number
        self.at = at
        self.plan = plan
        self.source = source
        self.output = output
        self.before = before
        self.after = after
        self.spelling = spelling
        self.rowCount = rowCount
        self.rows = rows
    }
}
