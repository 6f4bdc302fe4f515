import DirectorySource
import Records
import TestSupport
import Testing

@Suite("What becomes of an entry")
struct EntryTests {
    /// The one recipient of an entry of these lines.
    private func recipient(_ lines: String..., dn: String = "cn=JSMITH,cn=Recipients,o=X", profile: String) throws -> (Recipient, ReadProof)
    {
        let snapshot = try snapshot((["dn: \(dn)"] + lines).joined(separator: "\n") + "\n", profile: profile)
        return (try #require(snapshot.recipients.first), snapshot.proof)
    }

    @Test(
        "The Directory Name is the DN's first part with its escapes undone",
        arguments: [
            ("cn=JSMITH,cn=Recipients,o=X", "JSMITH"), ("CN = J Smith , o=X", "J Smith"), ("cn=Smith\\, John,o=X", "Smith, John"),
            ("cn=Smith\\2C John,o=X", "Smith, John"), ("cn=M\\C3\\BCller,o=X", "Müller"), ("cn=a\\\\b,o=X", "a\\b"),
            ("cn=\"a, b\",o=X", "a, b"),
            ("cn=a\\=b,o=X", "a=b"), ("cn=a\\+b,o=X", "a+b"), ("cn=x\\ ,o=X", "x "), ("cn=\\#1,o=X", "#1"), ("cn=O'Brien;o=X", "O'Brien"),
        ])
    func directoryName(_ dn: String, _ expected: String) throws {
        #expect(try recipient("objectClass: organizationalPerson", dn: dn, profile: "exchange55").0.directoryName == expected)
    }

    @Test("Exchange 5.5: a first part and an rdn that differ are remarked on; the DN counts")
    func directoryNameCheck() throws {
        let (person, proof) = try recipient(
            "objectClass: organizationalPerson", "rdn: OTHER", "cn: JSMITH", "cn: John", profile: "exchange55")
        #expect((person.directoryName, person.displayName) == ("JSMITH", "John"))
        #expect(proof.remarks.contains { $0.contains("'rdn' says 'OTHER'") })
        let same = try recipient("objectClass: organizationalPerson", "rdn: jsmith", "cn: jsmith", profile: "exchange55")
        #expect(same.1.remarks.count == 1, "\(same.1.remarks)")
        #expect(same.0.displayName == "", "a cn that only repeats the Directory Name is no display name")
    }

    @Test(
        "Active Directory: the Directory Name is the last cn of legacyExchangeDN, or else the DN's first part",
        arguments: [
            ("/o=X/ou=S/cn=Recipients/cn=JSMITH4", "JSMITH4"), ("/O=X/OU=S/CN=Recipients/CN=jsmith4", "jsmith4"), ("/o=X/ou=S", "JSMITH"),
            ("", "JSMITH"), ("rubbish", "JSMITH"), ("/o=X/cn=", "JSMITH"), ("/o=X/cn=Recipients/cn=a=b", "a=b"),
        ])
    func legacyDN(_ legacy: String, _ expected: String) throws {
        let (person, _) = try recipient("objectClass: user", "mailNickname: js", "legacyExchangeDN: \(legacy)", profile: "active-directory")
        #expect(person.directoryName == expected)
    }

    @Test(
        "What it is follows from its classes and attributes",
        arguments: [
            ("active-directory", "user", "mailNickname: x", RecipientKind.mailbox), ("active-directory", "user", "sn: x", .account),
            ("active-directory", "user", "targetAddress: SMTP:a@b", .customRecipient),
            ("active-directory", "contact", "sn: x", .customRecipient),
            ("active-directory", "group", "mailNickname: x", .distributionList),
            ("active-directory", "publicFolder", "sn: x", .publicFolder),
            ("active-directory", "USER", "MAILNICKNAME: x", .mailbox), ("exchange55", "organizationalPerson", "sn: x", .mailbox),
            ("exchange55", "remote-address", "sn: x", .customRecipient), ("exchange55", "groupOfNames", "sn: x", .distributionList),
            ("exchange55", "Public-Folder", "sn: x", .publicFolder), ("exchange50", "organizationalPerson", "sn: x", .mailbox),
            ("inetorgperson", "inetOrgPerson", "sn: x", .mailbox), ("inetorgperson", "groupOfUniqueNames", "sn: x", .distributionList),
        ])
    func kind(_ profile: String, _ objectClass: String, _ line: String, _ expected: RecipientKind) throws {
        #expect(try recipient("objectClass: top", "objectClass: \(objectClass)", line, profile: profile).0.kind == expected)
    }

    @Test("A computer of Active Directory is nobody")
    func computer() throws {
        let text = "dn: cn=PC1,o=X\nobjectClass: user\nobjectClass: computer\nmailNickname: x\n"
        #expect(try snapshot(text, profile: "active-directory").recipients == [])
    }

    @Test("Addresses have their types, come once, and stay in order")
    func addresses() throws {
        let exchange = try recipient(
            "objectClass: organizationalPerson", "otherMailbox: MS$NET/PO/JS", "otherMailbox: migrate$MS:OLD/PO/JS",
            "otherMailbox: no-type",
            "otherMailbox: $x", "mail: js@x.example", "rfc822Mailbox: JS@X.example", "textEncodedORAddress: c=US;a= ;p=X;s=Smith;",
            profile: "exchange55"
        ).0
        #expect(
            exchange.addresses.map(\.description) == [
                "SMTP:js@x.example", "MS:NET/PO/JS", "MIGRATE:MS:OLD/PO/JS", "X400:c=US;a= ;p=X;s=Smith;",
            ])
        let active = try recipient(
            "objectClass: user", "mailNickname: js", "proxyAddresses: SMTP:js@x.example", "proxyAddresses: smtp:old@x.example",
            "proxyAddresses: X400:c=US;a= ;p=X:Y;", "mail: js@x.example", profile: "active-directory"
        ).0
        #expect(active.addresses.map(\.description) == ["SMTP:js@x.example", "SMTP:old@x.example", "X400:c=US;a= ;p=X:Y;"])
    }

