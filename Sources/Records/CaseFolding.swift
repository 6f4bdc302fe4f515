extension String {
    /// Whether two texts are the same but for case, as directories compare names. ASCII is compared by bytes, anything else by Unicode's rules.
    public func equalsWithoutCase(_ other: String) -> Bool { utf8.span.equalsWithoutCase(other.utf8.span) }

    /// As `uppercased()`; for names, which are ASCII and in capitals already as a rule, no work of Unicode's is done.
    public var inCapitals: String {
        let bytes = utf8.span
        guard bytes.isASCII else { return uppercased() }
        guard bytes.indices.contains(where: { bytes[$0] != bytes[$0].uppercasedASCII }) else { return self }
        return String(unsafeUninitializedCapacity: bytes.count) { capitals in
            for index in bytes.indices { capitals[index] = bytes[index].uppercasedASCII }
            return bytes.count
        }
    }
}

extension UInt8 {
    /// The byte, an ASCII capital made small.
    @inlinable public var lowercasedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// The byte, a small ASCII letter made a capital.
    var uppercasedASCII: UInt8 { self &- UInt8(ascii: "a") < 26 ? self & 0xDF : self }
}
