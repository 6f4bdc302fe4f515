import TestSupport
import Testing

/// Issue 2, "Bad input": Ctrl-C in the read and in the write. Nothing is left half written.
@Suite("An interruption")
struct InterruptionTests {
    @Test("in the read", arguments: [(ChildProcess.Signal.interrupt, Int32(130)), (.terminate, 143)])
    func read(_ signal: ChildProcess.Signal, _ status: Int32) throws {
        let proxy = try FaultProxy(to: SampleServer.shared().port, otherwise: [Fault(.stall, at: .message(10, offset: 30))])
        let work = try Workplace()
        let run = try work.start(["plan", "users.csv"] + Workplace.connection(proxy.uri))
        #expect(proxy.waitForFaults())
        let start = ContinuousClock.now
        run.send(signal)
        let result = try run.finish(within: .seconds(20))
        expectRefusal(result, status: status, saying: [])
        #expect(ContinuousClock.now - start < .seconds(5), "a person waits for the end of this")
        #expect(try work.newFiles() == [])
    }

    @Test("in the connecting, when the server says nothing")
    func connect() throws {
        let server = try StubServer.silent()
        let work = try Workplace()
        let run = try work.start(["plan", "users.csv"] + Workplace.connection(server.uri))
        #expect(server.waitForRequests(1))
        run.send(.interrupt)
        #expect(try run.finish(within: .seconds(20)).status == 130)
    }

    @Test("at any moment of the write leaves the whole file or none")
    func write() throws {
        let work = try Workplace()
        try work.plan()
        var generator = SeededGenerator(seed: 1)
        for number in 1...12 {
            let run = try work.start(["apply", "users.csv.plan.jsonl", "--password-file", "password", "--output", "\(number).csv"])
            if let ending = run.process.wait(for: .milliseconds(Int.random(in: 0...60, using: &generator))) {
                #expect(ending == .exited(3))
            }
            run.send(.interrupt)
            let result = try run.finish()
            // Before it has taken over Ctrl-C, the signal ends it as it ends any program.
            #expect([3, 130].contains(result.status), "\(result.errors)")
            if work.folder.contains("\(number).csv") {
                #expect(try work.folder.read("\(number).csv") == SampleCase.demo.bytes("expected.csv"))
            } else {
                #expect(result.status == 130)
            }
        }
        let rest = try work.newFiles().filter { !$0.hasSuffix(".csv") }
        #expect(rest == ["users.csv.plan.jsonl"], "left over from an interrupted write")
    }

    /// Rows have problems, and wait: that is so whether anybody reads about it to the end or not.
    @Test("A closed pipe is no failure, and changes no status", arguments: ["check users.csv", "plan users.csv --all"])
    func closedPipe(_ arguments: String) throws {
        let work = try Workplace()
        let connection = Workplace.connection(try SampleServer.shared().uri).map { "'\($0)'" }.joined(separator: " ")
        for reader in ["true", "head -1"] {
            let command = "{ \"$0\" \(arguments) \(connection); echo \"status $?\" >&2; } | \(reader)"
            let run = try ProgramRun.run(["-c", command, BuiltProgram.path()], executable: "/bin/sh", directory: work.folder.path)
            #expect(run.errors.hasSuffix("status 3\n"), "\(run.errors)")
        }
    }

    @Test("Ctrl-C typed at the password prompt is an interruption, not a missing password")
    func prompt() throws {
        let work = try Workplace()
        let run = try work.start(
            [
                "check", "--directory", SampleServer.shared().uri, "--base", SampleServer.base, "--bind-name", Exchange55View.adminName,
                "--ask-password",
            ],
            input: .terminal)
        try run.waitForText("assword")
        run.type("\u{3}")
        #expect(try run.finish(within: .seconds(20)).status == 130)
    }

    @Test("The password typed at the prompt is taken and not shown")
    func typed() throws {
        let work = try Workplace()
        let run = try work.start(
            [
                "check", "users.csv", "--directory", SampleServer.shared().uri, "--base", SampleServer.base, "--bind-name",
                Exchange55View.adminName, "--ask-password",
            ], input: .terminal)
        try run.waitForText("assword")
        run.type(Exchange55View.password + "\n")
        let result = try run.finish(within: .seconds(20))
        #expect([0, 3].contains(result.status), "\(result.errors)")
        #expect(!(result.errors + result.output).contains(Exchange55View.password))
    }

    /// A write into a pipe that nobody reads goes on waiting whatever signals come.
    @Test(
        "in a write that does not go on: the program ends some seconds later, or at once when asked again",
        arguments: [
            ("kill -TERM $program", 9), ("while grep -qs 'State:.[^Z]' /proc/$program/status; do kill -TERM $program 2>&-; done", 4),
        ])
    func blockedWrite(asking: String, seconds: Int) throws {
        let folder = try TemporaryFolder()
        let long = String(repeating: "x", count: 300_000)
        try folder.write("dn: cn=big,o=ORG\nobjectClass: inetOrgPerson\ncn: big\nsn: big\ndescription: \(long)\n", to: "big.ldif")
        let script = """
            mkfifo pipe; exec 3<>pipe
            "$0" raw big --directory ldif:big.ldif --profile inetorgperson >&3 & program=$!
            head -c 1 <&3 >first; date +%s%N >asked; \(asking); wait $program; echo "status $?"; date +%s%N >ended
            """
        let run = try ProgramRun.run(["-c", script, BuiltProgram.path()], executable: "/bin/sh", directory: folder.path)
        #expect(run.output == "status 143\n", "\(run.errors)")
        #expect(run.errors == "ldap-reconcile: Terminated before the step under way was over; nothing is half written.\n")
        let times = try ["asked", "ended"].map { try #require(Int(String(decoding: folder.read($0), as: UTF8.self).dropLast())) }
        #expect(times[1] - times[0] < seconds * 1_000_000_000)
    }

    private static let list = """
        SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Comment
        ROWEA,Ann Rowe,Y,Mailbox,Create,ROWEA,aaaa
        VEENT,Truus Veen,Y,Mailbox,Create,VEENT,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!

        """
    private static let endless = [
        "plan", "users.csv", "--key-column", "Comment", "--key-attribute", "employeeNumber", "--key-pattern", "(a+)+$",
        "--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))",
    ]

    @Test("is not needed where a key pattern does not come to an end: the error names pattern, file, line and cell")
    func endlessPattern() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.list, to: "users.csv")
        let run = try ProgramRun.run(Self.endless, directory: folder.path, within: .seconds(30))
        expectRefusal(
            run, status: 64, saying: ["users.csv, line 3, column 7: the pattern of the unique key, (a+)+$, does not come to an end"])
        #expect(try folder.list() == ["users.csv"])
    }

    @Test("in a key pattern that does not come to an end", arguments: [(ChildProcess.Signal.interrupt, Int32(130)), (.terminate, 143)])
    func interruptedPattern(_ signal: ChildProcess.Signal, _ status: Int32) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.list, to: "users.csv")
        let run = try ProgramRun(Self.endless + ["-v"], directory: folder.path)
        try run.waitForText("Read")
        let start = ContinuousClock.now
        run.send(signal)
        #expect(try run.finish(within: .seconds(20)).status == status)
        #expect(ContinuousClock.now - start < .seconds(4))
    }
}
