extension String {
    /// Whether two texts are the same but for case, as directories compare names. ASCII is compared by bytes, anything else by Unicode's rules.
    public func equalsWithoutCase(_ other: String) -> Bool {
        var (mine, theirs) = (self, other)
        let isSame = mine.withUTF8 { first in theirs.withUTF8 { second in Self.equalASCII(first, second) } }
        return isSame ?? (lowercased() == other.lowercased())
    }

    /// `nil` when bytes beyond ASCII have to be understood.
    private static func equalASCII(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Bool? {
        for index in 0..<Swift.min(first.count, second.count) {
            let (left, right) = (first[index], second[index])
            if left | right >= 0x80 { return nil }
            if left != right && left.lowercasedASCII != right.lowercasedASCII { return false }
        }
        if first.count == second.count { return true }
        let rest = first.count > second.count ? first[second.count...] : second[first.count...]
        return rest.contains { $0 >= 0x80 } ? nil : false
    }
}

extension UInt8 {
    /// The byte, an ASCII capital made small.
    @inlinable public var lowercasedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// The byte, a small ASCII letter made a capital.
    var uppercasedASCII: UInt8 { self &- UInt8(ascii: "a") < 26 ? self & 0xDF : self }
}
