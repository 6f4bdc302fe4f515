internal import Dispatch
internal import Synchronization

/// Work that has been begun on another thread, and whose result is fetched later.
public final class Background<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    /// Begins `work`. It goes on until it ends by itself, whether anybody waits for it or not.
    public init(_ work: @escaping @Sendable () throws -> Value) {
        DispatchQueue.global().async { [self] in
            let made = Result { try work() }
            result.withLock { $0 = made }
            isDone.signal()
        }
    }

    /// Waits for the work's end, and gives what it gave. To be called once.
    public func value() throws -> Value {
        isDone.wait()
        return try made()
    }

    /// The same, but `nil` where the work has not ended within `milliseconds`; then it may be called again.
    public func value(within milliseconds: Int) throws -> Value? {
        guard isDone.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else { return nil }
        return try made()
    }

    private func made() throws -> Value {
        try result.withLock { made in
            guard let made else { preconditionFailure("the work has ended without a result") }
            return try made.get()
        }
    }
}
