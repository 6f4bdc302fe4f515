/// How one cell is written and read in a dialect: the rule of quotes, both ways.
struct Spelling {
    let dialect: Dialect

    /// What a cell spelled like this says.
    func content(of raw: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let quote = dialect.quote, raw.first == quote else { return raw }
        let inner = raw.dropFirst()
        guard let closing = inner.firstIndex(of: quote) else { return inner }
        return closing == raw.endIndex - 1 ? raw[inner.startIndex..<closing] : unescaped(inner)[...]
    }

    /// The bytes with doubled quotes made single; the closing quote left out, text behind it (misuse) kept.
    private func unescaped(_ inner: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(inner.count)
        var isQuoted = true
        var index = inner.startIndex
        while index < inner.endIndex {
            let byte = inner[index]
            index += 1
            guard isQuoted, byte == dialect.quote else {
                result.append(byte)
                continue
            }
            if index < inner.endIndex, inner[index] == dialect.quote {
                result.append(byte)
                index += 1
            } else {
                isQuoted = false
            }
        }
        return result
    }

    /// How `content` is written where a cell spelled `old` stood.
    ///
    /// The old cell's style is kept: quoted stays quoted. An empty value becomes an empty cell without quotes, because
    /// `,,` and `,"",` mean different things to the importer and only the first is certainly "no value"; alone on its line it
    /// is quoted, or the row would become an empty line. What would be misread without quotes gets them.
    func spell(_ content: [UInt8], insteadOf old: ArraySlice<UInt8>, isAlone: Bool) -> [UInt8] {
        guard let quote = dialect.quote else { return content }
        if content.isEmpty { return isAlone ? [quote, quote] : [] }
        guard old.first == quote || needsQuotes(content) else { return content }
        var result = [quote]
        for byte in content {
            if byte == quote { result.append(byte) }
            result.append(byte)
        }
        result.append(quote)
        return result
    }

    /// Whether the content holds something that means something else outside quotes, or blanks at either end.
    private func needsQuotes(_ content: [UInt8]) -> Bool {
        let blanks: [UInt8] = [UInt8(ascii: " "), UInt8(ascii: "\t")]
        if let first = content.first, blanks.contains(first) { return true }
        if let last = content.last, blanks.contains(last) { return true }
        return content.contains { isSeparating($0) || $0 == dialect.quote }
    }

    /// Whether the content can be written at all: without quotes, nothing in it may end the cell.
    func canHold(_ content: [UInt8]) -> Bool { dialect.quote != nil || !content.contains(where: isSeparating) }

    private func isSeparating(_ byte: UInt8) -> Bool { byte == dialect.separator || byte == 0x0D || byte == 0x0A }
}
