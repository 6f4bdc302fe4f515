/// In what a user list differs from what was written to it.
public struct ListDifferences: Sendable, Equatable {
    /// A cell that is another one now.
    public struct Cell: Sendable, Equatable {
        /// The line on which its row starts now.
        public var line: Int
        /// The row's mailbox name.
        public var mailboxName: String
        /// The column's name as the header spells it.
        public var column: String
        /// What was written, and what is there now.
        public var written, found: String

        /// A cell from its parts.
        public init(line: Int, mailboxName: String, column: String, written: String, found: String) {
            self.line = line
            self.mailboxName = mailboxName
            self.column = column
            self.written = written
            self.found = found
        }
    }

    /// A row that is there on one side only.
    public struct Row: Sendable, Equatable {
        /// The line on which it starts: now, or as it was written.
        public var line: Int
        /// Its mailbox name.
        public var mailboxName: String

        /// A row from its parts.
        public init(line: Int, mailboxName: String) {
            self.line = line
            self.mailboxName = mailboxName
        }
    }

    /// The cells that differ, in the order of the file.
    public var cells: [Cell]
    /// Rows that were written and are gone, and rows that have come.
    public var rowsGone, rowsNew: [Row]
    /// Columns that are gone, and columns that have come.
    public var columnsGone, columnsNew: [String]
    /// Whether the rows stand in another order.
    public var isReordered: Bool
    /// Whether the lines before the header differ.
    public var preambleDiffers: Bool

    /// Differences from their parts.
    public init(
        cells: [Cell] = [], rowsGone: [Row] = [], rowsNew: [Row] = [], columnsGone: [String] = [], columnsNew: [String] = [],
        isReordered: Bool = false, preambleDiffers: Bool = false
    ) {
        self.cells = cells
        self.rowsGone = rowsGone
        self.rowsNew = rowsNew
        self.columnsGone = columnsGone
        self.columnsNew = columnsNew
        self.isReordered = isReordered
        self.preambleDiffers = preambleDiffers
    }

    /// Whether nothing that a user list says differs: then it is quotes, blanks, line ends, or the code page.
    public var isEmpty: Bool { self == ListDifferences() }
}

/// The first byte in which two files differ.
public struct ByteDifference: Sendable, Equatable {
    /// The byte's number, from 1, and the line on which it is, from 1.
    public var number, line: Int
    /// What was written and what is there now; `nil` behind the end.
    public var written, found: UInt8?

    /// The first difference of two files; `nil` when there is none.
    public init?(written: [UInt8], found: [UInt8]) {
        let same = zip(written, found).prefix { $0 == $1 }.count
        guard same < max(written.count, found.count) else { return nil }
        number = same + 1
        line = 1 + found.prefix(same).count { $0 == UInt8(ascii: "\n") }
        self.written = same < written.count ? written[same] : nil
        self.found = same < found.count ? found[same] : nil
    }
}
