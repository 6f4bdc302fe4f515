/// Every status that the program ends with, and what it means. With `Command.statuses` the one table: help, manual and tests are made from it.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done, and nothing waits for anyone.
    case done = 0
    /// `--check`: something would change.
    case wouldChange = 2
    /// Done as far as allowed; rows wait for a person.
    case rowsWait = 3
    /// Stopped by a safety limit; nothing written.
    case stoppedByLimit = 4
    /// The plan has gone stale; nothing written.
    case planStale = 5
    /// The command line cannot be used (EX_USAGE).
    case usage = 64
    /// A file's content cannot be used (EX_DATAERR).
    case badData = 65
    /// A file is missing or cannot be read (EX_NOINPUT).
    case noInput = 66
    /// The directory is unavailable (EX_UNAVAILABLE).
    case directoryUnavailable = 69
    /// An error of the program's own (EX_SOFTWARE).
    case internalError = 70
    /// An output file cannot be made (EX_CANTCREAT).
    case cannotCreate = 73
    /// Reading or writing failed (EX_IOERR).
    case inputOutput = 74
    /// Busy: another run holds the lock, or the server asks to come back later (EX_TEMPFAIL).
    case busy = 75
    /// Credentials or rights (EX_NOPERM).
    case credentials = 77
    /// The configuration cannot be used (EX_CONFIG).
    case configuration = 78
    /// Interrupted by Ctrl-C; nothing half written.
    case interrupted = 130
    /// Ended by SIGTERM; nothing half written.
    case terminated = 143

    /// What the status means, in a few words.
    public var meaning: String {
        switch self {
        case .done: "done, nothing waits for anyone"
        case .wouldChange: "with --check: something would change"
        case .rowsWait: "done as far as allowed; rows wait for a person"
        case .stoppedByLimit: "stopped by a limit (incomplete read); nothing written"
        case .planStale: "the plan has gone stale; nothing written"
        case .usage: "the command line cannot be used"
        case .badData: "a file's content cannot be used"
        case .noInput: "a file is missing or cannot be read"
        case .directoryUnavailable: "the directory is unavailable, or stopped answering"
        case .internalError: "an error of the program's own"
        case .cannotCreate: "an output file cannot be made"
        case .inputOutput: "reading or writing failed"
        case .busy: "busy: another run holds the lock, or try later"
        case .credentials: "credentials or rights"
        case .configuration: "the configuration cannot be used; also a base that does not exist"
        case .interrupted: "interrupted by Ctrl-C; nothing half written"
        case .terminated: "ended by SIGTERM; nothing half written"
        }
    }

    /// The table for a help page: all statuses that the program knows.
    public static var table: String { lines(allCases) { $0.meaning } }

    static func lines(_ statuses: [ExitStatus], meaning: (ExitStatus) -> String) -> String {
        statuses.map { status in
            let number = String(status.rawValue)
            return "  " + number + String(repeating: " ", count: 5 - number.count) + meaning(status)
        }.joined(separator: "\n")
    }
}

/// The end of a run that did not do what was asked: a status, and one message for stderr.
public struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
    /// With what the program ends.
    public let status: ExitStatus
    /// What was being done, what went wrong, what to do.
    public let message: String

    /// A failure from its parts.
    public init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