    @Test("Options: a value for a language does not stand before the plain one, others do not matter")
    func options() throws {
        let (person, proof) = try recipient(
            "objectClass: inetOrgPerson", "displayName;lang-de: Hans", "displayName: John", "uid;x-own: js", "sn;lang-de: Schmidt",
            profile: "inetorgperson")
        #expect((person.displayName, person.alias, person.surname) == ("John", "js", "Schmidt"))
        #expect(proof.gaps.count == 1, "no address: \(proof.gaps)")
    }

    @Test(
        "A part of the values (;range=) is a gap; the last part is none",
        arguments: [("0-1499", true), ("0-0", true), ("0-*", false), ("1500-*", false), ("0-99999999999", true)])
    func range(_ range: String, _ isGap: Bool) throws {
        let (_, proof) = try recipient(
            "objectClass: user", "mailNickname: js", "proxyAddresses;range=\(range): SMTP:a@b", profile: "active-directory")
        #expect(proof.gaps.contains { $0.contains(";range=") } == isGap, "\(proof.gaps)")
        #expect(proof.provesAbsence == !isGap)
    }

    @Test("It does not matter in which order, how spelled and in how many spellings the attributes come")
    func order() throws {
        let lines = ["cn: JSMITH", "cn: John Smith", "sn: Smith", "uid: js", "otherMailbox: MS$N/P/JS", "givenName;x-own: John", "room: 1"]
        func entry(_ number: Int) -> String {
            let turned = lines[(number % lines.count)...] + lines[..<(number % lines.count)]
            // The options make ever new spellings, more than are worth remembering.
            let others = ["initials;x-\(number): J", number % 2 == 0 ? "mail: a@b" : "MAIL: a@b"]
            return (["dn: cn=JSMITH,ou=\(number),o=X", "objectClass: organizationalPerson"] + turned + others).joined(separator: "\n")
                + "\n\n"
        }
        let read = try snapshot((0..<600).map(entry).joined(), profile: "exchange55").recipients
        let expected = try #require(read.first)
        #expect((expected.displayName, expected.surname, expected.alias, expected.initials) == ("John Smith", "Smith", "js", "J"))
        #expect((expected.givenName, expected.addresses.map(\.description)) == ("John", ["SMTP:a@b", "MS:N/P/JS"]))
        let fields = Recipient.Field.allCases.dropFirst()
        #expect(read.count == 600)
        for other in read {
            for field in fields { #expect(other.withBytes(of: field) { one in expected.withBytes(of: field) { one.isSame(as: $0) } }) }
            #expect(other.addresses == expected.addresses)
        }
    }

    @Test("Nothing of an entry stays for the next")
    func nothingStays() throws {
        let text = "dn: cn=A,%o=X\nobjectClass: organizationalPerson\ncn: Ann\nsn;lang-de: Ä\nuid: a\nmail: a@b\n\n"
        let three =
            text.replacing("%", with: "") + "dn: cn=B,o=X\nobjectClass: organizationalPerson\n\n" + text.replacing("%", with: "ou=Y,")
        let recipients = try snapshot(three, profile: "exchange55").recipients
        #expect(recipients.count == 3)
        let (first, last) = (recipients[0], recipients[2])
        #expect(
            (first.displayName, first.surname, first.alias, first.addresses) == (last.displayName, last.surname, last.alias, last.addresses)
        )
        #expect(recipients[1] == Recipient(dn: "cn=B,o=X", kind: .mailbox, directoryName: "B"))
    }

