/// Text for search filters (RFC 4515).
public enum FilterText {
    /// The value with the characters escaped that have a meaning in a filter, and everything outside printable ASCII.
    public static func escape(_ value: String) -> String {
        value.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "\\"), 0..<0x20, 0x7F...:
                "\\" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            default: String(UnicodeScalar(byte))
            }
        }.joined()
    }
}
