internal import CSV

/// The records of a table, whatever stands between its columns.
struct TableRecords {
    /// A record's cells, without the blanks around them, and the line on which it begins.
    typealias Record = (cells: [String], line: Int)

    /// All of them, empty lines, too.
    let records: [Record]
    /// What stood between two cells that are one text; of a tab, a blank is left.
    private let joint: String

    /// Without a separator there are blanks between columns, as dumpel puts them by default.
    init(_ text: String) {
        guard let separator = Self.separator(of: text), let byte = separator.asciiValue else {
            joint = " "
            records = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().map {
                ($0.element.split(whereSeparator: \.isWhitespace).map(String.init), $0.offset + 1)
            }
            return
        }
        joint = separator == "\t" ? " " : "\(separator) "
        var document = CSVDocument(bytes: Array(text.utf8), choice: DialectChoice(separator: byte))
        if document.misuses.contains(where: { $0.kind == .neverClosed }) {
            // It would swallow every record behind it: the quote is part of a description.
            document = CSVDocument(bytes: document.bytes, choice: DialectChoice(separator: byte, quote: .absent))
        }
        records = (0..<document.recordCount).map { record in
            let cells = (0..<document.cellCount(ofRecord: record)).map {
                String(decoding: document.content(record: record, column: $0), as: UTF8.self)[...].trimmed
            }
            return (cells, document.line(ofRecord: record))
        }
    }

    /// Cells as the one text that they are: "Smith, John" is one name.
    func text(_ cells: ArraySlice<String>) -> String { cells.filter { !$0.isEmpty }.joined(separator: joint) }

    /// The separator that stands at least four times in the most lines, as in those of events and headers; descriptions have some commas, too.
    private static func separator(of text: String) -> Character? {
        let lines = text.split(whereSeparator: \.isNewline).prefix(1000)
        let counts = ["\t", ",", ";"].map { separator in
            (separator: separator as Character, lines: lines.count { line in line.count { $0 == separator } >= 4 })
        }
        let most = counts.map(\.lines).max() ?? 0
        return most == 0 ? nil : counts.first { $0.lines == most }?.separator
    }
}
