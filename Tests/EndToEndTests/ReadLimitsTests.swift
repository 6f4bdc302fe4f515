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
