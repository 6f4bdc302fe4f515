/// What stays the same of an entry whatever it is called: an `entryUUID` (RFC 4530), an `objectGUID`, 16 octets of any kind.
public struct EntryUUID: Sendable, Hashable {
    /// The first eight octets, the first of them highest.
    public let high: UInt64
    /// The others.
    public let low: UInt64

    /// An id from its two halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// `nil` unless there are just 16 octets.
    public init?(_ octets: [UInt8]) {
        guard octets.count == 16 else { return nil }
        high = octets[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = octets[8...].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The id in text of 32 hexadecimal digits, wherever their hyphens are: `entryUUID`'s form and that of `nsUniqueId`. `nil` for other text.
    public init?(text: Span<UInt8>) {
        var (high, low, count): (UInt64, UInt64, Int) = (0, 0, 0)
        for place in text.indices {
            let digit: UInt8
            switch text[place] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = text[place] - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = text[place] - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = text[place] - UInt8(ascii: "A") + 10
            case UInt8(ascii: "-"): continue
            default: return nil
            }
            if count < 16 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
            count += 1
        }
        guard count == 32 else { return nil }
        self.init(high: high, low: low)
    }

    /// The 16 octets.
    public var octets: [UInt8] {
        [high, low].flatMap { half in stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: half >> UInt64($0)) } }
    }
}
