public import CSV
public import Records

/// What the caller tells about a user list. Everything else is found in the bytes.
public struct ReadOptions: Sendable {
    /// The kind of file; `nil` finds the shipped one that has such a header.
    public var kind: ListKind?
    /// The code page's name; `nil` looks for it, see `CodePageFinding`.
    public var encoding: String?
    /// The parts of the dialect that are known.
    public var dialect: DialectChoice
    /// The postoffice of the rows that have no address of their own; `nil` when it is not known.
    public var postoffice: Postoffice?
    /// The header of the column that holds a unique key such as the employee number; `nil` for none.
    public var keyColumn: String?
    /// A regular expression (Swift's syntax) looked for in the key's cell. Its first group is the key, or all that it
    /// matches when it has none; where it does not match, the row has no key. `nil` takes the whole cell.
    public var keyPattern: String?
    /// Told of each cell in which the pattern is looked for; `nil` when nobody watches.
    public var keySearch: KeySearch?
    /// Columns of which the cells of corrected rows become empty, under either vocabulary's name.
    public var blankedColumns: [String]
    /// Whether Display-Name is one of them where the file has it, so that an update leaves the mailbox's own name alone (KB Q152727).
    public var keepsDisplayName: Bool
    /// What stands between the values of a multi-valued cell; written `\%` inside one, and a backslash as `\\`.
    public var multiValueSeparator: UInt8

    /// Options from their parts; the defaults are the importer's (MNT55-xmt02025).
    public init(
        kind: ListKind? = nil, encoding: String? = nil, dialect: DialectChoice = DialectChoice(), postoffice: Postoffice? = nil,
        keyColumn: String? = nil,
        keyPattern: String? = nil, keySearch: KeySearch? = nil, blankedColumns: [String] = [], keepsDisplayName: Bool = false,
        multiValueSeparator: UInt8 = UInt8(ascii: "%")
    ) {
        self.kind = kind
        self.encoding = encoding
        self.dialect = dialect
        self.postoffice = postoffice
        self.keyColumn = keyColumn
        self.keyPattern = keyPattern
        self.keySearch = keySearch
        self.blankedColumns = blankedColumns
        self.keepsDisplayName = keepsDisplayName
        self.multiValueSeparator = multiValueSeparator
    }
}
