import DirectorySource
import TestSupport
import Testing

@Suite("Raw values")
struct RawValueTests {
    private static let system: [UInt8] = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0]
    private static let administrators: [UInt8] = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0]

    @Test(
        "that are text are shown as they are, and anything else in hexadecimal with its length",
        arguments: [
            ("cn", Array("Müller".utf8), "Müller"), ("postalAddress", Array("Hall 2\r\nLeeds".utf8), "Hall 2\r\nLeeds"),
            ("cn", Array("a\u{202E}b".utf8), "a\u{202E}b"), ("description", [0x61, 0x1B, 0x62], "0x611b62 (3 octets)"),
            ("description", [0x61, 0x00], "0x6100 (2 octets)"), ("description", [0xC2, 0x9B], "0xc29b (2 octets)"),
            ("description", [0xff, 0xfe], "0xfffe (2 octets)"), ("description", [0xff], "0xff (1 octet)"), ("description", [], ""),
            ("userCertificate;binary", [0x30, 0x82, 0x01], "0x308201 (3 octets)"),
            ("entryUUID", Array("597ae2f6-16a6-1027-98f4-abcdefabcdef".utf8), "597ae2f6-16a6-1027-98f4-abcdefabcdef"),
        ] as [(String, [UInt8], String)])
    func plain(_ attribute: String, _ value: [UInt8], _ expected: String) {
        #expect(RawValue.text(of: value, attribute: attribute) == expected)
    }

    @Test("that are long are shortened where that is asked for, with their length told")
    func long() {
        let value = [UInt8](repeating: 0xAB, count: 65)
        let whole = String(repeating: "ab", count: 65)
        #expect(RawValue.text(of: value, attribute: "x") == "0x\(whole) (65 octets)")
        #expect(RawValue.text(of: value, attribute: "x", longest: 65) == "0x\(whole) (65 octets)")
        #expect(RawValue.text(of: value, attribute: "x", longest: 64) == "0x\(whole.dropLast(2))… (65 octets)")
        let text = String(repeating: "a", count: 500)
        #expect(RawValue.text(of: Array(text.utf8), attribute: "x", longest: 64) == text, "text is never shortened")
    }

    @Test(
        "that are ids are shown as people write them",
        arguments: [
            ("objectGUID", Array(0..<16), "03020100-0504-0706-0809-0a0b0c0d0e0f"),
            ("msExchMailboxGuid", Array(0..<16), "03020100-0504-0706-0809-0a0b0c0d0e0f"),
            ("Object-GUID", Array(0..<16), "03020100-0504-0706-0809-0a0b0c0d0e0f"),
            ("objectguid", [1, 2, 255], "0x0102ff (3 octets)"),
            ("objectGUID", Array(0..<17), "0x000102030405060708090a0b0c0d0e0f10 (17 octets)"),
            ("objectSid", administrators, "S-1-5-32-544"), ("objectSid;x-option", administrators, "S-1-5-32-544"),
            ("Assoc-NT-Account", [1, 1, 0, 0, 0, 0, 0, 5, 255, 255, 255, 255], "S-1-5-4294967295"),
            ("Assoc-NT-Account", Array("010100000000000512000000".utf8), "S-1-5-18"),
            ("Assoc-NT-Account", Array("01010000000000051200000".utf8), "01010000000000051200000"),
            ("sIDHistory", [1, 0, 1, 2, 3, 4, 5, 6], "S-1-1108152157446"),
            ("objectSid", Array(administrators.dropLast(4)), "0x010200000000000520000000 (12 octets)"),
            ("objectSid", administrators + [0], "0x0102000000000005200000002002000000 (17 octets)"),
            ("objectSid", [2, 0, 0, 0, 0, 0, 0, 5], "0x0200000000000005 (8 octets)"), ("objectSid", [], ""),
        ] as [(String, [UInt8], String)])
    func ids(_ attribute: String, _ value: [UInt8], _ expected: String) {
        #expect(RawValue.text(of: value, attribute: attribute) == expected)
    }

    private static func descriptor(owner: [UInt8], group: [UInt8], revision: UInt8 = 1, control: UInt8 = 0x80) -> [UInt8] {
        let places = [owner.isEmpty ? 0 : 20, group.isEmpty ? 0 : UInt8(20 + owner.count)]
        return [revision, 0, 4, control, places[0], 0, 0, 0, places[1], 0, 0, 0] + [UInt8](repeating: 0, count: 8) + owner + group
    }

    @Test("that say whose an entry is show owner, group and size, in octets or in hexadecimal text")
    func securityDescriptors() {
        func shown(_ octets: [UInt8]) -> String { RawValue.text(of: octets, attribute: "nTSecurityDescriptor") }
        let whole = Self.descriptor(owner: Self.administrators, group: Self.system)
        #expect(shown(whole) == "owner S-1-5-32-544, group S-1-5-18, 48 octets")
        #expect(shown(Self.descriptor(owner: Self.administrators, group: [])) == "owner S-1-5-32-544, no group, 36 octets")
        #expect(shown(Self.descriptor(owner: [], group: [])) == "no owner, no group, 20 octets")
        let digits = whole.map { ($0 < 16 ? "0" : "") + String($0, radix: 16).uppercased() }.joined()
        #expect(
            RawValue.text(of: Array(digits.utf8), attribute: "NT-Security-Descriptor") == "owner S-1-5-32-544, group S-1-5-18, 48 octets")
        for broken in [
            Self.descriptor(owner: Self.administrators, group: Self.system, revision: 2),
            Self.descriptor(owner: Self.administrators, group: Self.system, control: 0), Array(whole.dropLast()), Array(whole.prefix(19)),
            Array(whole.prefix(20)), [1, 0, 0, 0x80, 255, 255, 255, 255] + [UInt8](repeating: 0, count: 12),
            [1, 0, 0, 0x80, 4, 0, 0, 0] + [UInt8](repeating: 0, count: 12),
        ] {
            #expect(shown(broken).hasPrefix("0x"), "\(shown(broken))")
        }
    }

    @Test(
        "that are times say so in a calendar",
        arguments: [
            ("whenCreated", "20261122201500.0Z", "2026-11-22 20:15:00 UTC"),
            ("createTimestamp", "19991231235959Z", "1999-12-31 23:59:59 UTC"),
            ("x", "19991231235960Z", "2000-01-01 00:00:00 UTC"), ("x", "20000229120000,5Z", "2000-02-29 12:00:00 UTC"),
            ("x", "19981122201500+0100", "1998-11-22 19:15:00 UTC"), ("x", "19981122201500-0530", "1998-11-23 01:45:00 UTC"),
            ("x", "1998112220+01", "1998-11-22 19:00:00 UTC"), ("x", "199811222015Z", "1998-11-22 20:15:00 UTC"),
            ("x", "00010101000000Z", "0001-01-01 00:00:00 UTC"), ("When-Created", "981122201500Z", "1998-11-22 20:15:00 UTC"),
            ("When-Changed", "9811222015Z", "1998-11-22 20:15:00 UTC"), ("x", "500101000000Z", "1950-01-01 00:00:00 UTC"),
            ("x", "491231235959Z", "2049-12-31 23:59:59 UTC"), ("x", "981122201500-0800", "1998-11-23 04:15:00 UTC"),
            // Neither a time, nor only one.
            ("telexNumber", "12345678901234", nil), ("x", "2026112220150Z", nil), ("x", "20261322201500Z", nil),
            ("x", "20260229000000Z", nil),
            ("x", "19000229000000Z", nil), ("x", "20261122241500Z", nil), ("x", "20261122206000Z", nil), ("x", "20261122201561Z", nil),
            ("x", "20261122201500.Z", nil), ("x", "20261122201500.0", nil), ("x", "20261122201500z", nil),
            ("x", "20261122201500+2460", nil),
            ("x", "20261122201500+-100", nil), ("x", "20261122201500+", nil), ("x", "201011122015Z", nil), ("x", "Z", nil),
            ("x", "20261122201500Z ", nil),
        ] as [(String, String, String?)])
    func times(_ attribute: String, _ value: String, _ time: String?) {
        let expected = time.map { "\(value) (\($0))" } ?? value
        #expect(RawValue.text(of: Array(value.utf8), attribute: attribute) == expected)
    }

    @Test(
        "that count from 1601 say when that is, and what their marks mean",
        arguments: [
            ("pwdLastSet", "125911584000000000", "2000-01-01 00:00:00 UTC"),
            ("pwdLastSet", "116444736000000000", "1970-01-01 00:00:00 UTC"),
            ("lastLogon", "0", "never, or not known"), ("pwdLastSet", "0", "to be changed at the next logon"),
            ("lockoutTime", "0", "not locked out"), ("accountExpires", "0", "never"), ("accountExpires", "9223372036854775807", "never"),
            ("lastLogonTimestamp", "1", "1601-01-01 00:00:00 UTC"),
            ("badPasswordTime", "-9223372036854775808", "-27627-04-19 21:11:55 UTC"),
            ("lastLogon", "soon", nil), ("lastLogon", "9223372036854775808", nil), ("uSNChanged", "125911584000000000", nil),
        ] as [(String, String, String?)])
    func fileTimes(_ attribute: String, _ value: String, _ time: String?) {
        let expected = time.map { "\(value) (\($0))" } ?? value
        #expect(RawValue.text(of: Array(value.utf8), attribute: attribute) == expected)
    }

    @Test(
        "that are numbers with a meaning say it",
        arguments: [
            ("userAccountControl", "512", "normal account"), ("userAccountControl", "514", "disabled, normal account"),
            ("userAccountControl", "66050", "disabled, normal account, password does not expire"),
            ("userAccountControl", "4096", "computer"), ("userAccountControl", "532480", "domain controller, trusted for delegation"),
            ("userAccountControl", "0", "nothing set"), ("userAccountControl", "536871424", "normal account, 0x20000000"),
            ("userAccountControl", "-2147483136", "normal account, 0x80000000"),
            ("groupType", "-2147483646", "global, security"), ("groupType", "8", "universal, distribution"),
            ("groupType", "2147483652", "domain local, security"), ("groupType", "-2147483643", "built in, domain local, security"),
            ("msExchRecipientTypeDetails", "1", "UserMailbox"), ("msExchRecipientTypeDetails", "2147483648", "RemoteUserMailbox"),
            ("userAccountControl", "x", nil), ("userAccountControl", "99999999999999", nil), ("groupType", "1.5", nil),
            ("msExchRecipientTypeDetails", "3", nil), ("msExchRecipientTypeDetails", "-1", nil), ("mailPreferenceOption", "0", nil),
        ] as [(String, String, String?)])
    func numbers(_ attribute: String, _ value: String, _ words: String?) {
        let expected = words.map { "\(value) (\($0))" } ?? value
        #expect(RawValue.text(of: Array(value.utf8), attribute: attribute) == expected)
    }

    @Test("that mean another thing on Exchange 5.5 say that only where its schema name is known")
    func schemaNames() {
        func shown(_ value: String) -> String {
            RawValue.text(of: Array(value.utf8), attribute: "mailPreferenceOption", schemaName: "Delivery-Mechanism")
        }
        #expect(shown("0") == "0 (private store)")
        #expect(shown("1") == "1")
        #expect(RawValue.text(of: Self.system, attribute: "x-account", schemaName: "Assoc-NT-Account") == "S-1-5-18")
    }

    @Test(
        "that are X.400 addresses name their parts",
        arguments: [
            (
                "textEncodedORAddress", "c=US;a= ;p=ORG;o=SITE;s=Smith;g=John;",
                "country US, ADMD blank, PRMD ORG, organisation SITE, surname Smith, given name John"
            ),
            (
                "otherMailbox", "x400$C=GB; A=GOLD 400; ou1=Sales; OU4=x; i=Q; q=Jr; cn=Smith J; dda:SMTP=a(b)c",
                "country GB, ADMD GOLD 400, unit 1 Sales, unit 4 x, initials Q, generation Jr, common name Smith J, domain-defined smtp a(b)c"
            ),
            ("proxyAddresses", "X400:c=us;s=Müller", "country us, surname Müller"),
            ("targetAddress", "X400:c=us;g=a=b", "country us, given name a=b"),
            ("textEncodedORAddress", "", nil), ("textEncodedORAddress", ";;", nil), ("textEncodedORAddress", "c", nil),
            ("textEncodedORAddress", "c=US;zz=1", nil), ("textEncodedORAddress", "=US", nil), ("textEncodedORAddress", "dda:=x", nil),
            ("otherMailbox", "MS$NET/PO/USER", nil), ("otherMailbox", "c=US;a= ;p=ORG", nil), ("proxyAddresses", "X400:", nil),
            ("proxyAddresses", "SMTP:c=us@x.example", nil), ("cn", "X400:c=us;s=x", nil),
        ] as [(String, String, String?)])
    func x400(_ attribute: String, _ value: String, _ words: String?) {
        let expected = words.map { "\(value) (\($0))" } ?? value
        #expect(RawValue.text(of: Array(value.utf8), attribute: attribute) == expected)
    }

    @Test(
        "that are names of entries say what is in them",
        arguments: [
            ("Home-MDB", "cn=Microsoft Private MDB,cn=EX1,cn=Servers,cn=Configuration,ou=S,o=O", "server EX1"),
            ("msExchHomeServerName", "/o=O/ou=S/cn=Configuration/cn=Servers/cn=EX2", "server EX2"), ("homeMTA", "cn=x,o=O", nil),
            ("msExchHomeServerName", "/", nil), ("Home-MTA", "cn=Servers,o=O", nil), ("homeMDB", "/cn=Servers/", nil),
            ("homeMDB", "/cn=Servers/x", nil), ("legacyExchangeDN", "/o=O/ou=S/cn=Recipients/cn=JSmith", "Directory Name JSmith"),
            ("legacyExchangeDN", "/o=O/ou=S", nil), ("legacyExchangeDN", "JSmith", nil), ("legacyExchangeDN", "/o=O/cn=", nil),
            ("member", "cn=M\\C3\\BCller\\, J,o=O", "cn=Müller\\, J,o=O"), ("manager", "cn=Müller,o=O", nil),
            ("manager", "cn=a\\2Cb\\\\C3,o=O", nil), ("manager", "cn=a\\C3,o=O", nil), ("manager", "cn=a\\C", nil), ("manager", "\\", nil),
            ("description", "M\\C3\\BCller", nil),
        ] as [(String, String, String?)])
    func names(_ attribute: String, _ value: String, _ words: String?) {
        let expected = words.map { "\(value) (\($0))" } ?? value
        #expect(RawValue.text(of: Array(value.utf8), attribute: attribute) == expected)
    }

    /// One attribute for each way to read a value.
    private static let attributes = [
        "objectSid", "objectGUID", "nTSecurityDescriptor", "pwdLastSet", "userAccountControl", "groupType", "msExchRecipientTypeDetails",
        "textEncodedORAddress", "otherMailbox", "Home-MDB", "legacyExchangeDN", "member", "Delivery-Mechanism", "description",
    ]

    @Test("of random octets are shown in some way, whatever is expected of them, and lose nothing", arguments: attributes)
    func random(_ attribute: String) throws {
        var generator = SeededGenerator(seed: 7)
        // Letters that the readings look for come often.
        let favourites = Array("0123456789Zz+-.:;=$/\\,cCnN".utf8) + [0, 1, 5, 0x80, 0xC3, 0xBC, 0xFF]
        for length in 0...40 {
            for round in 0..<40 {
                let value = (0..<length).map { _ in
                    round % 2 == 0 ? UInt8.random(in: 0...255, using: &generator) : favourites.randomElement(using: &generator) ?? 0
                }
                let text = RawValue.text(of: value, attribute: attribute)
                #expect(text.isEmpty == value.isEmpty)
                if String(validating: value, as: UTF8.self) == nil, !["S-1-", "owner", "no ow"].contains(where: text.hasPrefix),
                    attribute != "objectGUID" || length != 16
                {
                    #expect(text.hasPrefix("0x") && text.hasSuffix(length == 1 ? "(1 octet)" : "(\(length) octets)"), "\(value)")
                }
            }
        }
    }

    @Test("of one attribute stand together, wherever the file has them")
    func grouped() throws {
        let (directory, folder) = try ldif("dn: cn=a,o=X\nobjectClass: inetOrgPerson\nmail: a@x\nuid: a\nMAIL: b@x\nmail;x-y: c@x\n")
        defer { folder.remove() }
        let entry = try #require(try directory.rawEntries(named: "a").first)
        #expect(entry.attributes.map(\.name) == ["objectClass", "mail", "uid", "mail;x-y"])
        #expect(entry.attributes[1].shown == ["a@x", "b@x"])
    }
}
