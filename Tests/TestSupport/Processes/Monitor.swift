import Foundation

/// A value behind a lock that threads can wait on, never without a bound.
final class Monitor<State>: @unchecked Sendable {
    // Sendable although `state` is a plain variable: it is reached only while `condition` is held.
    private let condition = NSCondition()
    private var state: State

    init(_ state: State) {
        self.state = state
    }

    /// Reads or changes the value; wakes those who wait for it.
    func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        return try body(&state)
    }

    /// Waits until `body` gives something; `nil` when it has not within `limit`.
    func wait<Result>(for limit: Duration, until body: (inout State) -> Result?) -> Result? {
        let deadline = Date(timeIntervalSinceNow: limit.seconds)
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result = body(&state) { return result }
            if !condition.wait(until: deadline) { return body(&state) }
        }
    }
}

extension Duration {
    /// The same as a number of seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
