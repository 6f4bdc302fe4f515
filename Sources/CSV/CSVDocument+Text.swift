extension CSVDocument {
    /// The cell's content as text. A plain ASCII cell is copied once and nothing else is made.
    public func text(record: Int, column: Int, in codePage: CodePage) throws(UndecodableByte) -> String {
        let range = range(ofRecord: record, column: column)
        if range.isEmpty { return "" }
        if bytes[range.lowerBound] != dialect.quote, let text = ascii(range) { return text }
        return try codePage.decode(content(record: record, column: column))
    }

    /// Whether two cells of a record are spelled with the same bytes.
    public func isSpelledAlike(record: Int, column: Int, _ other: Int) -> Bool {
        let (one, two) = (range(ofRecord: record, column: column), range(ofRecord: record, column: other))
        guard one.count == two.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            zip(one, two).allSatisfy { bytes[$0] == bytes[$1] }
        }
    }

    private func ascii(_ range: Range<Int>) -> String? {
        bytes.withUnsafeBufferPointer { bytes in
            let cell = UnsafeBufferPointer(rebasing: bytes[range])
            return cell.reduce(0, |) < 0x80 ? String(decoding: cell, as: UTF8.self) : nil
        }
    }
}
