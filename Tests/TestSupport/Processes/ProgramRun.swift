import CTestSupport
import Foundation

/// One run of a program, `ldap-reconcile` unless told otherwise, as a user would start it.
///
/// The program gets a session of its own without a terminal, unless it is given a pseudo-terminal, and an environment
/// that holds nothing of the developer's but `PATH`.
public final class ProgramRun: Sendable {
    /// What the program reads from its standard input.
    public enum Input: Sendable {
        /// Nothing: the end of the file at once.
        case none
        /// These bytes, then the end.
        case bytes([UInt8])
        /// What `type` sends, until `closeInput`.
        case open
        /// A pseudo-terminal, to which standard error goes too; standard output stays a pipe. `type` answers its prompts.
        case terminal

        /// UTF-8 text, then the end.
        public static func text(_ text: String) -> Input { .bytes(Array(text.utf8)) }
    }

    /// What a program that has ended left behind.
    public struct Result: Sendable {
        /// How it ended.
        public let ending: ChildProcess.Ending
        /// The bytes on standard output.
        public let standardOutput: [UInt8]
        /// The bytes on standard error; with a pseudo-terminal also the echo of what was typed.
        public let standardError: [UInt8]
        /// What it took of the machine.
        public let usage: ChildProcess.Usage

        /// The exit status; 128 plus the signal's number when one killed it, as a shell says it.
        public var status: Int32 {
            switch ending {
            case .exited(let status): status
            case .killed(let signal): 128 + signal
            }
        }
        /// Standard output as text.
        public var output: String { String(decoding: standardOutput, as: UTF8.self) }
        /// Standard error as text.
        public var errors: String { String(decoding: standardError, as: UTF8.self) }
    }

    /// Which of the program's two streams.
    public enum Stream: Sendable { case standardOutput, standardError }

    /// The process.
    public let process: ChildProcess
    private let collector: OutputCollector
    private let input: Monitor<Int32?>
    /// The command line, for messages.
    private let commandLine: String

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - executable: An absolute path; `nil` for the `ldap-reconcile` of this build.
    ///   - environment: Variables beside `PATH`, `HOME` (a folder that does not exist) and `LANG` (`C.UTF-8`).
    ///   - directory: The current directory; `nil` for the test's own.
    public init(
        _ arguments: [String], executable: String? = nil, environment: [String: String] = [:], input: Input = .none,
        directory: String? = nil
    ) throws {
        let path = try executable ?? BuiltProgram.path()
        commandLine = ([path] + arguments).joined(separator: " ")
        var variables = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"]
        variables.merge(environment) { $1 }

        let streams = try ChildStreams(input)
        defer { streams.closeChildsEnds() }
        process = try ChildProcess(
            .init(
                path: path, arguments: arguments, environment: variables, directory: directory, input: streams.input,
                output: streams.output,
                errors: streams.errors, hasOwnTerminal: streams.isTerminal))
        collector = OutputCollector(output: streams.ourOutput, errors: streams.ourErrors)
        self.input = Monitor(streams.ourInput)
        switch input {
        case .none: closeInput()
        case .bytes(let bytes):
            // A thread of its own: more bytes than the pipe holds must not block the test.
            Thread.detachNewThread { [input = self.input] in Self.write(bytes, to: input, thenClose: true) }
        case .open, .terminal: break
        }
    }

    deinit {
        process.end()
        closeInput()
    }

    /// Runs the program to its end. Throws when it needs more than `limit`; then it has been killed.
    public static func run(
        _ arguments: [String], executable: String? = nil, environment: [String: String] = [:], input: Input = .none,
        directory: String? = nil,
        within limit: Duration = .seconds(60)
    ) throws -> Result {
        try ProgramRun(arguments, executable: executable, environment: environment, input: input, directory: directory).finish(
            within: limit)
    }

    /// Sends text to standard input, or types it at the terminal.
    public func type(_ text: String) {
        Self.write(Array(text.utf8), to: input, thenClose: false)
    }

    /// Ends standard input. At a terminal nothing more can be typed, but the terminal stays.
    public func closeInput() {
        input.withLock { file in
            if let open = file { close(open) }
            file = nil
        }
    }

    /// Sends a signal to the program.
    public func send(_ signal: ChildProcess.Signal) {
        process.send(signal)
    }

    /// Waits until a stream holds `text`; throws when it does not within `limit`, or when the stream ends first.
    public func waitForText(_ text: String, on stream: Stream = .standardError, within limit: Duration = .seconds(30)) throws {
        guard collector.wait(for: text, on: stream, within: limit) else {
            throw TestSupportError(
                "`\(commandLine)` did not say “\(text)” within \(limit); standard error: \(collector.text(.standardError))")
        }
    }

    /// Waits for the end and gives all that was said. Throws when it takes more than `limit`; then it has been killed.
    public func finish(within limit: Duration = .seconds(60)) throws -> Result {
        guard let ending = process.wait(for: limit) else {
            process.send(.kill)
            _ = process.wait(for: .seconds(10))
            let errors = collector.text(.standardError)
            throw TestSupportError("`\(commandLine)` still ran after \(limit) and was killed; standard error: \(errors)")
        }
        let (output, errors) = try collector.finish(within: .seconds(10))
        closeInput()
        guard let usage = process.usage else { throw TestSupportError("nothing is known of what `\(commandLine)` took") }
        return Result(ending: ending, standardOutput: output, standardError: errors, usage: usage)
    }

    private static func write(_ bytes: [UInt8], to input: Monitor<Int32?>, thenClose: Bool) {
        // A descriptor of its own, so that the lock is not held while the pipe is full.
        guard let file = input.withLock({ $0.map { fcntl($0, F_DUPFD_CLOEXEC, 3) } }), file >= 0 else { return }
        if thenClose {
            input.withLock { original in
                if let open = original { close(open) }
                original = nil
            }
        }
        IO.writeAll(bytes, to: file)
        close(file)
    }
}

/// The two ends of a child's standard streams.
private struct ChildStreams {
    private(set) var input: Int32 = -1, output: Int32 = -1, errors: Int32 = -1
    private(set) var ourInput: Int32 = -1, ourOutput: Int32 = -1, ourErrors: Int32 = -1
    private(set) var isTerminal = false

    init(_ kind: ProgramRun.Input) throws {
        (ourOutput, output) = try IO.pipe()
        if case .terminal = kind {
            isTerminal = true
            let code = cts_open_terminal(&ourErrors, &errors)
            guard code == 0 else { throw TestSupportError("cannot open a pseudo-terminal", errno: code) }
            input = errors
            ourInput = fcntl(ourErrors, F_DUPFD_CLOEXEC, 3)
        } else {
            (input, ourInput) = try IO.pipe()
            (ourErrors, errors) = try IO.pipe()
        }
    }

    func closeChildsEnds() {
        for file in Set([input, output, errors]) { close(file) }
    }
}
