internal import Records

/// The values of a multi-valued cell, separated by `%` unless told otherwise; `\%` is a separator inside a value and `\\`
/// a backslash (MNT55-xmt02025). Any other backslash is itself. Cells come as UTF-8.
enum MultiValue {
    /// The values in order, empty ones left out.
    static func split(_ text: Span<UInt8>, separator: UInt8) -> [[UInt8]] {
        var values: [[UInt8]] = []
        var value: [UInt8] = []
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            if byte == backslash, index < text.count, text[index] == separator || text[index] == backslash {
                value.append(text[index])
                index += 1
            } else if byte == separator {
                if !value.isEmpty { values.append(value) }
                value.removeAll(keepingCapacity: true)
            } else {
                value.append(byte)
            }
        }
        if !value.isEmpty { values.append(value) }
        return values
    }

    /// The addresses of a cell, `TYPE:value` each; what has no type is left out.
    static func addresses(_ text: Span<UInt8>, separator: UInt8) -> [MailAddress] {
        if text.isEmpty { return [] }
        // Most cells have one value and no escape.
        let isMulti = text.indices.contains { text[$0] == separator || text[$0] == backslash }
        guard isMulti else { return address(text).map { [$0] } ?? [] }
        return split(text, separator: separator).compactMap { address($0.span) }
    }

    /// `MailAddress(_:separator:)` on bytes, which is several times as fast; a user list has one for each row.
    private static func address(_ text: Span<UInt8>) -> MailAddress? {
        guard let colon = text.indices.first(where: { text[$0] == UInt8(ascii: ":") }), colon > 0 else { return nil }
        return MailAddress(
            type: String(copyingUTF8: text.extracting(..<colon)), value: String(copyingUTF8: text.extracting((colon + 1)...)))
    }

    private static let backslash = UInt8(ascii: "\\")
}
