import LDAPClient
import Testing

@Suite("A server's address")
struct ServerAddressTests {
    @Test(
        "is read from a URL or a bare host",
        arguments: [
            ("ldap://ex01", "ldap", "ex01", 389, "ldap://ex01:389"),
            ("ldap://ex01:390", "ldap", "ex01", 390, "ldap://ex01:390"),
            ("ldap://ex01:390/", "ldap", "ex01", 390, "ldap://ex01:390"),
            ("LDAPS://DC1.ad.test", "ldaps", "DC1.ad.test", 636, "ldaps://DC1.ad.test:636"),
            ("ldaps://192.0.2.1:3269", "ldaps", "192.0.2.1", 3269, "ldaps://192.0.2.1:3269"),
            ("ex01", "ldap", "ex01", 389, "ldap://ex01:389"),
            ("ex01:65535", "ldap", "ex01", 65535, "ldap://ex01:65535"),
            ("mail_gw-1", "ldap", "mail_gw-1", 389, "ldap://mail_gw-1:389"),
            ("ldap://[::1]", "ldap", "::1", 389, "ldap://[::1]:389"),
            ("ldaps://[2001:db8::5]:1636", "ldaps", "2001:db8::5", 1636, "ldaps://[2001:db8::5]:1636"),
            ("ldapi://%2Frun%2Fslapd%2Fldapi", "ldapi", "/run/slapd/ldapi", nil, "ldapi://%2Frun%2Fslapd%2Fldapi"),
            ("ldapi://%2frun%2Fa%20b%2Fs%C3%B6cket/", "ldapi", "/run/a b/söcket", nil, "ldapi://%2Frun%2Fa%20b%2Fs%C3%B6cket"),
        ] as [(String, String, String, Int?, String)])
    func good(_ text: String, _ transport: String, _ host: String, _ port: Int?, _ url: String) throws {
        let address = try ServerAddress(text)
        #expect(address.transport.rawValue == transport)
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.url == url)
        #expect(try ServerAddress(url) == address, "the URL means the same address")
    }

    @Test(
        "is refused with the reason",
        arguments: [
            ("", "no host is named"), ("ldap://", "no host is named"), ("ldap:///", "no host is named"),
            ("ldap://:389", "no host is named"),
            ("http://ex01", "'http' is not a way to reach an LDAP server"),
            ("ldap:/ex01", "more than a host and a port"), ("ldap://ex01/o=CONTOSO", "more than a host and a port"),
            ("ldap://ex01?uid", "more than a host and a port"), ("ldap://a ldap://b", "more than a host and a port"),
            ("ldap://ex01:", "'' is not a port"), ("ldap://ex01:0", "'0' is not a port"), ("ldap://ex01:65536", "'65536' is not a port"),
            ("ldap://ex01:-1", "'-1' is not a port"), ("ldap://ex01:+389", "'+389' is not a port"),
            ("ldap://ex01:ldap", "'ldap' is not a port"), ("ldap://ex01:99999999999999999999", "is not a port"),
            ("ldap://::1", "brackets"), ("2001:db8::5:389", "brackets"), ("ldap://ex01:389:390", "brackets"),
            ("ldap://[::1", "no host is named"), ("ldap://[::1]389", "no host is named"), ("ldap://[]", "no host is named"),
            ("ldap://a b", "a character that no host name has"), ("ldap://a,b", "a character that no host name has"),
            ("ldap://a%2Fo=x", "a character that no host name has"), ("ldap://müller", "a character that no host name has"),
            ("ldap://a\u{0}b", "a character that no host name has"), ("ldap://[fe80::1%eth0]", "a character that no host name has"),
            ("ldap://[::1 ]", "a character that no host name has"),
            ("ldapi://", "absolute"), ("ldapi:///run/ldapi", "more than a host"), ("ldapi://run%2Fldapi", "absolute"),
            ("ldapi://%2Frun%2", "absolute"), ("ldapi://%2F%00", "absolute"), ("ldapi://%2F%FF", "absolute"),
            ("ldapi://%2F%+1", "absolute"),
        ])
    func bad(_ text: String, _ reason: String) throws {
        let error = try #require(throws: LDAPError.self) { try ServerAddress(text) }
        #expect(error.code == .badAddress)
        #expect(error.reason.contains(reason), "\(error)")
        #expect(error.operation == "reading the server address '\(text)'")
        #expect(error.advice.contains("ldap://host[:port]"))
    }

    @Test("does not repeat what somebody put before the @", arguments: ["ldap://cn=mig:pa55@ex01", "mig:pa55@ex01:389", "ldap://pa55@@x"])
    func password(_ text: String) throws {
        let error = try #require(throws: LDAPError.self) { try ServerAddress(text) }
        #expect(error.code == .badAddress)
        #expect(error.reason.contains("options of their own"))
        #expect(!"\(error)".contains("pa55"), "\(error)")
    }
}

@Suite("Text in a filter")
struct FilterTextTests {
    @Test(
        "loses every meaning that a filter could give it",
        arguments: [
            ("jsmith", "jsmith"), ("*", "\\2a"), (")(uid=*", "\\29\\28uid=\\2a"), ("a\\b", "a\\5cb"), ("\u{0}", "\\00"), ("", ""),
            ("Müller", "M\\c3\\bcller"), ("a\tb\n", "a\\09b\\0a"), ("O'Brien, \"J\" & Co|=<>~!", "O'Brien, \"J\" & Co|=<>~!"),
            ("\u{7F}", "\\7f"),
        ])
    func escape(_ text: String, _ expected: String) {
        #expect(FilterText.escape(text) == expected)
    }
}

@Suite("Waiting")
struct TimeLimitsTests {
    @Test("is bounded from the start: 10 s, 60 s, half an hour")
    func defaults() {
        #expect(TimeLimits() == TimeLimits(connect: .seconds(10), response: .seconds(60), total: .seconds(1800)))
    }
}
