extension String {
    /// Whether two texts are the same but for case, as directories compare names. ASCII is compared by bytes, anything else by Unicode's rules.
    public func equalsWithoutCase(_ other: String) -> Bool { utf8.span.equalsWithoutCase(other.utf8.span) }
}

extension UInt8 {
    /// The byte, an ASCII capital made small.
    @inlinable public var lowercasedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// The byte, a small ASCII letter made a capital.
    var uppercasedASCII: UInt8 { self &- UInt8(ascii: "a") < 26 ? self & 0xDF : self }
}
