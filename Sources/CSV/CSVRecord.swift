/// One record of a document, with what the reading of each of its cells needs.
public struct CSVRecord: Sendable {
    /// Its number, from 0.
    public let number: Int
    /// How many cells it has; 1 for an empty line.
    public var cellCount: Int { cells.count }
    /// Whether all bytes are below 128 and none is zero: true of nearly every record, and then nothing in it can be unreadable.
    public let isPlainASCII: Bool

    /// Its places in the document's `cells`.
    let cells: Range<Int>
    /// The offset behind its last cell.
    let end: Int
}

extension CSVDocument {
    /// The record of that number. Costs one look at its bytes.
    public func record(_ number: Int) -> CSVRecord {
        CSVRecord(
            number: number, isPlainASCII: bytes.span.extracting(range(ofRecord: number)).isPlainASCII, cells: cellIndices(ofRecord: number),
            end: Int(records[number].end))
    }

    /// The cell's content as text. A plain ASCII cell is copied once and nothing else is made.
    public func text(_ record: CSVRecord, column: Int, in codePage: CodePage) throws(UndecodableByte) -> String {
        guard let range = contentRange(record, column: column) else {
            return try codePage.decode(content(record: record.number, column: column))
        }
        let cell = bytes.span.extracting(range)
        guard record.isPlainASCII || cell.isASCII else { return try codePage.decode(bytes[range]) }
        return String(copying: UTF8Span(unchecked: cell, isKnownASCII: true))
    }

    /// The cell's content: without the quotes round it, doubled ones made single. A copy is made only where one is doubled.
    public func content(_ record: CSVRecord, column: Int) -> ArraySlice<UInt8> {
        contentRange(record, column: column).map { bytes[$0] } ?? content(record: record.number, column: column)
    }

    /// Whether two cells of a record are spelled with the same bytes.
    public func isSpelledAlike(_ record: CSVRecord, column: Int, _ other: Int) -> Bool {
        let (one, two) = (range(record, column: column), range(record, column: other))
        return one.count == two.count && bytes.span.extracting(one).isSame(as: bytes.span.extracting(two))
    }

    /// Where the cell's content stands; `nil` where quotes inside make it another.
    private func contentRange(_ record: CSVRecord, column: Int) -> Range<Int>? {
        let range = range(record, column: column)
        guard let quote = dialect.quote, !range.isEmpty, bytes[range.lowerBound] == quote else { return range }
        let inner = range.dropFirst()
        guard let closing = inner.first(where: { bytes[$0] == quote }) else { return inner.startIndex..<inner.endIndex }
        return closing == range.upperBound - 1 ? inner.startIndex..<closing : nil
    }

    private func range(_ record: CSVRecord, column: Int) -> Range<Int> {
        let index = record.cells.lowerBound + column
        precondition(record.cells.contains(index), "the record has no such cell")
        let end = index + 1 < record.cells.upperBound ? Int(cells[index + 1]) - 1 : record.end
        return Int(cells[index])..<end
    }
}
