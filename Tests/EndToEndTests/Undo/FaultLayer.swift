import Foundation
import TestSupport

/// A run of the program whose system calls on certain files go wrong, by strace: ended before one of them, or one of them refused.
struct FaultLayer {
    /// Whether the system lets a program be traced; a container may forbid it.
    static let isPermitted: Bool = {
        let run = try? ProgramRun.run(["-f", "-o", "/dev/null", "/bin/true"], executable: "/usr/bin/strace")
        return run?.status == 0
    }()

    /// The calls with which files are made, changed and removed.
    static let calls = [
        "openat", "write", "fsync", "ftruncate", "fchmod", "fchown", "link", "rename", "renameat2", "unlink", "flock",
    ]

    /// What happens.
    enum Fault {
        /// The process is ended, as by `kill -9`, before the call is made.
        case kill
        /// The call fails, with this name of an error.
        case error(String)
        /// The call is made so many seconds later.
        case delay(Int)
    }

    /// How the run ended, and whether the call was made at all.
    struct Outcome {
        var run: ProgramRun.Result
        var isReached: Bool
    }

    /// Runs the program; the call of that name and number (from 1) that concerns a file in `folder` whose name is in `names` goes wrong.
    static func run(
        _ arguments: [String], in folder: TemporaryFolder, names: [String], call: String, number: Int, _ fault: Fault
    ) throws -> Outcome {
        let trace = try TemporaryFolder()
        let run = try start(arguments, in: folder, names: names, call: call, number: number, fault, trace: trace["calls"]).finish()
        let calls = String(decoding: try trace.read("calls"), as: UTF8.self)
        return Outcome(run: run, isReached: calls.contains("(INJECTED)") || calls.contains("killed by SIGKILL"))
    }

    /// Starts the program in the same way; strace writes what it sees to the file `trace`.
    static func start(
        _ arguments: [String], in folder: TemporaryFolder, names: [String], call: String, number: Int, _ fault: Fault,
        trace: String = "/dev/null"
    ) throws -> ProgramRun {
        let how =
            switch fault {
            case .kill: "signal=SIGKILL"
            case .error(let name): "error=\(name)"
            case .delay(let seconds): "delay_enter=\(seconds)000000"
            }
        let paths = ["."] + names
        // Calls are told apart by the paths that they name, or that their descriptors lead to.
        let options =
            ["-f", "-o", trace, "-e", "trace=\(call)", "-e", "inject=\(call):\(how):when=\(number)"]
            + paths.flatMap { ["-P", $0] } + paths.map { $0 == "." ? folder.path : folder[$0] }.flatMap { ["-P", $0] }
        return try ProgramRun(
            options + [try BuiltProgram.path()] + arguments, executable: "/usr/bin/strace", directory: folder.path)
    }
}
