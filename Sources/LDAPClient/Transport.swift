internal import CLibLDAP
internal import Glibc

/// What a connection's I/O layer needs to know: until when to wait, and whom to ask whether to stop.
///
/// libldap's own time limits cover neither a TLS handshake nor a stall in the first bytes of a message: both hang for ever.
/// This layer stands above TCP and below TLS, waits with poll(2) before every read and write, and so bounds both.
struct TransportState {
    /// Why a wait was given up.
    enum Failure {
        case timedOut(Duration)
        case deadlinePassed
        case cancelled
    }

    /// How long the server may keep somebody waiting: for its next message, for taking a request, for the handshake.
    var patience: Duration
    /// When a silence that has begun becomes too long; `nil` while there is none. Whoever first finds nothing to read begins it, so that the
    /// layers that wait for the same message share one limit.
    var silenceEnds: ContinuousClock.Instant?
    /// When everything must be over.
    var deadline: ContinuousClock.Instant
    /// Whether somebody asked to stop.
    var isCancelled: @Sendable () -> Bool
    /// The first wait that was given up.
    var failure: Failure?
    /// Looks at what the server sends, as long as TLS is being set up.
    var handshake: HandshakeWatch?
    /// Whether the server has answered anything since the connection was set up.
    var hasAnswered = false
    /// Whether a login has succeeded, for advice.
    var isLoggedIn = false
    /// How many messages have come.
    private var messages = 0

    init(patience: Duration, deadline: ContinuousClock.Instant, isCancelled: @escaping @Sendable () -> Bool) {
        self.patience = patience
        self.deadline = deadline
        self.isCancelled = isCancelled
    }

    /// Counts a message that has come, and now and then says whether there is still time: a server whose messages flow without a pause is
    /// never waited for. On failure `failure` says why.
    mutating func takesMessage() -> Bool {
        messages &+= 1
        silenceEnds = nil
        return messages % Self.messagesBetweenLooks != 0 || mayGoOn()
    }

    /// Seldom enough to cost nothing: reading that many messages takes about half a millisecond.
    static let messagesBetweenLooks = 64

    /// Whether there is still time, and nobody asked to stop. On failure `failure` says why.
    mutating func mayGoOn() -> Bool {
        if isCancelled() { return giveUp(.cancelled, ECANCELED) }
        return ContinuousClock.now < deadline || giveUp(.deadlinePassed, ETIMEDOUT)
    }

    /// Waits until the socket is ready for `events`. On failure errno is set and `failure` says why.
    mutating func waits(for events: Int32, on socket: Int32) -> Bool {
        let clock = ContinuousClock()
        let tooLong = events == POLLIN ? silenceEnds ?? clock.now + patience : clock.now + patience
        if events == POLLIN { silenceEnds = tooLong }
        let end = min(deadline, tooLong)
        while true {
            if isCancelled() { return giveUp(.cancelled, ECANCELED) }
            let left = end - clock.now
            if left <= .zero { return giveUp(end == deadline ? .deadlinePassed : .timedOut(patience), ETIMEDOUT) }
            var descriptor = pollfd(fd: socket, events: Int16(events), revents: 0)
            let ready = unsafe poll(&descriptor, 1, min(left, Self.slice).milliseconds)
            if ready > 0 { return true }
            if ready < 0 && errno != EINTR { return false }
        }
    }

    private mutating func giveUp(_ why: Failure, _ number: Int32) -> Bool {
        if failure == nil { failure = why }
        errno = number
        return false
    }

    /// How long to wait before asking again whether to stop.
    static let slice = Duration.milliseconds(100)
}

/// The I/O layer as liblber wants it: six C functions. It stands between TCP and TLS.
enum TransportLayer {
    /// The table of functions. libldap keeps the pointer as long as any connection lives, so it is never freed.
    nonisolated(unsafe) static let functions: UnsafeMutablePointer<Sockbuf_IO> = {
        let table = UnsafeMutablePointer<Sockbuf_IO>.allocate(capacity: 1)
        unsafe table.initialize(
            to: Sockbuf_IO(
                sbi_setup: { descriptor, state in
                    unsafe descriptor?.pointee.sbiod_pvt = state
                    return 0
                },
                sbi_remove: { _ in 0 },
                sbi_ctrl: { unsafe cldap_ctrl_next($0, $1, $2) },
                sbi_read: { descriptor, buffer, length in
                    // As a rule something is there. The socket does not block, so nothing hangs when not.
                    var count = unsafe cldap_read_next(descriptor, buffer, length)
                    if count < 0, errno == EAGAIN || errno == EWOULDBLOCK, unsafe TransportLayer.waits(descriptor, for: POLLIN) {
                        count = unsafe cldap_read_next(descriptor, buffer, length)
                    }
                    if count > 0 { unsafe TransportLayer.watch(descriptor, UnsafeRawBufferPointer(start: buffer, count: Int(count))) }
                    return count
                },
                sbi_write: { descriptor, buffer, length in
                    guard unsafe TransportLayer.waits(descriptor, for: POLLOUT) else { return -1 }
                    return unsafe cldap_write_next(descriptor, buffer, length)
                },
                sbi_close: { _ in 0 }))
        return unsafe table
    }()

    /// Shows what has come to whoever watches the handshake.
    private static func watch(_ descriptor: UnsafeMutablePointer<Sockbuf_IO_Desc>?, _ bytes: UnsafeRawBufferPointer) {
        guard let state = unsafe descriptor?.pointee.sbiod_pvt?.assumingMemoryBound(to: TransportState.self),
            unsafe state.pointee.handshake != nil
        else { return }
        unsafe state.pointee.handshake?.scan(bytes)
    }

    private static func waits(_ descriptor: UnsafeMutablePointer<Sockbuf_IO_Desc>?, for events: Int32) -> Bool {
        guard let layer = unsafe descriptor, let state = unsafe layer.pointee.sbiod_pvt?.assumingMemoryBound(to: TransportState.self) else {
            errno = EINVAL
            return false
        }
        return unsafe state.pointee.waits(for: events, on: cldap_fd(layer.pointee.sbiod_sb))
    }

    /// A connect callback that refuses: libldap makes a lost connection anew by itself, anonymous, without StartTLS and without our layer.
    static func refusal() -> ldap_conncb {
        unsafe ldap_conncb(lc_add: { _, _, _, _, _ in -1 }, lc_del: { _, _, _ in }, lc_arg: nil)
    }
}
