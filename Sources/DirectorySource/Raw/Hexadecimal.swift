/// Octets as hexadecimal text, and back.
enum Hexadecimal {
    /// Two small letters or digits for each octet.
    static func text(_ octets: Span<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: 2 * octets.count) { text in
            for index in octets.indices {
                text[2 * index] = digits[Int(octets[index] >> 4)]
                text[2 * index + 1] = digits[Int(octets[index] & 15)]
            }
            return 2 * octets.count
        }
    }

    /// The octets that a text of hexadecimal digits stands for; `nil` for any other text, and for none.
    static func octets(_ text: Span<UInt8>) -> [UInt8]? {
        guard text.count >= 2, text.count % 2 == 0 else { return nil }
        var octets: [UInt8] = []
        octets.reserveCapacity(text.count / 2)
        for index in stride(from: 0, to: text.count, by: 2) {
            guard let high = value(of: text[index]), let low = value(of: text[index + 1]) else { return nil }
            octets.append(high << 4 | low)
        }
        return octets
    }

    /// The value of a digit; `nil` for any other byte.
    static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
