internal import CSV

/// The text of an export, whatever it was written in.
enum EventLogText {
    /// So much of a file shows whether it is UTF-16.
    private static let sample = 4096

    /// UTF-16 with its mark or without, UTF-8, else windows-1252, which NT's tools write in the West. What no code page has becomes a character that shows it.
    static func decoded(_ bytes: [UInt8]) -> String {
        if let order = UTF16Order(mark: bytes) ?? order(ofZerosIn: bytes) {
            return String(decoding: order.units(of: bytes), as: UTF16.self)
        }
        let body = bytes.starts(with: CodePage.byteOrderMark) ? bytes.dropFirst(CodePage.byteOrderMark.count) : bytes[...]
        if let text = String(validating: body, as: UTF8.self) { return text }
        if let page = try? CodePage(named: "windows-1252"), let text = try? page.decode(body) { return text }
        return String(decoding: body, as: UTF8.self)
    }

    /// The order of UTF-16 without a mark: of the letters that an event's source, number and date are written in, every second byte is zero. `nil` for
    /// what is not UTF-16.
    private static func order(ofZerosIn bytes: [UInt8]) -> UTF16Order? {
        let start = bytes.prefix(sample)
        let odd = start.indices.count { $0 % 2 == 1 && start[$0] == 0 }
        let even = start.indices.count { $0 % 2 == 0 && start[$0] == 0 }
        guard max(odd, even) * 4 > start.count, min(odd, even) * 20 < start.count else { return nil }
        return odd > even ? .lowFirst : .highFirst
    }
}
