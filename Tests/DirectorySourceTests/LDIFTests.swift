import DirectorySource
import Foundation
import Records
import TestSupport
import Testing

/// A directory of an LDIF text.
func ldif(_ text: String, base: String? = nil, profile: String = "inetorgperson") throws -> (LDIFDirectory, TemporaryFolder) {
    try ldif(Array(text.utf8), base: base, profile: .profile(Shipped.profile(profile)))
}

func ldif(_ bytes: [UInt8], base: String? = nil, profile: ProfileChoice) throws -> (LDIFDirectory, TemporaryFolder) {
    let folder = try TemporaryFolder()
    return (LDIFDirectory(path: try folder.write(bytes, to: "x.ldif"), base: base, profile: profile), folder)
}

/// The snapshot of an LDIF text.
func snapshot(_ text: String, base: String? = nil, profile: String = "inetorgperson") throws -> DirectorySnapshot {
    let (directory, folder) = try ldif(text, base: base, profile: profile)
    defer { folder.remove() }
    return try directory.read { _ in }
}

@Suite("An LDIF file")
struct LDIFTests {
    static let person = "dn: cn=jsmith,o=Test\nobjectClass: inetOrgPerson\ncn: jsmith\nsn: Smith\nuid: js\nmail: js@x.example\n"

    @Test(
        "is read in every form that RFC 2849 has",
        arguments: [
            person, "version: 1\n" + person, "version: 1\n\n" + person, "\u{FEFF}" + person, "\n\n\n" + person + "\n\n\n",
            person.replacing("\n", with: "\r\n"), "version: 1\r\n" + person.replacing("\n", with: "\r\n"), String(person.dropLast()),
            "# comment\n" + person, "# comment\n  that goes on\n" + person,
            person.replacing("sn: Smith", with: "# in: between\n : x\nsn: Smith"),
            person.replacing("cn=jsmith,o=Test", with: "cn=jsm\n ith,\n o=T\n est"),
            person.replacing("sn: Smith", with: "s\n n\n :\n  Smith"),
            person.replacing("sn: Smith", with: "sn:: U21pdGg="), person.replacing("sn: Smith", with: "sn::   U21p\n dGg="),
            person.replacing("dn: cn=jsmith,o=Test", with: "dn:: Y249anNtaXRoLG89VGVzdA=="),
            person.replacing("sn: Smith", with: "SN:Smith"),
            person.replacing("sn: Smith", with: "sn:     Smith"), person.replacing("dn:", with: "DN:"),
            "# extended LDIF\n#\n# LDAPv3\n\n" + person + "\n# search result\nsearch: 2\nresult: 0 Success\n\n# numResponses: 2\n",
        ])
    func forms(_ text: String) throws {
        let snapshot = try snapshot(text)
        let expected = Recipient(
            dn: "cn=jsmith,o=Test", kind: .mailbox, directoryName: "jsmith", alias: "js", displayName: "jsmith", surname: "Smith",
            addresses: [MailAddress(type: "SMTP", value: "js@x.example")])
        #expect(snapshot.recipients == [expected])
        #expect(snapshot.proof.entries == 1)
    }

    @Test(
        "is refused with its line",
        arguments: [
            ("version: 2\n" + person, 1, "version '2'"), (person + "jpegPhoto:< file:///etc/passwd\n", 7, "not followed"),
            (person + "changetype: add\n", 7, "file of changes"),
            ("dn: o=Test\ncontrol: 1.2.3\nchangetype: delete\n", 2, "file of changes"),
            ("dn: o=Test\nchangetype: modify\nreplace: sn\nsn: x\n-\n", 2, "file of changes"),
            (person + "\n# result\nsearch: 2\nresult: 4 Size limit exceeded\n", 10, "'4 Size limit exceeded': it is only a part"),
            (person + "\nsearch: 2\nresult: 3\n", 9, "only a part"), (person + "\nsearch: 2\nresult: 01 odd\n", 9, "only a part"),
            ("cn: jsmith\nsn: Smith\n", 1, "begins with 'dn:', not with 'cn:'"), (person + "\ncn: x\n", 8, "begins with 'dn:'"),
            (person + "sn:: U21pdGg\n", 7, "'sn' is not base64"), (person + "sn:: U21p*Gg=\n", 7, "base64"),
            (person + "sn:: =U21\n", 7, "base64"),
            (person + "sn:: U21pdGg====\n", 7, "base64"), (person + "sn:: U2=pdGg=\n", 7, "base64"),
            (person + "no colon here\n", 7, "expected 'attribute: value', found 'no colon here'"), (person + ": x\n", 7, "expected"),
            ("dn:: /////w==\nsn: x\n", 1, "the DN is not UTF-8"), (person + "dn: cn=other\n", 7, "two records"),
            ("name,alias\nJohn,js\n", 1, "expected 'attribute: value'"),
        ])
    func refused(_ text: String, _ line: Int, _ words: String) throws {
        let error = try #require(throws: LDIFProblem.self) { _ = try snapshot(text) }
        #expect(error.line == line, "\(error)")
        #expect(error.description.contains(words), "\(error)")
        #expect(error.description.contains("x.ldif:\(line): "))
        #expect(!error.isUnreadable)
    }

