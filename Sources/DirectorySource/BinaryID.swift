/// Ids that a directory keeps as octets.
enum BinaryID {
    /// A GUID of 16 octets as text, the first three groups little-endian ([MS-DTYP] 2.3.4.2); any other length as hexadecimal.
    static func text(_ value: Span<UInt8>) -> String {
        guard value.count == 16 else { return value.hexadecimal(0..<value.count) }
        let groups = [[3, 2, 1, 0], [5, 4], [7, 6], [8, 9], [10, 11, 12, 13, 14, 15]]
        return groups.map { group in group.map { value.hexadecimal($0..<$0 + 1) }.joined() }.joined(separator: "-")
    }

    /// A security identifier as `S-1-5-21-…` ([MS-DTYP] 2.4.2.2); `nil` when the octets are none.
    static func sid(_ value: [UInt8]) -> String? {
        guard value.count >= 8, value[0] == 1, value[1] <= 15, value.count == 8 + 4 * Int(value[1]) else { return nil }
        let authority = value[2..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let parts = stride(from: 8, to: value.count, by: 4).map { start in
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(value[start + $1]) << (8 * UInt32($1)) }
        }
        return (["S", "1", "\(authority)"] + parts.map(String.init)).joined(separator: "-")
    }
}

extension Span<UInt8> {
    fileprivate func hexadecimal(_ range: Range<Int>) -> String {
        var text = ""
        for index in range { text += (self[index] < 16 ? "0" : "") + String(self[index], radix: 16) }
        return text
    }
}
