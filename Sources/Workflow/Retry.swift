internal import Glibc

/// When to ask a server again that did not answer.
enum Retry {
    /// How long to wait after so many rounds: about 1 s, then twice as long each time, 30 s at most. A random part of half of it keeps many
    /// clients of one server from coming back all at once.
    static func pause(after rounds: Int) -> Duration {
        let whole = Double(min(30, 1 << min(rounds, 5)))
        return .milliseconds(Int(whole * Double.random(in: 750...1250)))
    }

    /// `1.2 s`.
    static func words(_ pause: Duration) -> String {
        let tenths = Int(pause / .milliseconds(100))
        return "\(tenths / 10).\(tenths % 10) s"
    }

    /// `0.067 s`.
    static func exactWords(_ time: Duration) -> String {
        let thousandths = Int(time / .milliseconds(1))
        return "\(thousandths / 1000).\(String(thousandths % 1000 + 1000).dropFirst()) s"
    }

    /// Waits, until somebody asks to stop.
    static func wait(_ pause: Duration, isCancelled: @Sendable () -> Bool) {
        let end = ContinuousClock.now + pause
        while !isCancelled(), ContinuousClock.now < end { usleep(50_000) }
    }
}
