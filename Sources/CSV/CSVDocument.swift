/// A CSV file as bytes, with the places of its records and cells. Copies no cell and changes no byte.
///
/// Records and cells count from 0 here, as arrays do; lines count from 1, as editors do. Four bytes are kept for a cell
/// and twelve for a record, so a file may be up to 4 GiB long.
public struct CSVDocument: Sendable {
    /// The whole file, byte-order mark and preamble included.
    public let bytes: [UInt8]
    /// How it is spelled, and why.
    public let finding: DialectFinding
    /// The offset of the first record. What stands before is copied and never looked into.
    public let start: Int
    /// Every misplaced quote, at most one for a cell, in the order of the file.
    public let misuses: [QuoteMisuse]

    /// One line of cells. A quoted line break does not end it.
    struct Record: Sendable {
        /// Its first cell's index in `cells`.
        var firstCell: UInt32
        /// The offset behind its last cell, before the line end.
        var end: UInt32
        /// The physical line on which it starts.
        var line: UInt32
    }

    let cells: [UInt32]
    let records: [Record]
    /// What was taken for the end of a line: what was told, otherwise any. Reading the same spelling again needs this, not what was found.
    public let acceptedLineEnd: Dialect.LineEnd

    /// Reads the records of `bytes` from offset `start` on, which is on the physical line `line`.
    ///
    /// One pass over the bytes after a look at the first 1,000 lines. Never fails: an empty line is a record with one empty
    /// cell, ragged records are kept as they are, and misplaced quotes are in ``misuses``.
    /// - Precondition: `bytes` is shorter than 4 GiB.
    public init(bytes: [UInt8], start: Int = 0, line: Int = 1, choice: DialectChoice = DialectChoice()) {
        precondition(bytes.count < UInt32.max, "a file of 4 GiB or more must be split before it comes here")
        let sample = DialectFinder(bytes: bytes, start: start)
        let quote = sample.quote(told: choice.quote, separator: choice.separator)
        let separator = sample.separator(told: choice.separator, quote: quote.byte)
        acceptedLineEnd = choice.lineEnd ?? .mixed
        var parser = CSVParser(start: start, line: line, separator: separator.byte, quote: quote.byte, accepted: acceptedLineEnd)
        parser.run(bytes.span)
        self.bytes = bytes
        self.start = start
        cells = parser.cells
        records = parser.records
        misuses = parser.misuses
        let ends = Self.lineEnd(of: parser.lineEnds, told: choice.lineEnd)
        let dialect = Dialect(
            separator: separator.byte, quote: quote.byte, lineEnd: ends.0, hasByteOrderMark: bytes.starts(with: CodePage.byteOrderMark),
            endsLastLine: records.last.map { Int($0.end) < bytes.count } ?? true)
        finding = DialectFinding(dialect: dialect, evidence: [separator.evidence, quote.evidence, ends.1])
    }

    /// How it is spelled.
    public var dialect: Dialect { finding.dialect }

    /// How many records there are, empty lines included.
    public var recordCount: Int { records.count }

    /// The physical line on which the record starts, from 1.
    public func line(ofRecord record: Int) -> Int { Int(records[record].line) }

    /// Whether a cell of the record may have quotes round a line end. No other than such a record and the last one is said to. Costs nothing.
    public func mayHoldLineEnd(record: Int) -> Bool {
        record + 1 == records.count || records[record + 1].line - records[record].line > 1
    }

    /// How many cells the record has; 1 for an empty line.
    public func cellCount(ofRecord record: Int) -> Int { cellIndices(ofRecord: record).count }

    /// Where the record stands, its line end included.
    public func range(ofRecord record: Int) -> Range<Int> {
        let next = record + 1 < records.count ? Int(cells[Int(records[record + 1].firstCell)]) : bytes.count
        return Int(cells[Int(records[record].firstCell)])..<next
    }

    /// Where the cell stands as it is spelled, quotes included, separators and line ends not.
    public func range(ofRecord record: Int, column: Int) -> Range<Int> {
        let indices = cellIndices(ofRecord: record)
        let index = indices.lowerBound + column
        precondition(indices.contains(index), "the record has no such cell")
        let end = index + 1 < indices.upperBound ? Int(cells[index + 1]) - 1 : Int(records[record].end)
        return Int(cells[index])..<end
    }

    /// Whether the cell starts with a quote.
    public func isQuoted(record: Int, column: Int) -> Bool {
        let range = range(ofRecord: record, column: column)
        return !range.isEmpty && bytes[range.lowerBound] == dialect.quote
    }

    /// The cell's content: without the quotes round it, doubled ones made single. A copy is made only where one is doubled.
    public func content(record: Int, column: Int) -> ArraySlice<UInt8> {
        Spelling(dialect: dialect).content(of: bytes[range(ofRecord: record, column: column)])
    }

    func cellIndices(ofRecord record: Int) -> Range<Int> {
        let next = record + 1 < records.count ? Int(records[record + 1].firstCell) : cells.count
        return Int(records[record].firstCell)..<next
    }

    private static func lineEnd(of counts: (crlf: Int, lf: Int, cr: Int), told: Dialect.LineEnd?) -> (Dialect.LineEnd, String) {
        if let told { return (told, "Line ends were told: \(told.rawValue).") }
        return switch (counts.crlf, counts.lf, counts.cr) {
        case (0, 0, 0): (.crlf, "No line ends: CRLF is assumed.")
        case (_, 0, 0): (.crlf, "All \(counts.crlf) line ends are CRLF.")
        case (0, _, 0): (.lf, "All \(counts.lf) line ends are LF.")
        case (0, 0, _): (.cr, "All \(counts.cr) line ends are CR.")
        default: (.mixed, "Line ends are mixed: \(counts.crlf) CRLF, \(counts.lf) LF, \(counts.cr) CR.")
        }
    }
}
