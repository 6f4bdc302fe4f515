/// The Mode column: what the importer is told to do with a row (Platform SDK for Exchange, Mode; KB Q146304).
public enum ImportMode: String, Sendable, Codable, CaseIterable {
    /// Blank: in effect an Update (KB Q186742), so an upsert.
    case blank = ""
    /// An error when the object exists (event 287).
    case create
    /// An error when the object does not exist (event 288).
    case modify
    /// Create or modify.
    case update
    /// Removes the object.
    case delete

    /// Whether the importer would update an existing mailbox under this mode.
    public var updatesExisting: Bool {
        switch self {
        case .blank, .modify, .update: true
        case .create, .delete: false
        }
    }
}

/// Where something stands in a migration file. Lines, columns and rows count from 1, as an editor shows them.
public struct FilePosition: Sendable, Hashable, Codable {
    /// The physical line on which the row or cell starts.
    public var line: Int
    /// The cell's number within its row; `nil` when the whole row is meant.
    public var column: Int?

    /// A position from its numbers.
    public init(line: Int, column: Int? = nil) {
        self.line = line
        self.column = column
    }
}

/// Why a row cannot be used as it stands.
public struct RowProblem: Sendable, Hashable, Codable {
    /// Where the trouble is.
    public var position: FilePosition
    /// What is wrong, what was expected, and what to do: one sentence.
    public var text: String

    /// A problem from its parts.
    public init(position: FilePosition, text: String) {
        self.position = position
        self.text = text
    }
}

/// One data row of a migration file: what the reconciler knows of an MS Mail user.
///
/// MS Mail's own "alias" is the 30-character full name (KB Q104869); here it is called the full name, and the short
/// name is the mailbox name.
public struct MigrationRow: Sendable, Equatable {
    /// The place of the row's file among the files of the run, from 0.
    public var file: Int
    /// The number of the data row in its file, from 1; the header and what stands before it do not count.
    public var number: Int
    /// The physical line on which the row starts, from 1.
    public var line: Int
    /// `SFS_UserName`, the MS Mail mailbox name.
    public var mailboxName: String
    /// `SFS_FullName`.
    public var fullName: String
    /// `MigrateUser` is not N.
    public var isToBeMigrated: Bool
    /// `Obj-Class` as spelled in the file.
    public var objectClass: String
    /// `Mode`; `nil` when the spelling is unknown, and then `problem` says so.
    public var mode: ImportMode?
    /// `Common-Name`, the directory name that the row points at.
    public var commonName: String
    /// `Display-Name`.
    public var displayName: String
    /// `Given-Name`.
    public var givenName: String
    /// `Surname`.
    public var surname: String
    /// `Assoc-NT-Account`, as a rule `DOMAIN\name`.
    public var account: String
    /// `Secondary-Proxy-Addresses`, split into its values.
    public var addresses: [MailAddress]
    /// The value of the configured unique key; empty when none is configured or the cell is empty.
    public var key: String
    /// What is wrong with the row, if anything. Such a row is left as it is.
    public var problem: RowProblem? {
        get { problems.first }
        set { problems = newValue.map { [$0] } ?? [] }
    }
    /// One or none: nearly every row has none, and a list of none takes little room.
    private var problems: [RowProblem]

    /// A row from its parts.
    public init(
        file: Int = 0, number: Int, line: Int, mailboxName: String, fullName: String, isToBeMigrated: Bool = true,
        objectClass: String = "Mailbox", mode: ImportMode? = .create, commonName: String = "", displayName: String = "",
        givenName: String = "", surname: String = "", account: String = "", addresses: [MailAddress] = [], key: String = "",
        problem: RowProblem? = nil
    ) {
        self.file = file
        self.number = number
        self.line = line
        self.mailboxName = mailboxName
        self.fullName = fullName
        self.isToBeMigrated = isToBeMigrated
        self.objectClass = objectClass
        self.mode = mode
        self.commonName = commonName
        self.displayName = displayName
        self.givenName = givenName
        self.surname = surname
        self.account = account
        self.addresses = addresses
        self.key = key
        problems = problem.map { [$0] } ?? []
    }

    /// The MS Mail mailbox that the row's own MIGRATE (or MS) address names; `nil` when it has none.
    public var ownMailbox: MSMailMailbox? {
        addresses.lazy.compactMap(\.msMailMailbox).first
    }
}

/// One cell that a correction replaces.
public struct CellChange: Sendable, Hashable, Codable {
    /// The column's name as the header spells it.
    public var column: String
    /// The cell's text before.
    public var old: String
    /// The cell's text after.
    public var new: String

    /// A change from its parts.
    public init(column: String, old: String, new: String) {
        self.column = column
        self.old = old
        self.new = new
    }
}
