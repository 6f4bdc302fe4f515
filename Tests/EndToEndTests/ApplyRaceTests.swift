import TestSupport
import Testing

/// Two runs that would write one file, at the same time or one upon the other's work.
@Suite("Two runs of apply on one file")
struct ApplyRaceTests {
    @Test("One of them writes; the other says that it is busy, or that the file is no longer the one that was planned")
    func race() async throws {
        for _ in 0..<6 {
            let work = try Workplace()
            let plan = ["plan", "users.csv", "--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))"] + SampleServer.planOptions
            #expect(try work.run(plan + ["--output", "a.plan.jsonl"]).status == 3)
            #expect(try work.run(plan + ["--output", "b.plan.jsonl", "--mode", "modify"]).status == 3)
            let runs = try ["a", "b"].map { try work.start(["apply", "\($0).plan.jsonl", "--output", "users.csv", "--replace"]) }
            let results = try runs.map { try $0.finish() }
            let statuses = results.map(\.status).sorted()
            #expect([[3, 5], [3, 75]].contains(statuses), "\(statuses) \(results.map(\.errors))")
            #expect(try work.folder.list().filter { $0.hasPrefix("users.csv.previous") } == ["users.csv.previous"])
            #expect(try work.folder.read("users.csv.previous") == SampleCase.demo.bytes("users.csv"))
        }
    }

    @Test("What stands in the way is told before the directory is asked, and replacing is advised only where that would be done")
    func existing() throws {
        let work = try Workplace()
        try work.plan()
        try work.folder.write("hello\n", to: "users.corrected.csv")
        let refused = ["apply", "users.csv.plan.jsonl", "--password-file", "password"]
        var run = try work.run(refused)
        expectRefusal(run, status: 73, saying: ["users.corrected.csv: the file exists already", "no user list", "--output"])
        #expect(!run.errors.contains("Reading the mailboxes") && !run.errors.contains("replace it with"), "\(run.errors)")
        try work.folder.write(try work.folder.read("users.csv"), to: "users.corrected.csv")
        run = try work.run(refused)
        expectRefusal(run, status: 73, saying: ["users.corrected.csv: the file exists already", "replace it with --replace"])
    }

    @Test("A password on the command line is refused, and told where it belongs")
    func password() throws {
        let run = try Workplace().run("check", "--directory", "ldap://127.0.0.1:1", "--password", "hunter-two")
        expectRefusal(run, status: 64, saying: ["does not belong on a command line", "--password-file FILE"], secrets: ["hunter-two"])
    }

    @Test("plan says how apply is called, with what it has to be given again")
    func next() throws {
        let work = try Workplace()
        let run = try work.run(["plan", "users.csv"] + Workplace.connection(SampleServer.shared().uri) + SampleServer.planOptions)
        #expect(run.errors.contains("Next: ldap-reconcile apply users.csv.plan.jsonl --password-file password\n"), "\(run.errors)")
    }

    @Test("Nobody hears of servers that do not answer where only errors are wanted, as long as one does")
    func quiet() throws {
        let work = try Workplace()
        let run = try work.run(
            ["plan", "users.csv", "--quiet", "--directory", "ldap://127.0.0.1:1"] + Workplace.connection(SampleServer.shared().uri))
        #expect(run.status == 3 && run.errors == "" && run.output == "", "\(run.errors)")
    }
}
