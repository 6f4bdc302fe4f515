public import Records

/// Why a file is not a user list, or a correction cannot be written into it. One sentence says where, what was
/// expected, and what to do.
public struct MigrationFileError: Error, Hashable, Sendable {
    /// The reasons; more may come.
    public struct Code: Hashable, Sendable, RawRepresentable {
        /// The reason's stable name.
        public var rawValue: String

        /// A reason by its name.
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    /// Which of the reasons.
    public var code: Code
    /// The file's name as it was given.
    public var file: String
    /// Where in the file; `nil` when the whole file is meant.
    public var position: FilePosition?
    /// What was found, what was expected, what to do: a sentence without its full stop.
    public var reason: String

    /// An error from its parts.
    public init(_ code: Code, file: String, line: Int? = nil, column: Int? = nil, reason: String) {
        self.code = code
        self.file = file
        position = line.map { FilePosition(line: $0, column: column) }
        self.reason = reason
    }

    /// The exit status of sysexits(3): 65 for data, 70 for a fault of the program, 78 for a setting.
    public var exitStatus: Int32 {
        switch code {
        case .verificationFailed: 70
        case .unknownEncoding, .badKeyPattern, .slowKeyPattern: 78
        default: 65
        }
    }
}

extension MigrationFileError.Code {
    // The whole file
    /// The file has no bytes.
    public static let empty = Self(rawValue: "empty")
    /// The file is longer than 4 GiB.
    public static let tooLarge = Self(rawValue: "tooLarge")
    /// UTF-16 or UTF-32.
    public static let utf16 = Self(rawValue: "utf16")
    /// A spreadsheet (.xlsx, .xls) rather than text.
    public static let spreadsheet = Self(rawValue: "spreadsheet")
    /// A packing list, primary or secondary file of another source system.
    public static let packingList = Self(rawValue: "packingList")
    /// A control file of the migration wizard.
    public static let controlFile = Self(rawValue: "controlFile")
    /// A CSV of another kind, known by its first columns.
    public static let otherKind = Self(rawValue: "otherKind")

    // The header
    /// No line starts with SFS_UserName.
    public static let noHeader = Self(rawValue: "noHeader")
    /// The first five columns are not what they must be.
    public static let wrongColumn = Self(rawValue: "wrongColumn")
    /// A column that must be there is not.
    public static let missingColumn = Self(rawValue: "missingColumn")
    /// Two columns are the same.
    public static let duplicateColumn = Self(rawValue: "duplicateColumn")
    /// A quote opens and never closes, so that the rows behind it cannot be told apart.
    public static let quoteNeverClosed = Self(rawValue: "quoteNeverClosed")

    // What the caller told
    /// The code page is not known, or cannot be that of a CSV.
    public static let unknownEncoding = Self(rawValue: "unknownEncoding")
    /// The pattern of the unique key is not a regular expression.
    public static let badKeyPattern = Self(rawValue: "badKeyPattern")
    /// The pattern of the unique key does not come to an end over a cell.
    public static let slowKeyPattern = Self(rawValue: "slowKeyPattern")

    // Corrections
    /// The Directory Name is one that the importer would misread.
    public static let badDirectoryName = Self(rawValue: "badDirectoryName")
    /// The code page cannot hold a character of the new value.
    public static let notRepresentable = Self(rawValue: "notRepresentable")
    /// The row cannot be used as it stands, so it is not corrected either.
    public static let rowHasProblem = Self(rawValue: "rowHasProblem")
    /// The file has no such row, column or cell.
    public static let noSuchCell = Self(rawValue: "noSuchCell")
    /// One cell is changed twice.
    public static let changedTwice = Self(rawValue: "changedTwice")
    /// The cell does not hold what the change says it held.
    public static let staleCell = Self(rawValue: "staleCell")
    /// The corrected bytes are not what was decided. Nothing may be written.
    public static let verificationFailed = Self(rawValue: "verificationFailed")
}

extension MigrationFileError: CustomStringConvertible {
    /// `users.csv, line 3, column 4: …`.
    public var description: String {
        guard let position else { return "\(file): \(reason)." }
        let column = position.column.map { ", column \($0)" } ?? ""
        return "\(file), line \(position.line)\(column): \(reason)."
    }
}
