internal import Glibc
internal import Synchronization

/// Ctrl-C and SIGTERM as a wish to stop, which every wait asks for. Nothing is left half written.
enum Signals {
    /// Which signal came.
    enum Received: Int {
        case interrupt = 2
        case terminate = 15
    }

    private static let number = Atomic<Int>(0)

    /// The first signal that came; `nil` when none has.
    static var received: Received? { Received(rawValue: number.load(ordering: .relaxed)) }

    /// Catches both signals, and ignores those that make an error of a write the end of the process: a closed pipe (SIGPIPE), a file that may
    /// not grow further (SIGXFSZ).
    static func install() {
        _ = number.load(ordering: .relaxed)  // makes the global before a handler needs it
        for signal in [SIGINT, SIGTERM] {
            var action = sigaction()
            // No SA_RESTART: a poll or sleep that is under way ends at once.
            action.__sigaction_handler.sa_handler = { Signals.number.store(Int($0), ordering: .relaxed) }
            sigaction(signal, &action, nil)
        }
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }
}
