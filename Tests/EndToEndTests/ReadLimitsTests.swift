import Foundation
import TestSupport
import Testing

@Suite("A read that is not what it should be")
struct ReadLimitsTests {
    private func connection() throws -> [String] { Workplace.connection(try SampleServer.shared().uri) + SampleServer.planOptions }

    @Test(
        "A canary that is missing stops plan with status 4, and is a gap in check",
        arguments: ["NOBODY", "cn=NOBODY,o=X", "nobody@x.example"])
    func canary(_ name: String) throws {
        let work = try Workplace()
        let run = try work.run(["plan", "users.csv", "--canary", name] + connection())
        expectRefusal(run, status: 4, saying: ["the canary '\(name)' is not among the", "mailboxes", "Nothing is decided"])
        #expect(try work.newFiles() == [])
        let check = try work.run(["check", "--canary", name] + Workplace.connection(try SampleServer.shared().uri))
        #expect(check.status == 3 && check.output.contains("NOT SEEN") && check.output.contains("the canary '\(name)'"))
    }

    @Test("A canary that came, by any of its names, changes nothing")
    func harmless() throws {
        let work = try Workplace()
        for name in ["COKONKWO", "chidio", "CN=ChidiO, cn=Recipients,ou=BRISTOL,o=Fairholm Instruments"] {
            let run = try work.run(["plan", "users.csv", "--canary", name] + connection())
            #expect(run.status == 3 && !run.errors.contains("canary"), "\(run.errors)")
        }
    }

    @Test("Far fewer mailboxes than expected stop plan with status 4, and are a gap in check")
    func shrink() throws {
        let work = try Workplace()
        let check = try work.run(["check"] + Workplace.connection(try SampleServer.shared().uri))
        let count = try #require(check.output.firstMatch(of: #/mailboxes +(\d+)/#).flatMap { Int($0.output.1) })
        let run = try work.run(["plan", "users.csv", "--expected-mailboxes", "\(count * 2)"] + connection())
        expectRefusal(
            run, status: 4,
            saying: ["\(count) mailboxes were read where \(count * 2) are expected: 50.0 per cent fewer", "largest-shrink allows 5"])
        #expect(try work.newFiles() == [])
        let most = ["--expected-mailboxes", "\(count * 2)", "--largest-shrink", "50%"]
        #expect(try work.run(["plan", "users.csv"] + most + connection()).status == 3)
        let gap = try work.run(["check"] + ["--expected-mailboxes", "\(count * 2)"] + Workplace.connection(try SampleServer.shared().uri))
        #expect(gap.status == 3 && gap.output.contains("are expected"))
        let alone = try work.run(["plan", "users.csv", "--largest-shrink", "3"] + connection())
        expectRefusal(alone, status: 64, saying: ["--largest-shrink", "needs --expected-mailboxes"])
    }

