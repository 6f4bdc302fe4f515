internal import Glibc
internal import Synchronization

/// Why the name servers gave nothing, in words.
struct LookupFailure: Error {
    var words: String
}

/// A question to the name servers, asked on a thread of its own: the system's resolver knows neither our time limits nor an interruption.
///
/// A look-up that nobody waits for any more goes on until the resolver gives up, and is then forgotten.
final class BackgroundLookup<Answer: Sendable>: Sendable {
    private let answer = Mutex<Result<Answer, LookupFailure>?>(nil)
    /// A socket that is readable when it is done, and its other end.
    private let signal: Int32
    private let signalEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        _ = unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends)
        (signal, signalEnd) = (ends[0], ends[1])
    }

    deinit {
        close(signal)
        close(signalEnd)
    }

    /// Asks, in a thread of its own.
    func begin(_ ask: @escaping @Sendable () -> Result<Answer, LookupFailure>) {
        let why = DetachedThread.start { [self] in
            let found = ask()
            answer.withLock { $0 = found }
            var done: UInt8 = 1
            _ = unsafe write(signalEnd, &done, 1)
        }
        if let why { answer.withLock { $0 = .failure(LookupFailure(words: "no thread could be started to look it up: \(why)")) } }
    }

    /// Waits for the answer; throws `.timedOut` or `.interrupted`.
    func wait(
        _ limit: Duration, isCancelled: @escaping @Sendable () -> Bool, doing: String
    ) throws(LDAPError) -> Result<Answer, LookupFailure> {
        var state = TransportState(patience: limit, deadline: .now + limit, isCancelled: isCancelled)
        while true {
            if let answer = answer.withLock({ $0 }) { return answer }
            guard state.waits(for: POLLIN, on: signal) else {
                if case .cancelled = state.failure { throw .interrupted(doing) }
                throw LDAPError(
                    .timedOut, doing: doing, because: "the name servers did not answer within \(limit.inWords)",
                    advice: "Check the machine's name servers, give addresses in numbers, or more time with --connect-timeout.")
            }
        }
    }
}

/// A thread that nobody waits for.
private final class DetachedThread: Sendable {
    private let body: @Sendable () -> Void

    private init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    /// Runs `body` in a thread of its own; gives why there is none.
    static func start(_ body: @escaping @Sendable () -> Void) -> String? {
        var thread = pthread_t()
        let task = unsafe Unmanaged.passRetained(DetachedThread(body))
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<DetachedThread>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, task.toOpaque())
        guard code == 0 else {
            unsafe task.release()
            return unsafe String(cString: strerror(code))
        }
        pthread_detach(thread)
        return nil
    }
}
