import Foundation
import TestSupport
import Testing

@Suite("Raw entries")
struct RawTests {
    private func raw(_ names: [String], _ connection: [String], _ more: String...) throws -> ProgramRun.Result {
        try ProgramRun.run(["raw"] + names + connection + more, environment: ["LDAP_RECONCILE_PASSWORD": Exchange55View.password])
    }

    private func sample(_ more: String...) throws -> ProgramRun.Result {
        try ProgramRun.run(
            ["raw", "MS:FAIRNET/WORKS/FELLOWESR", "--directory", SampleServer.shared().uri, "--base", SampleServer.base, "--bind-name"]
                + [Exchange55View.adminName] + more, environment: ["LDAP_RECONCILE_PASSWORD": Exchange55View.password])
    }

    @Test("of Exchange 5.5 show its schema's names beside LDAP's, X.400 addresses by their parts, and the home server")
    func schemaNames() throws {
        let run = try sample()
        #expect(run.status == 0, "\(run.errors)")
        let lines = run.output.split(separator: "\n").map { $0.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) } }
        for line in [
            ["uid (Mail-nickname)", "RupertF"], ["rdn (Common-Name)", "RupertF"], ["cn (Display-Name)", "Rupert Fellowes"],
            ["otherMailbox (Proxy-Addresses)", "ms$FAIRNET/WORKS/FELLOWESR"],
            ["mailPreferenceOption (Delivery-Mechanism)", "0 (private store)"],
            [
                "textEncodedORAddress (Proxy-Addresses)",
                "c=GB;a= ;p=Fairholm;o=BRISTOL;s=Fellowes;g=Rupert; "
                    + "(country GB, ADMD blank, PRMD Fairholm, organisation BRISTOL, surname Fellowes, given name Rupert)",
            ],
            [
                "Home-MDB",
                "cn=Microsoft Private MDB,cn=BRS-EX1,cn=Servers,cn=Configuration,ou=BRISTOL,o=Fairholm Instruments (server BRS-EX1)",
            ],
        ] {
            #expect(lines.contains(line), "\(line) in \(run.output)")
        }
        let json = try #require(try JSONSerialization.jsonObject(with: Data(sample("--json").standardOutput)) as? [String: Any])
        let names = try #require(json["schemaNames"] as? [String: String])
        #expect((names["uid"], names["Home-MDB"], names["objectClass"]) == ("Mail-nickname", "Home-MDB", nil))
    }

    @Test("show what the server keeps for itself with --operational only")
    func operational() throws {
        let plain = try sample()
        let whole = try sample("--operational")
        for name in ["createTimestamp", "modifiersName", "entryUUID", "structuralObjectClass"] {
            #expect(!plain.output.contains(name), "\(name) in \(plain.output)")
            #expect(whole.output.contains(name), "no \(name) in \(whole.output)")
        }
        #expect(
            Set(plain.output.split(separator: "\n").map { $0.filter { $0 != " " } }).isSubset(
                of: whole.output.split(separator: "\n").map { $0.filter { $0 != " " } }))
        let file = try ProgramRun.run(["raw", "RupertF", "--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))"])
        #expect(file.output.contains("structuralObjectClass"), "a file shows what it has")
    }

    @Test("are found where references lead, if those may be followed; if not, nobody is said to be missing")
    func references() throws {
        let servers = try ReferringServers()
        let far = "cn=B2,ou=B,o=Test"
        let connection = ["--directory", servers.a.uri, "--base", "o=Test"]
        let follow = ["--follow-references", "127.0.0.1:\(servers.b.port)"]
        for name in ["B2", "B2@x", far] {
            let run = try raw([name], connection + follow)
            #expect(run.status == 0 && run.output.hasPrefix("\(far)\n"), "\(name): \(run.errors)")
            expectRefusal(
                try raw([name], connection), status: 4,
                saying: ["Nothing that could be seen below 'o=Test' is called '\(name)'", "other servers", "127.0.0.1:\(servers.b.port)"])
        }
        // What can be seen is shown all the same.
        let both = try raw(["A1", "B2"], connection)
        #expect(both.status == 4 && both.output.hasPrefix("cn=A1,"), "\(both.errors)")
        let whole = connection + follow + ["--follow-references", "127.0.0.1:\(servers.a.port)"]
        for name in ["B9", "cn=B9,ou=B,o=Test"] {
            let nobody = try raw([name], whole)
            expectRefusal(nobody, status: 66, saying: ["Nothing below 'o=Test' is called '\(name)': no DN"])
        }
    }

    @Test("of hidden mailboxes are not said to be missing to an account without the administrator's view")
    func hidden() throws {
        func run(_ name: String) throws -> ProgramRun.Result {
            try raw(["NOBODY"], ["--directory", SampleServer.shared().uri, "--base", SampleServer.base, "--bind-name", name])
        }
        expectRefusal(
            try run(Exchange55View.readerName), status: 4, saying: ["is called 'NOBODY'", "hidden mailboxes do not show", ",cn=admin"])
        expectRefusal(try run(Exchange55View.adminName), status: 66, saying: ["Nothing below '\(SampleServer.base)' is called 'NOBODY'"])
    }

    @Test("are not said to be missing where aliases do not show")
    func hiddenAttributes() throws {
        let person = "dn: cn=p,o=Test\nobjectClass: inetOrgPerson\ncn: p\nsn: p\nuid: there\nmail: p@x\n"
        var configuration = SlapdConfiguration(content: "dn: o=Test\nobjectClass: organization\no: Test\n\n" + person)
        configuration.database.access = ["to attrs=uid by * none", "to * by * read"]
        let slapd = try PrivateSlapd(configuration)
        let run = try raw(["there"], ["--directory", slapd.uri, "--base", "o=Test"])
        expectRefusal(run, status: 4, saying: ["no entry shows its alias (uid)"])
        #expect(!run.errors.contains("display name (") && !run.errors.contains("address (mail"), "\(run.errors)")
    }

    /// People of inetOrgPerson, one with 2,000 telephone numbers and one whose values are made to do harm.
    private static let people = Result {
        let big = [UInt8](repeating: 0xE9, count: 3000)
        let attributes = (1...2000).map { "telephoneNumber: +44 113 \($0)\n" }.joined()
        return try PrivateSlapd(
            SlapdConfiguration(
                suffix: "o=Larkspur",
                content: """
                    dn: o=Larkspur
                    objectClass: organization
                    o: Larkspur

                    dn: cn=many,o=Larkspur
                    objectClass: inetOrgPerson
                    cn: many
                    sn: Many
                    uid: many
                    \(attributes)
                    dn: cn=bad,o=Larkspur
                    objectClass: inetOrgPerson
                    cn: bad
                    sn:: \(Data("Ba\u{202E}d\u{1B}[2J".utf8).base64EncodedString())
                    uid: bad
                    description:: \(Data("one\ntwo\u{200B}".utf8).base64EncodedString())
                    audio:: \(Data(big).base64EncodedString())
                    userPassword:: \(Data([0xC3, 0x28]).base64EncodedString())

                    """))
    }

    @Test("have every value of an attribute, in text, JSON and LDIF")
    func manyValues() throws {
        let server = ["--directory", try Self.people.get().uri]
        let expected = Set((1...2000).map { "+44 113 \($0)" })
        let text = try raw(["many"], server).output.matches(of: #/\n  telephoneNumber +([^\n]+)/#).map { String($0.output.1) }
        #expect(text.count == 2000 && Set(text) == expected)
        let ldif = try raw(["many"], server, "--ldif").output.matches(of: #/\ntelephoneNumber: ([^\n]+)/#).map { String($0.output.1) }
        #expect(ldif.count == 2000 && Set(ldif) == expected)
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(raw(["many"], server, "--json").standardOutput)) as? [String: Any])
        let attributes = try #require(json["attributes"] as? [String: [[String: String]]])
        #expect(Set(attributes["telephoneNumber", default: []].compactMap { $0["text"] }) == expected)
        #expect(json["schemaNames"] == nil, "such a directory has no other names")
    }

    @Test("made to do harm cannot rewrite a screen, are shortened in text, and come whole in JSON and LDIF")
    func hostile() throws {
        let server = ["--directory", try Self.people.get().uri]
        let login = ["--bind-name", try Self.people.get().rootName]
        func run(_ more: String...) throws -> ProgramRun.Result {
            try ProgramRun.run(
                ["raw", "bad"] + server + login + more, environment: ["LDAP_RECONCILE_PASSWORD": PrivateSlapd.rootPassword])
        }
        let text = try run()
        #expect(text.status == 0, "\(text.errors)")
        #expect(!text.standardOutput.contains { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F })
        #expect(!text.output.unicodeScalars.contains("\u{202E}") && !text.output.unicodeScalars.contains("\u{200B}"))
        #expect(text.output.contains("description   one\\u{a}two\\u{200b}\n"), "\(text.output)")
        #expect(text.output.contains("audio         0x" + String(repeating: "e9", count: 64) + "… (3000 octets)\n"))
        #expect(text.output.contains("userPassword  0xc328 (2 octets)\n"))
        let json = try #require(try JSONSerialization.jsonObject(with: Data(run("--json").standardOutput)) as? [String: Any])
        let attributes = try #require(json["attributes"] as? [String: [[String: String]]])
        #expect(attributes["audio"]?.first?["base64"].flatMap { Data(base64Encoded: $0) } == Data(repeating: 0xE9, count: 3000))
        #expect(attributes["audio"]?.first?["text"] == "0x" + String(repeating: "e9", count: 3000) + " (3000 octets)")
        #expect(attributes["sn"]?.first?["base64"].flatMap { Data(base64Encoded: $0) } == Data("Ba\u{202E}d\u{1B}[2J".utf8))
        #expect(attributes["description"]?.first == ["text": "one\ntwo\u{200B}"])
        #expect(attributes["userPassword"]?.first?["base64"] == "wyg=")
        let folder = try TemporaryFolder()
        let path = try folder.write(try run("--ldif").standardOutput, to: "bad.ldif")
        let again = try ProgramRun.run(["raw", "bad", "--profile", "inetorgperson", "--ldif", "--directory", "ldif:\(path)"])
        #expect(again.standardOutput == (try folder.read("bad.ldif")), "LDIF does not come back as it went")
    }

    @Test("--json is one object on one line for each entry; of --ldif and a file's json the option counts")
    func jsonLines() throws {
        let work = try Workplace()
        let names = ["RupertF", "OliverC"]
        let directory = ["--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))"]
        let run = try work.run(["raw"] + names + ["--json"] + directory)
        let lines = run.output.split(separator: "\n")
        let dns = try lines.map { try (JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["dn"] as? String }
        #expect(dns == names.map { "cn=\($0),\(SampleServer.container)" }, "\(run.output)\(run.errors)")
        try work.folder.write("json: true\n", to: "conf.yaml")
        let ldif = try work.run(["raw"] + names + ["--ldif", "--config", "conf.yaml"] + directory)
        #expect(ldif.output.hasPrefix("dn: cn=RupertF,"), "\(ldif.output)\(ldif.errors)")
        expectRefusal(try work.run(["raw"] + names + ["--ldif", "--json"] + directory), status: 64, saying: ["--ldif contradicts --json"])
    }
}
