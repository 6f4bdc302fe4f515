internal import CSV

/// The text of an export, whatever it was written in.
enum EventLogText {
    /// UTF-16 with its mark or without, UTF-8, else windows-1252, which NT's tools write in the West. What no code page has becomes a character that shows it.
    static func decoded(_ bytes: [UInt8]) -> String {
        if let order = ByteOrder(bytes) { return utf16(bytes, order) }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        if let text = String(validating: body, as: UTF8.self) { return text }
        if let page = try? CodePage(named: "windows-1252"), let text = try? page.decode(body) { return text }
        return String(decoding: body, as: UTF8.self)
    }

    private static func utf16(_ bytes: [UInt8], _ order: ByteOrder) -> String {
        let units = stride(from: 0, to: bytes.count - 1, by: 2).map { place in
            switch order {
            case .lowFirst: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
            case .highFirst: UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
            }
        }
        return String(decoding: units.first == 0xFEFF ? units.dropFirst() : units[...], as: UTF16.self)
    }
}

/// Which byte of a UTF-16 unit comes first.
private enum ByteOrder {
    case lowFirst, highFirst

    /// So much of a file shows whether it is UTF-16.
    private static let sample = 4096

    /// As the mark says; without one, by the zeros: of the letters that an event's source, number and date are written in, every second byte is zero.
    /// `nil` for what is not UTF-16.
    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xFE]) {
            self = .lowFirst
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            self = .highFirst
        } else {
            let start = bytes.prefix(Self.sample)
            let odd = start.indices.count { $0 % 2 == 1 && start[$0] == 0 }
            let even = start.indices.count { $0 % 2 == 0 && start[$0] == 0 }
            guard max(odd, even) * 4 > start.count, min(odd, even) * 20 < start.count else { return nil }
            self = odd > even ? .lowFirst : .highFirst
        }
    }
}
