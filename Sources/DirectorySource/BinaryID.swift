/// Ids that a directory keeps as octets.
enum BinaryID {
    /// A GUID of 16 octets as text, the first three groups little-endian ([MS-DTYP] 2.3.4.2); any other length as hexadecimal.
    static func text(_ value: Span<UInt8>) -> String {
        guard value.count == 16 else { return Hexadecimal.text(value) }
        var text = ""
        for place in [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] {
            text += Hexadecimal.text(value.extracting(place..<place + 1))
            if [0, 4, 6, 9].contains(place) { text += "-" }
        }
        return text
    }

    /// A security identifier as `S-1-5-21-…` ([MS-DTYP] 2.4.2.2); `nil` when the octets are none.
    static func sid(_ value: Span<UInt8>) -> String? {
        guard let length = lengthOfSID(value), length == value.count else { return nil }
        var authority: UInt64 = 0
        for place in 2..<8 { authority = authority << 8 | UInt64(value[place]) }
        var text = "S-1-\(authority)"
        for place in stride(from: 8, to: length, by: 4) { text += "-\(value.littleEndian32(at: place))" }
        return text
    }

    /// How many octets the security identifier has that the octets begin with; `nil` when there is none, or not all of it.
    static func lengthOfSID(_ octets: Span<UInt8>) -> Int? {
        guard octets.count >= 8, octets[0] == 1, octets[1] <= 15 else { return nil }
        let length = 8 + 4 * Int(octets[1])
        return length <= octets.count ? length : nil
    }
}

extension Span<UInt8> {
    /// The number of four octets, the lowest first. They must be there.
    func littleEndian32(at offset: Int) -> UInt32 {
        UInt32(self[offset]) | UInt32(self[offset + 1]) << 8 | UInt32(self[offset + 2]) << 16 | UInt32(self[offset + 3]) << 24
    }
}
