internal import CSV

/// Text that an administrator wrote, as UTF-8 without a mark, whatever the editor has saved it in: UTF-8 with or without its mark (Excel's "CSV
/// UTF-8" has one), or UTF-16 with its own (Excel's "Unicode Text", Notepad's "Unicode").
enum MarkedText {
    /// The text's bytes. Bytes without a mark come back as they are, valid or not.
    ///
    /// `path`: the file, for the error that tells of UTF-16 without a mark, or of half characters.
    static func utf8(_ bytes: [UInt8], path: String) throws(Failure) -> [UInt8] {
        if bytes.starts(with: CodePage.byteOrderMark) { return Array(bytes.dropFirst(CodePage.byteOrderMark.count)) }
        if let order = UTF16Order(mark: bytes) { return try utf8(bytes, order, path) }
        if let evidence = UTF16Mark.evidence(in: bytes) {
            throw Failure(.badData, "\(path): this is no UTF-8, for \(evidence); save it as UTF-8.")
        }
        return bytes
    }

    private static func utf8(_ bytes: [UInt8], _ order: UTF16Order, _ path: String) throws(Failure) -> [UInt8] {
        guard bytes.count.isMultiple(of: 2), let text = String(validating: order.units(of: bytes), as: UTF16.self) else {
            throw Failure(
                .badData, "\(path): the mark at its beginning says that this is UTF-16, but it has half characters; save it as UTF-8.")
        }
        return Array(text.utf8)
    }

    /// Where the first byte stands that is not UTF-8: its line, and its column in characters, both from 1; `nil` where all is well.
    static func fault(in bytes: [UInt8]) -> (line: Int, column: Int)? {
        var (line, column) = (1, 1)
        var decoder = UTF8()
        var rest = bytes.makeIterator()
        while true {
            switch decoder.decode(&rest) {
            case .scalarValue("\n"): (line, column) = (line + 1, 1)
            case .scalarValue: column += 1
            case .emptyInput: return nil
            case .error: return (line, column)
            }
        }
    }
}
