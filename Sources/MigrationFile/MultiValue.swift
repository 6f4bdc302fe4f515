internal import Records

/// The values of a multi-valued cell, separated by `%` unless told otherwise; `\%` is a separator inside a value and `\\`
/// a backslash (MNT55-xmt02025). Any other backslash is itself.
enum MultiValue {
    /// The values in order, empty ones left out.
    static func split(_ text: String, separator: UInt8) -> [String] {
        let backslash = UInt8(ascii: "\\")
        guard isMulti(text, separator: separator) else { return text.isEmpty ? [] : [text] }
        var values: [String] = []
        var value: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        var next = bytes.next()
        while let byte = next {
            next = bytes.next()
            if byte == backslash, let escaped = next, escaped == separator || escaped == backslash {
                value.append(escaped)
                next = bytes.next()
            } else if byte == separator {
                if !value.isEmpty { values.append(String(decoding: value, as: UTF8.self)) }
                value.removeAll(keepingCapacity: true)
            } else {
                value.append(byte)
            }
        }
        if !value.isEmpty { values.append(String(decoding: value, as: UTF8.self)) }
        return values
    }

    /// Whether there is anything to split or to take an escape from.
    private static func isMulti(_ text: String, separator: UInt8) -> Bool {
        text.utf8.contains { $0 == separator || $0 == UInt8(ascii: "\\") }
    }

    /// The addresses of a cell, `TYPE:value` each; what has no type is left out.
    static func addresses(_ text: String, separator: UInt8) -> [MailAddress] {
        if text.isEmpty { return [] }
        guard isMulti(text, separator: separator) else { return address(text).map { [$0] } ?? [] }
        return split(text, separator: separator).compactMap(address)
    }

    /// `MailAddress(_:separator:)` on bytes, which is several times as fast; a user list has one for each row.
    private static func address(_ text: String) -> MailAddress? {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex else { return nil }
        return MailAddress(type: String(text[..<colon]), value: String(text[text.utf8.index(after: colon)...]))
    }
}
