internal import CLibLDAP

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

    /// Whether libldap can make a filter of the text, as it will have to for a search (RFC 4515; a single comparison may stand without its
    /// parentheses).
    public static func isWellFormed(_ text: String) -> Bool {
        guard !text.isEmpty, !text.utf8.contains(0), let element = unsafe ber_alloc_t(LBER_USE_DER) else { return false }
        defer { unsafe ber_free(element, 1) }
        return unsafe ldap_put_vrFilter(element, text) == 0
    }
}
