/// Two servers of one directory, each with three people of its own, and each referring to the other for the rest.
public struct ReferringServers: Sendable {
    /// The server of `ou=A,o=Test` with the people `A1` to `A3`, and a reference for `ou=B`.
    public let a: PrivateSlapd
    /// The same the other way round.
    public let b: PrivateSlapd

    /// Starts both.
    public init() throws {
        (a, b) = (try Self.server("A"), try Self.server("B"))
        for (own, name, other) in [(a, "B", b), (b, "A", a)] {
            try own.add(
                "dn: ou=\(name),o=Test\nobjectClass: referral\nobjectClass: extensibleObject\nou: \(name)\nref: ldap://127.0.0.1:\(other.port)/ou=\(name),o=Test??sub\n"
            )
        }
    }

    private static func server(_ name: String) throws -> PrivateSlapd {
        var ldif = "dn: o=Test\nobjectClass: organization\no: Test\n\n"
        ldif += "dn: ou=\(name),o=Test\nobjectClass: organizationalUnit\nou: \(name)\n\n"
        for number in 1...3 {
            ldif +=
                "dn: cn=\(name)\(number),ou=\(name),o=Test\nobjectClass: inetOrgPerson\ncn: \(name)\(number)\nsn: x\nuid: \(name)\(number)\nmail: \(name)\(number)@x\n\n"
        }
        return try PrivateSlapd(SlapdConfiguration(content: ldif))
    }
}