    /// The part of a JSON object, or of a plan's first line, that stands under these keys.
    private func part(_ text: String, _ keys: String...) throws -> NSDictionary {
        let json = text.hasPrefix("{\"ldapReconcilePlan\"") ? text.prefix { $0 != "\n" } : text[...]
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
        return try keys.reduce(#require(object as? NSDictionary)) { try #require($0[$1] as? NSDictionary) }
    }

    private static let told = ["--canary", "ChidiO", "--canary", "smtp:RupertF@fairholm.example", "--expected-mailboxes", "45"]
    private static func proves(_ proof: NSDictionary) -> Bool {
        let canaries = [
            ["name": "ChidiO", "dn": "cn=ChidiO,cn=Recipients,ou=BRISTOL,o=Fairholm Instruments"],
            ["name": "smtp:RupertF@fairholm.example", "dn": "cn=RupertF,cn=Recipients,ou=BRISTOL,o=Fairholm Instruments"],
        ]
        let expectation: NSDictionary = ["mailboxes": 45, "found": 47, "difference": 2, "largestShrink": 5]
        return proof["resultCode"] as? Int == 0 && proof["canaries"] as? [[String: String]] == canaries
            && proof["expectation"] as? NSDictionary == expectation
            && proof["containers"] as? [NSDictionary] == [
                ["name": "cn=Recipients,ou=BRISTOL,o=Fairholm Instruments", "count": 47],
                ["name": "cn=Recipients,ou=LEITH,o=Fairholm Instruments", "count": 4],
            ]
    }

    @Test("check says which canaries came, how the count differs from the last one, and the server's result")
    func proofInCheck() throws {
        let work = try Workplace()
        let connection = Workplace.connection(try SampleServer.shared().uri)
        let run = try work.run(["check"] + Self.told + connection)
        #expect(run.status == 0, "\(run.errors)")
        for line in [
            "result       0 (success)", "canary       'ChidiO' came: cn=ChidiO,cn=Recipients,ou=BRISTOL,o=Fairholm Instruments",
            "expected     45 mailboxes; 47 came, 2 more",
        ] { #expect(run.output.contains("\n  \(line)\n"), "no “\(line)” in: \(run.output)") }
        let json = try work.run(["check", "--json"] + Self.told + connection)
        #expect(Self.proves(try part(json.output, "directory", "proof")), "\(json.output)")
        let missing = try work.run(["check", "--canary", "NOBODY", "--expected-mailboxes", "50", "--json"] + connection)
        let proof = try part(missing.output, "directory", "proof")
        #expect(proof["canaries"] as? [[String: String]] == [["name": "NOBODY"]])
        #expect((proof["expectation"] as? NSDictionary)?["difference"] as? Int == -3)
        let none = try part(work.run(["check", "--json"] + connection).output, "directory", "proof")
        #expect(none["canaries"] == nil && none["expectation"] == nil && none["resultCode"] as? Int == 0)
    }

    @Test("A plan's header has the same")
    func proofInPlan() throws {
        let work = try Workplace()
        let run = try work.run(["plan", "users.csv"] + Self.told + connection())
        #expect(run.output.contains("\n  expected     45 mailboxes; 47 came, 2 more\n"), "\(run.output)")
        let plan = String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self)
        #expect(Self.proves(try part(plan, "header", "directory")), "\(plan.prefix(3000))")
    }

    /// The sample, with a tombstone among its mailboxes, as an export.
    private func exportWithTombstone(_ work: Workplace) throws -> String {
        let text = String(decoding: try SampleCase.demo.bytes("directory.ldif"), as: UTF8.self)
        let dn = "cn=ChidiO,cn=Recipients,ou=BRISTOL,o=Fairholm Instruments"
        let start = try #require(text.range(of: "dn: \(dn)\n")).lowerBound
        let entry = text[start...].prefix(upTo: try #require(text[start...].range(of: "\n\n")).lowerBound)
        let deleted = entry.replacing("ChidiO", with: "GoneG").replacing("cokonkwo", with: "goneg") + "\nIs-Deleted: TRUE\n\n"
        return "ldif:" + (try work.folder.write(text + "\n" + deleted, to: "tombstone.ldif"))
    }

    @Test("A deleted mailbox is counted as deleted, and neither as a mailbox nor as a canary")
    func tombstone() throws {
        let work = try Workplace()
        let directory = ["--directory", try exportWithTombstone(work), "--profile", "exchange55"]
        let run = try work.run(["check", "--json", "--canary", "GoneG", "--canary", "ChidiO"] + directory)
        let proof = try part(run.output, "directory", "proof")
        let survey = try part(run.output, "directory", "survey")
        #expect((proof["recipients"] as? NSDictionary)?["mailbox"] as? Int == 47)
        #expect(proof["deleted"] as? Int == 1 && survey["deleted"] as? Int == 1 && survey["recipients"] as? Int == 51)
        #expect((survey["kinds"] as? [NSDictionary])?.first == ["name": "mailbox", "count": 47])
        #expect((proof["gaps"] as? [String])?.filter { $0.contains("canary") }.count == 1, "\(run.output)")
        let text = try work.run(["check"] + directory)
        #expect(
            text.output.contains("\n  mailboxes    47\n") && text.output.contains("\n  deleted      1 that the server still shows"),
            "\(text.output)")
        let others = (proof["entries"] as? Int ?? 0) - 52
        #expect(others == 0 || text.output.contains("\n  others       \(others) entr"), "\(text.output)")
        let plan = ["plan", "users.csv", "--expected-mailboxes", "48", "--largest-shrink", "1%"]
        expectRefusal(
            try work.run(plan + directory + SampleServer.planOptions), status: 4, saying: ["47 mailboxes were read where 48 are expected"])
    }

    @Test("Entries that are added while the directory is read are in every count")
    func added() throws {
        var configuration = DirectoryForm.inetOrgPerson.configuration(SamplePeople.make(355))
        configuration.modules = ["syncprov"]
        configuration.database.lines = ["overlay syncprov"]
        let slapd = try PrivateSlapd(configuration)
        // What the search gives is settled when it begins; some of it goes out before there are two entries more.
        let proxy = try FaultProxy(to: slapd.port, otherwise: [Fault(.delay(.seconds(2)), at: .message(60))])
        let folder = try TemporaryFolder()
        let run = try ProgramRun(
            ["check", "--json", "--directory", proxy.uri, "--base", "o=Larkspur", "--profile", "inetorgperson", "--page-size", "0"],
            directory: folder.path)
        #expect(proxy.waitForFaults(within: .seconds(20)))
        try slapd.add(
            "dn: cn=0a,ou=People,o=Larkspur\nobjectClass: inetOrgPerson\ncn: 0a\nsn: New\nuid: new1\n\n"
                + "dn: cn=0b,ou=People,o=Larkspur\nobjectClass: inetOrgPerson\ncn: 0b\nsn: New\nuid: new2\n")
        let result = try run.finish()
        let (proof, survey) = (try part(result.output, "directory", "proof"), try part(result.output, "directory", "survey"))
        let again = try part(
            ProgramRun.run(["check", "--json", "--directory", slapd.uri, "--base", "o=Larkspur", "--profile", "inetorgperson"]).output,
            "directory", "proof")
        #expect(proof["entries"] as? Int == again["entries"] as? Int)
        #expect(proof["recipients"] as? NSObject == again["recipients"] as? NSObject)
        let kinds = (survey["kinds"] as? [[String: Any]] ?? []).reduce(0) { $0 + ($1["count"] as? Int ?? 0) }
        #expect(survey["recipients"] as? Int == kinds && proof["changedEntries"] as? Int ?? 0 >= 2, "\(result.output.prefix(3000))")
    }

    @Test("Every search is told at -v as a line that repeats it, without the password")
    func searches() throws {
        let work = try Workplace()
        let run = try work.run(["check", "-v", "--connections", "1"] + Workplace.connection(try SampleServer.shared().uri))
        let lines = run.errors.split(separator: "\n").filter { $0.contains("Searching: ") }
        #expect(lines.count >= 3 && lines.allSatisfy { $0.contains("ldapsearch -x -LLL -H ldap://127.0.0.1:") })
        #expect(!run.errors.contains(Exchange55View.password))
        let full = try #require(lines.last { $0.contains("-E pr=") && $0.contains("otherMailbox") })
        let words = try #require(full.split(separator: "Searching: ").last).replacing(" -W ", with: " -w \(Exchange55View.password) ")
        let again = try ProgramRun.run(["-c", String(words)], executable: "/bin/sh")
        let entries = try #require(run.output.firstMatch(of: #/read +(\d+) entries/#).flatMap { Int($0.output.1) })
        #expect(again.status == 0 && again.output.split(separator: "\n").count { $0.hasPrefix("dn:") } == entries)
    }
}