    @Test(
        "is refused when it holds nothing",
        arguments: ["", "\n\n", "# only a comment\n", "version: 1\n", "\u{FEFF}", "search: 2\nresult: 0 Success\n"])
    func empty(_ text: String) throws {
        let error = try #require(throws: LDIFProblem.self) { _ = try snapshot(text) }
        #expect(error.text.contains("holds no entry"), "\(error)")
        #expect(throws: LDIFProblem.self) { _ = try ldif(Array(text.utf8), profile: Shipped.automatic()).0.read { _ in } }
    }

    @Test("is refused when it is a folder, is not there, or may not be read")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        for (path, words) in [(folder.path, "Is a directory"), (folder["none.ldif"], "No such file or directory")] {
            let directory = LDIFDirectory(path: path, base: nil, profile: try Shipped.automatic())
            let error = try #require(throws: LDIFProblem.self) { _ = try directory.read { _ in } }
            #expect(error.isUnreadable)
            #expect(error.description == "\(path): the LDIF file cannot be read: \(words)")
            #expect(throws: LDIFProblem.self) { _ = try directory.recipients(at: ["o=Test"]) }
            #expect(throws: LDIFProblem.self) { _ = try directory.rawEntries(named: "x") }
        }
    }

    @Test("is read below the base only, and what is outside does not count")
    func base() throws {
        let text = Self.person + "\ndn: cn=other,o=Elsewhere\nobjectClass: inetOrgPerson\nuid: o\nmail: o@x.example\n"
        let below = try snapshot(text, base: " O = test ")
        #expect(below.recipients.map(\.alias) == ["js"])
        #expect((below.proof.entries, below.proof.recipients) == (1, [.mailbox: 1]))
        #expect(try snapshot(text).proof.recipients == [.mailbox: 2])
        #expect(throws: LDIFProblem.self) { _ = try snapshot(text, base: "o=Nowhere") }
    }

    @Test("that ldapsearch wrote tells of the parts that were not read", arguments: [["-LLL"], ["-L"], []])
    func references(_ options: [String]) throws {
        let slapd = try PrivateSlapd(
            SlapdConfiguration(
                content: "dn: o=Test\nobjectClass: organization\no: Test\n\n" + Self.person
                    + "\ndn: ou=x,o=Test\nobjectClass: referral\nobjectClass: extensibleObject\nou: x\nref: ldap://192.0.2.1/ou=x,o=Test\n")
        )
        let run = try ProgramRun.run(["-x", "-H", slapd.uri, "-b", "o=Test"] + options, executable: "/usr/bin/ldapsearch")
        let snapshot = try snapshot(run.output)
        #expect(snapshot.recipients.count == 1)
        #expect(snapshot.proof.references == ["ldap://192.0.2.1/ou=x,o=Test??sub"])
        #expect(snapshot.proof.gaps.contains { $0.contains("1 part of the directory on other servers") })
    }

    @Test("that ldapsearch wrote with a limit is refused, and one of pages is read")
    func ldapsearch() throws {
        let slapd = try PrivateSlapd(DirectoryForm.inetOrgPerson.configuration(SamplePeople.make(40)))
        let arguments = ["-x", "-H", slapd.uri, "-b", slapd.suffix]
        let limited = try ProgramRun.run(arguments + ["-z", "10"], executable: "/usr/bin/ldapsearch")
        #expect(throws: LDIFProblem.self) { _ = try snapshot(limited.output) }
        let paged = try ProgramRun.run(arguments + ["-E", "pr=10/noprompt"], executable: "/usr/bin/ldapsearch")
        #expect(try snapshot(paged.output).proof.entries == 40)
    }

    @Test("cannot say whether it is complete, nor what a filter would leave out, and says so")
    func remarks() throws {
        let remarks = try snapshot(Self.person).proof.remarks
        #expect(
            remarks == [
                "an LDIF file does not say whether its export was complete",
                "every person counts as a mailbox; where there are contacts too, say what tells them apart ('kinds' in the configuration)",
            ])
        var profile = try Shipped.profile("inetorgperson")
        profile.filter = "(ou=Sales)"
        let (directory, folder) = try ldif(Array(Self.person.utf8), profile: .profile(profile))
        #expect(try directory.read { _ in }.proof.remarks.contains { $0.contains("(ou=Sales) is not applied to a file") })
        folder.remove()
    }
}
