/// How to reach a server and how long to wait for it.
public struct ConnectionSettings: Sendable {
    /// Where the server listens.
    public var address: ServerAddress
    /// Whether a plain connection is turned into TLS by StartTLS (RFC 4511, section 4.14) before anything else is said.
    public var startTLS: Bool
    /// What TLS must show.
    public var tls: TLSSettings
    /// How long to wait.
    public var limits: TimeLimits
    /// When everything must be over, whatever `limits` say; `nil` leaves it to them.
    public var deadline: Deadline?
    /// Longest message accepted from the server, in bytes. A lying length beyond it ends the connection instead of taking memory.
    public var maxMessageSize: Int
    /// Asked again and again while waiting; `true` ends the operation with `.interrupted`. Called from the thread that waits.
    public var isCancelled: @Sendable () -> Bool
    /// The only address of the host to connect to; `nil` for whichever answers.
    var peer: HostAddress?
    /// Whether searches ask for deleted entries, too: `DeletedEntries`.
    public var showsDeleted = false
    /// Told of each search before it is sent, and of the server that it goes to.
    public var willSearch: (@Sendable (SearchRequest, ServerAddress) -> Void)?

    /// Settings for a server; everything else at its safe default.
    public init(
        address: ServerAddress, startTLS: Bool = false, tls: TLSSettings = TLSSettings(), limits: TimeLimits = TimeLimits(),
        deadline: Deadline? = nil, maxMessageSize: Int = 64 << 20, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.address = address
        self.startTLS = startTLS
        self.tls = tls
        self.limits = limits
        self.deadline = deadline
        self.maxMessageSize = maxMessageSize
        self.isCancelled = isCancelled
        willSearch = nil
    }

    /// Whether what is said is encrypted by TLS.
    var usesTLS: Bool { address.transport == .ldaps || startTLS }

    /// When a connection that begins now must be done with.
    var end: ContinuousClock.Instant {
        let own = ContinuousClock.now + limits.total
        return deadline.map { min($0.instant, own) } ?? own
    }
}

/// A moment by which several connections together must be done.
public struct Deadline: Sendable {
    /// The moment.
    public let instant: ContinuousClock.Instant
    /// How long that was from the start, for messages.
    public let allowed: Duration

    /// So long from now.
    public init(after allowed: Duration) {
        self.allowed = allowed
        instant = .now + allowed
    }

    /// What is left; zero when it has passed.
    public var left: Duration { max(.zero, instant - .now) }
}

/// How long to wait. None of them waits for ever.
public struct TimeLimits: Sendable, Equatable {
    /// For the name look-up and the TCP connection together, and again for the TLS handshake.
    public var connect: Duration
    /// For the server's next message.
    public var response: Duration
    /// For everything on one connection, to the last entry.
    public var total: Duration

    /// Limits; the defaults are those of the configuration file.
    public init(connect: Duration = .seconds(10), response: Duration = .seconds(60), total: Duration = .seconds(1800)) {
        self.connect = connect
        self.response = response
        self.total = total
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, as poll(2) takes them; at most a day.
    var milliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds < 86_400 else { return 86_400_000 }
        return Int32(max(0, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }

    /// Whole microseconds, as usleep(3) takes them; only for less than a second.
    var microseconds: UInt32 { UInt32(clamping: components.attoseconds / 1_000_000_000_000) }

    /// `2 s`, `250 ms`.
    var inWords: String {
        let count = Int(milliseconds)
        return count % 1000 == 0 ? "\(count / 1000) s" : "\(count) ms"
    }
}
