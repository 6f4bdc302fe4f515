import CTestSupport
import Foundation

/// A child of the test process: signalled by pid only while it is known to live, always waited for, never outliving us.
public final class ChildProcess: Sendable {
    /// How a process ended.
    public enum Ending: Sendable, Equatable {
        /// It called `exit` with that status.
        case exited(Int32)
        /// That signal killed it.
        case killed(Int32)
    }

    /// What a process that has ended had taken of the machine.
    public struct Usage: Sendable {
        /// Processor time, its own and the kernel's for it.
        public var processorTime: Duration
        /// The most memory that it had, in bytes; never less than the test process had when it started it, which Linux counts, too.
        public var peakMemory: Int
    }

    /// A signal to send.
    public enum Signal: Sendable {
        case interrupt, terminate, kill, stop, resume, hangUp

        var number: Int32 {
            switch self {
            case .interrupt: SIGINT
            case .terminate: SIGTERM
            case .kill: SIGKILL
            case .stop: SIGSTOP
            case .resume: SIGCONT
            case .hangUp: SIGHUP
            }
        }
    }

    /// What to start.
    struct Command: Sendable {
        var path: String
        var arguments: [String]
        var environment: [String: String]
        var directory: String?
        var input: Int32
        var output: Int32
        var errors: Int32
        var hasOwnTerminal = false
    }

    /// The process id.
    public let pid: Int32
    private let ending = Monitor<Ending?>(nil)
    private let used = Monitor<Usage?>(nil)
    private let token: AtExit.Token

    /// Starts a server that stays in the foreground: no input, its words in a file, nothing of our environment.
    static func daemon(_ path: String, _ arguments: [String], environment: [String: String], log: String) throws -> ChildProcess {
        let log = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { for file in [log, null] { close(file) } }
        return try ChildProcess(
            .init(
                path: path, arguments: arguments, environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }, directory: "/",
                input: null, output: log, errors: log))
    }

    /// Starts a process; the files named in `command` stay the caller's.
    init(_ command: Command) throws {
        let pid = try SpawnThread.run { try Self.spawn(command) }
        self.pid = pid
        let (ending, used) = (ending, used)
        token = AtExit.register { Self.end(pid, ending, grace: .seconds(2)) }
        // Waits without reaping first, so that the pid cannot be reused before `ending` says that it is free.
        Thread.detachNewThread {
            var info = siginfo_t()
            while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            ending.withLock { ending in
                var status: Int32 = 0
                var usage = rusage()
                while wait4(pid, &status, 0, &usage) < 0, errno == EINTR {}
                used.withLock { $0 = Usage(usage) }
                let signal = status & 0x7f
                ending = signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal)
            }
        }
    }

    deinit {
        end()
    }

    /// Whether it has not ended yet.
    public var isRunning: Bool { ending.withLock { $0 == nil } }

    /// Sends a signal, unless it has ended already.
    public func send(_ signal: Signal) {
        Self.send(signal, to: pid, ending)
    }

    /// How it ended; `nil` when it has not within `limit`.
    public func wait(for limit: Duration) -> Ending? {
        ending.wait(for: limit) { $0 }
    }

    /// What it took; `nil` while it has not ended.
    public var usage: Usage? { used.withLock { $0 } }

    /// Ends it: SIGTERM, and SIGKILL when it is still there after `grace`. Safe to repeat.
    @discardableResult
    public func end(grace: Duration = .seconds(5)) -> Ending? {
        AtExit.cancel(token)
        return Self.end(pid, ending, grace: grace)
    }

    private static func send(_ signal: Signal, to pid: Int32, _ ending: Monitor<Ending?>) {
        ending.withLock { if $0 == nil { kill(pid, signal.number) } }
    }

    @discardableResult
    private static func end(_ pid: Int32, _ ending: Monitor<Ending?>, grace: Duration) -> Ending? {
        send(.terminate, to: pid, ending)
        // A stopped process takes no SIGTERM before it goes on.
        send(.resume, to: pid, ending)
        if let how = ending.wait(for: grace, until: { $0 }) { return how }
        send(.kill, to: pid, ending)
        return ending.wait(for: .seconds(10)) { $0 }
    }

    private static func spawn(_ command: Command) throws -> Int32 {
        let arguments = ([command.path] + command.arguments).map { strdup($0) } + [nil]
        let environment = command.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        let path = strdup(command.path)
        let directory = command.directory.flatMap { strdup($0) }
        defer { for text in arguments + environment + [path, directory] { free(text) } }
        var pid: pid_t = 0
        let code = arguments.withUnsafeBufferPointer { arguments in
            environment.withUnsafeBufferPointer { environment in
                var raw = cts_command(
                    path: path, arguments: arguments.baseAddress, environment: environment.baseAddress, directory: directory,
                    input: command.input, output: command.output, errors: command.errors, new_session: true,
                    controlling_terminal: command.hasOwnTerminal)
                return cts_spawn(&raw, &pid)
            }
        }
        guard code == 0 else { throw TestSupportError("cannot start \(command.path)", errno: code) }
        return pid
    }
}

extension ChildProcess.Usage {
    fileprivate init(_ usage: rusage) {
        func duration(_ time: timeval) -> Duration { .seconds(time.tv_sec) + .microseconds(time.tv_usec) }
        processorTime = duration(usage.ru_utime) + duration(usage.ru_stime)
        peakMemory = usage.ru_maxrss << 10
    }
}

/// The one thread that starts all children. It lives as long as the process does: the kernel ends a child
/// (`PR_SET_PDEATHSIG`) when the *thread* that started it ends, so that a crashed test leaves no server behind.
private enum SpawnThread {
    private static let jobs: Monitor<[@Sendable () -> Void]> = {
        let jobs = Monitor<[@Sendable () -> Void]>([])
        Thread.detachNewThread {
            while true {
                jobs.wait(for: .seconds(3600)) { $0.isEmpty ? nil : $0.removeFirst() }?()
            }
        }
        return jobs
    }()

    static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
        let result = Monitor<Result<Value, any Error>?>(nil)
        jobs.withLock {
            $0.append {
                let outcome = Result { try body() }; result.withLock { $0 = outcome }
            }
        }
        guard let outcome = result.wait(for: .seconds(60), until: { $0 }) else {
            throw TestSupportError("a process could not be started within 60 seconds")
        }
        return try outcome.get()
    }
}
