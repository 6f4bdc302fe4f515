/// A new content for one cell.
public struct CellEdit: Sendable, Hashable {
    /// The record, from 0.
    public var record: Int
    /// The cell within the record, from 0.
    public var column: Int
    /// The new content, without quotes, in the file's code page.
    public var content: [UInt8]

    /// An edit from its parts.
    public init(record: Int, column: Int, content: [UInt8]) {
        self.record = record
        self.column = column
        self.content = content
    }
}

extension CSVDocument {
    /// Whether a cell can be spelled so that it says this: without quotes, it can hold neither separator nor line end.
    public func canHold(_ content: [UInt8]) -> Bool { Spelling(dialect: dialect).canHold(content) }

    /// The file with the given cells replaced and every other byte as it was.
    ///
    /// A cell whose content is already the new one keeps its spelling. Costs one copy of the bytes and a sort of the edits.
    /// - Precondition: every cell exists and can hold its new content, and none is edited twice.
    public func replacing(_ edits: [CellEdit]) -> [UInt8] {
        let ordered = edits.sorted { ($0.record, $0.column) < ($1.record, $1.column) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + ordered.reduce(0) { $0 + $1.content.count + 2 })
        var copied = 0
        let spelling = Spelling(dialect: dialect)
        for edit in ordered {
            let old = range(ofRecord: edit.record, column: edit.column)
            precondition(old.lowerBound >= copied, "a cell is edited twice")
            if spelling.content(of: bytes[old]).elementsEqual(edit.content) { continue }
            result += bytes[copied..<old.lowerBound]
            let isAlone = cellCount(ofRecord: edit.record) == 1
            result += spelling.spell(edit.content, insteadOf: bytes[old], isAlone: isAlone)
            copied = old.upperBound
        }
        result += bytes[copied...]
        return result
    }
}
