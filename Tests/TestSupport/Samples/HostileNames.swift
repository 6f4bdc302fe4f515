import Foundation

/// Names that somebody has made to break what reads them; the same ones for the same seed.
public enum HostileNames {
    /// How many a campaign wants: what `LDAP_RECONCILE_NAMES` says.
    public static let wanted = ProcessInfo.processInfo.environment["LDAP_RECONCILE_NAMES"].flatMap { Int($0) }

    /// So many names, no two alike. Each has pieces that mean something to a filter, a DN, a shell, a terminal, a table or a C string; every
    /// hundredth is 64 KB long.
    public static func make(_ count: Int, seed: UInt64 = 3) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return (1...count).map { number in
            let some = (1...4).compactMap { _ in pieces.randomElement(using: &generator) }
            let long = number % 100 == 0 ? String(repeating: "x(*", count: 65_536 / 3) : ""
            return "n\(number)" + some.joined() + long + "\(number)z"
        }
    }

    private static let pieces = [
        // filters
        "*", "(", ")", "\\", "\u{0}", ")(uid=*", "*)(objectClass=*)(|(uid=*", "\\2a", "\\00", "&", "|", "!", "=", "~=", ">=", ":dn:=",
        // DNs
        ",", "+", "\"", "<", ">", ";", "#", ",ou=People", "\\,", "\\2C",
        // shells
        "'", "'; touch x; '", "$(touch x)", "`touch x`", "${IFS}",
        // terminals
        "\u{1B}[2J", "\u{1B}]0;x\u{7}", "\u{9B}31m", "\r", "\n", "\t", "\u{8}\u{8}", "\u{7F}", "\u{85}", "\u{2028}",
        // what does not show, or turns text around
        "\u{202E}", "\u{202A}", "\u{2066}", "\u{2069}", "\u{200F}", "\u{200B}", "\u{FEFF}", "\u{AD}",
        "=cmd", "é", "ß", "😀", "\u{301}", "%s%n", "<script>", "\u{FFFF}", "../..",
    ]

    /// The name as an attribute's value in a DN, with everything but letters and digits as bytes in hexadecimal (RFC 4514).
    public static func escaped(_ name: String) -> String {
        name.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                String(UnicodeScalar(byte))
            default: "\\" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }.joined()
    }

    /// What must not reach a terminal as it is: it moves the cursor, changes colours, is invisible, or turns text around.
    public static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\n" && [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }

    /// A server with an entry for each name, below `o=Test`: in its `uid` and `sn`, and, where it is short enough, in its DN.
    public static func configuration(_ names: [String]) -> SlapdConfiguration {
        let head = "dn: o=Test\nobjectClass: organization\no: Test\n\n"
        let entries = names.map { name in
            LDIFEntry(
                dn(of: name), classes: ["inetOrgPerson"],
                [("cn", rdn(of: name)), ("uid", name), ("sn", name), ("displayName", name)]
            ).text
        }
        var configuration = SlapdConfiguration(content: head + entries.joined())
        // slapd takes no more than 256 KB from who has not logged in, and a long name stands in a filter for each attribute.
        configuration.lines.append("sockbuf_max_incoming 4194303")
        configuration.database.indexes += ["cn,sn,uid,displayName,mail eq"]
        return configuration
    }

    /// The DN of a name's entry.
    public static func dn(of name: String) -> String { "cn=\(escaped(rdn(of: name))),o=Test" }

    // slapd takes names of up to 255 bytes or so in a DN.
    private static func rdn(of name: String) -> String { name.utf8.count < 80 ? name : String(name.prefix { $0.isLetter || $0.isNumber }) }
}
