internal import CSV

extension MigrationFile {
    /// The file with some of its rows only: all that stands before the first row, and those rows as they are, in the order of the file.
    ///
    /// `places`: places in `rows`, ascending. Empty lines between rows are left out. One copy of the bytes that are kept.
    public func part(_ places: some Sequence<Int>) -> [UInt8] {
        var bytes = Array(document.bytes[..<document.range(ofRecord: 0).upperBound])
        for place in places { bytes += document.bytes[document.range(ofRecord: Int(records[place]))] }
        return bytes
    }

    /// Bytes made from this file, read in the same code page and dialect. That they are a user list is known, whatever a part of it looks like.
    /// - Throws: as ``read(bytes:name:file:options:)``.
    public func reread(_ bytes: [UInt8]) throws(MigrationFileError) -> MigrationFile {
        let dialect = document.dialect
        let choice = DialectChoice(
            separator: dialect.separator, quote: dialect.quote.map { .byte($0) } ?? .absent, lineEnd: document.acceptedLineEnd)
        return try Self.list(in: bytes, name: name, options: ReadOptions(kind: kind, encoding: encoding.codePage.name, dialect: choice))
    }
}
