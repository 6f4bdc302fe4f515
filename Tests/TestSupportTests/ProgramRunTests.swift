import TestSupport
import Testing

@Suite("The run of a program")
struct ProgramRunTests {
    static func shell(_ script: String, input: ProgramRun.Input = .none, environment: [String: String] = [:]) throws -> ProgramRun {
        try ProgramRun(["-c", script], executable: "/bin/sh", environment: environment, input: input)
    }

    @Test("tells status, both streams, and hands over input, environment and folder")
    func result() throws {
        let run = try ProgramRun.run(
            ["-c", "cat; echo $X >&2; pwd; exit 7"], executable: "/bin/sh", environment: ["X": "y"], input: .text("in\n"), directory: "/usr"
        )
        #expect(run.ending == .exited(7))
        #expect(run.output == "in\n/usr\n")
        #expect(run.errors == "y\n")
    }

    @Test("takes more input and output than a pipe holds")
    func bulk() throws {
        let bytes = [UInt8](repeating: 65, count: 3_000_000)
        let run = try ProgramRun.run([], executable: "/bin/cat", input: .bytes(bytes))
        #expect(run.standardOutput == bytes)
        // A program that reads nothing must not end the test process by SIGPIPE.
        #expect(try ProgramRun.run([], executable: "/bin/true", input: .bytes(bytes)).status == 0)
    }

    @Test("can be interrupted at a given moment")
    func interrupt() throws {
        let run = try Self.shell("trap 'echo bye; exit 130' INT; echo ready >&2; while :; do sleep 0.05; done")
        try run.waitForText("ready")
        run.send(.interrupt)
        let result = try run.finish()
        #expect(result.status == 130)
        #expect(result.output == "bye\n")
        let killed = try Self.shell("kill -TERM $$")
        #expect(try killed.finish().ending == .killed(15))
    }

    @Test("is killed when it takes too long, and the test is told")
    func limit() throws {
        let run = try ProgramRun(["60"], executable: "/bin/sleep")
        #expect { try run.finish(within: .milliseconds(100)) } throws: { "\($0)".contains("still ran after 0.1 seconds and was killed") }
        #expect(!run.process.isRunning)
    }

    @Test("has no terminal, or a pseudo-terminal that answers prompts")
    func terminal() throws {
        let script = "test -t 0 && test -t 2 && echo terminal; test -t 1 || echo pipe; : </dev/tty && echo controlling; exit 0"
        #expect(try Self.shell(script).finish().output == "pipe\n")
        #expect(try Self.shell(script, input: .terminal).finish().output == "terminal\npipe\ncontrolling\n")
        let prompt = try Self.shell("printf 'Password: ' >/dev/tty; read word; echo \"got $word\"", input: .terminal)
        try prompt.waitForText("Password: ")
        prompt.type("secret\n")
        #expect(try prompt.finish().output == "got secret\n")
    }

    @Test("says why a program cannot be started")
    func missing() throws {
        #expect { try ProgramRun([], executable: "/no/such") } throws: { "\($0)" == "cannot start /no/such: No such file or directory" }
    }
}
