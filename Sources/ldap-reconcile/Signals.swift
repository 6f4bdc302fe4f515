internal import Glibc
internal import Synchronization
internal import Workflow

/// Ctrl-C and SIGTERM as a wish to stop, which every wait asks for. Nothing is left half written.
///
/// A step that does not ask, such as a write into a pipe that nobody reads, does not keep the program: some seconds after the first signal, or
/// with a second one, a thread of its own ends it.
enum Signals {
    /// Which signal came.
    enum Received: Int {
        case interrupt = 2
        case terminate = 15
    }

    /// How many seconds the run has for ending in order.
    private static let patience = 4

    private static let number = Atomic<Int>(0)
    /// Rung by each signal. Never freed: a handler may ring it at any time, and `sem_post` is what a handler may call from any thread. The pointer never
    /// changes, and the semaphore behind it is made for several threads, which the compiler cannot know.
    nonisolated(unsafe) private static let bell: UnsafeMutablePointer<sem_t> = .allocate(capacity: 1)

    /// The first signal that came; `nil` when none has.
    static var received: Received? { Received(rawValue: number.load(ordering: .relaxed)) }

    /// Catches both signals, and ignores those that make an error of a write the end of the process: a closed pipe (SIGPIPE), a file that may
    /// not grow further (SIGXFSZ).
    static func install() {
        _ = number.load(ordering: .relaxed)  // makes the global before a handler needs it
        sem_init(bell, 0, 0)
        startWatching()
        for signal in [SIGINT, SIGTERM] {
            var action = sigaction()
            // No SA_RESTART: a poll or sleep that is under way ends at once.
            action.__sigaction_handler.sa_handler = { Signals.note($0) }
            sigaction(signal, &action, nil)
        }
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// In a handler.
    private static func note(_ signal: Int32) {
        _ = number.compareExchange(expected: 0, desired: Int(signal), ordering: .relaxed)
        sem_post(bell)
    }

    private static func startWatching() {
        var watcher = pthread_t()
        pthread_create(&watcher, nil, { _ in Signals.watch() }, nil)
    }

    /// Waits for a signal, and then for another one or the end of patience; the end of the process ends this, too.
    private static func watch() -> Never {
        // The thread that works is to be interrupted, not this one.
        var both = sigset_t()
        sigemptyset(&both)
        sigaddset(&both, SIGINT)
        sigaddset(&both, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &both, nil)
        while sem_wait(bell) != 0 {}
        // Looks with a rest between them, and no clock (`sem_timedwait` goes by one that can be set): nothing is broken off because the machine slept. This
        // thread has nothing else to do, and lives only for a program that was told to end.
        var looks = patience * 10
        while looks > 0, sem_trywait(bell) != 0 {
            usleep(100_000)
            looks -= 1
        }
        endAtOnce()
    }

    /// Ends the process whatever it is doing, and leaves nothing of it behind.
    private static func endAtOnce() -> Never {
        Terminal.showTyping()
        Unfinished.removeAll {
            let (word, status): (String, ExitStatus) = received == .terminate ? ("Terminated", .terminated) : ("Interrupted", .interrupted)
            Terminal.talkWithoutWaiting("\(Program.name): \(word) before the step under way was over; nothing is half written.")
            Surroundings.exit(status)
        }
    }
}