    @Test("A value that is not UTF-8 is remarked on; the entry stays")
    func notUTF8() throws {
        let (person, proof) = try recipient("objectClass: inetOrgPerson", "sn:: /////w==", "uid: js", "mail: a@b", profile: "inetorgperson")
        #expect((person.surname, person.alias) == ("", "js"))
        #expect(proof.remarks.contains { $0.contains("cn=JSMITH,cn=Recipients,o=X: a value of 'sn' is not UTF-8") })
    }

    @Test("Remarks beyond the first hundred are counted")
    func manyRemarks() throws {
        let text = (1...150).map { "dn: cn=p\($0),o=X\nobjectClass: inetOrgPerson\nuid: p\($0)\nmail: a@b\nsn:: /////w==\n\n" }.joined()
        let remarks = try snapshot(text).proof.remarks
        #expect(remarks.count == 103)
        #expect(remarks.last == "50 more remarks of this kind")
    }

    @Test(
        "Hidden and deleted, in the spellings of both",
        arguments: [("TRUE", true), ("true", true), ("1", true), ("FALSE", false), ("0", false), ("", false)])
    func flags(_ value: String, _ expected: Bool) throws {
        let exchange = try recipient(
            "objectClass: organizationalPerson", "hide-from-address-book: \(value)", "is-deleted: \(value)", profile: "exchange55"
        ).0
        #expect((exchange.isHidden, exchange.isDeleted) == (expected, expected))
        let active = try recipient(
            "objectClass: user", "mailNickname: x", "msExchHideFromAddressLists: \(value)", "isDeleted: \(value)",
            profile: "active-directory"
        ).0
        #expect((active.isHidden, active.isDeleted) == (expected, expected))
    }

    @Test(
        "The home server, from a DN or a legacy DN",
        arguments: [
            ("exchange55", "Home-MDB: cn=Microsoft Private MDB,cn=EX01,cn=Servers,cn=Configuration,ou=S,o=X", "EX01"),
            ("active-directory", "msExchHomeServerName: /o=X/ou=S/cn=Configuration/cn=Servers/cn=EX02", "EX02"),
            ("active-directory", "homeMDB: CN=DB,CN=SG,CN=InformationStore,CN=EX03,CN=Servers,CN=AG,CN=X", "EX03"),
        ])
    func homeServer(_ profile: String, _ line: String, _ expected: String) throws {
        let (person, _) = try recipient("objectClass: organizationalPerson", "objectClass: user", line, profile: profile)
        #expect(person.homeServer == expected)
    }

    @Test("objectGUID is shown as Windows writes it")
    func guid() throws {
        let (person, _) = try recipient(
            "objectClass: user", "mailNickname: x", "objectGUID:: ABEiM0RVZneImaq7zN3u/w==", profile: "active-directory")
        #expect(person.id == "33221100-5544-7766-8899-aabbccddeeff")
    }
}

@Suite("What a read cannot prove")
struct GapTests {
    private func gaps(_ lines: String...) throws -> [String] {
        let entries = (1...3).map { "dn: cn=p\($0),o=X\nobjectClass: inetOrgPerson\n" + lines.joined(separator: "\n") + "\n\n" }
        return try snapshot(entries.joined()).proof.gaps
    }

    @Test("is said in words")
    func gaps() throws {
        #expect(try gaps("uid: a", "mail: a@b") == [])
        let alias = try gaps("mail: a@b")
        #expect(alias == ["the alias (uid) is absent on every one of 3 mailboxes: hidden from this account?"])
        #expect(try gaps("uid: a") == ["no mailbox shows an address (mail, mailAlternateAddress): hidden from this account?"])
        let list = try snapshot("dn: cn=l,o=X\nobjectClass: groupOfNames\n")
        #expect(list.proof.gaps.count == 1 && list.proof.gaps[0].contains("the read found no mailbox at all"))
        #expect(!list.proof.provesAbsence)
    }
}
