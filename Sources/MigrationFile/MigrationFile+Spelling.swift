internal import CSV
public import Records

extension MigrationFile {
    /// How this file was read.
    public var spelling: ListSpelling {
        func text(_ byte: UInt8) -> String { String(Unicode.Scalar(byte)) }
        return ListSpelling(
            encoding: encoding.codePage.name, separator: text(dialect.dialect.separator), quote: dialect.dialect.quote.map(text) ?? "",
            lineEnd: document.acceptedLineEnd.rawValue)
    }
}

extension ReadOptions {
    /// Options that read a file as another one of that spelling was read.
    public init(_ spelling: ListSpelling) {
        let quote = spelling.quote.utf8.first
        self.init(
            encoding: spelling.encoding,
            dialect: DialectChoice(
                separator: spelling.separator.utf8.first, quote: quote.map { .byte($0) } ?? .absent,
                lineEnd: Dialect.LineEnd(rawValue: spelling.lineEnd)))
    }
}
