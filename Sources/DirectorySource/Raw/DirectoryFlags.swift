/// Numbers of Active Directory whose bits have meanings, in words.
enum DirectoryFlags {
    /// `userAccountControl` ([MS-ADTS] 2.2.16); `nil` for what is no number.
    static func accountControl(_ text: String) -> String? {
        bits(text).map { words(of: $0, accountBits).joined(separator: ", ") }
    }

    /// `groupType` ([MS-ADTS] 2.2.12); `nil` for what is no number.
    static func groupType(_ text: String) -> String? {
        bits(text).map { bits in
            let kind = bits & 0x8000_0000 == 0 ? "distribution" : "security"
            return (words(of: bits & 0x7FFF_FFFF, groupBits) + [kind]).joined(separator: ", ")
        }
    }

    private static let accountBits: [(UInt32, String)] = [
        (0x2, "disabled"), (0x8, "home folder required"), (0x10, "locked out"), (0x20, "no password required"),
        (0x40, "may not change the password"), (0x80, "password kept so that it can be read"), (0x200, "normal account"),
        (0x800, "trust of another domain"), (0x1000, "computer"), (0x2000, "domain controller"), (0x1_0000, "password does not expire"),
        (0x4_0000, "smart card required"), (0x8_0000, "trusted for delegation"), (0x10_0000, "not to be delegated"),
        (0x20_0000, "DES keys only"), (0x40_0000, "no Kerberos pre-authentication"), (0x80_0000, "password expired"),
        (0x100_0000, "trusted to authenticate for delegation"), (0x200_0000, "no authorization data"),
        (0x400_0000, "read-only domain controller"),
    ]

    private static let groupBits: [(UInt32, String)] = [
        (0x1, "built in"), (0x2, "global"), (0x4, "domain local"), (0x8, "universal"), (0x10, "basic application group"),
        (0x20, "query application group"),
    ]

    /// The 32 bits of a number that LDAP shows with a sign.
    private static func bits(_ text: String) -> UInt32? { Int32(text).map(UInt32.init(bitPattern:)) ?? UInt32(text) }

    /// The names of the bits that are set; what has no name comes last, in hexadecimal.
    private static func words(of bits: UInt32, _ names: [(bit: UInt32, name: String)]) -> [String] {
        let known = names.filter { bits & $0.bit != 0 }
        let rest = known.reduce(bits) { $0 & ~$1.bit }
        let words = known.map(\.name) + (rest == 0 ? [] : ["0x" + String(rest, radix: 16)])
        return words.isEmpty ? ["nothing set"] : words
    }
}
