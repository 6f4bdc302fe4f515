internal import Glibc

/// Connects a socket to a server, within the connection's limits.
///
/// libldap would do it too, but without a limit for the name look-up, deaf to an interruption, and with no word on what failed.
extension ConnectionSettings {
    /// An open, connected socket, which is then the caller's to close. Throws `.cannotConnect`, `.timedOut` or `.interrupted`.
    ///
    /// Each of the host's addresses is tried in the system's order of preference (RFC 6724), with its share of what is left of the limit.
    func openSocket(_ state: inout TransportState) throws(LDAPError) -> Int32 {
        let end = min(ContinuousClock.now + limits.connect, state.deadline)
        if address.transport == .ldapi { return try connect(to: localAddress(), &state, until: end, isOnlyOne: true) }
        let addresses = try lookUp(within: min(limits.connect, end - .now))
        var reasons: [String] = []
        for (index, target) in addresses.enumerated() {
            let share = (end - ContinuousClock.now) / (addresses.count - index)
            do throws(LDAPError) {
                return try connect(to: target, &state, until: .now + share, isOnlyOne: addresses.count == 1)
            } catch {
                guard index + 1 < addresses.count, error.code == .cannotConnect || error.code == .timedOut, state.deadline > .now else {
                    guard !reasons.isEmpty, error.code == .cannotConnect else { throw error }
                    throw cannotConnect((reasons + [error.reason]).joined(separator: "; "))
                }
                reasons.append(error.reason)
                state.failure = nil
            }
        }
        throw cannotConnect("the host '\(address.host)' has no address")
    }

    private func lookUp(within limit: Duration) throws(LDAPError) -> [HostAddress] {
        if let peer { return [peer] }
        let (host, port) = (address.host, address.port ?? 389)
        if case .success(let addresses) = HostAddress.all(of: host, port: port, isNumeric: true) { return addresses }
        let lookup = BackgroundLookup<[HostAddress]>()
        lookup.begin { HostAddress.all(of: host, port: port) }
        switch try lookup.wait(limit, isCancelled: isCancelled, doing: doing) {
        case .success(let addresses): return addresses
        case .failure(let why): throw cannotConnect("the host '\(host)' is not known: \(why.words)")
        }
    }

    private func connect(
        to target: HostAddress, _ state: inout TransportState, until end: ContinuousClock.Instant, isOnlyOne: Bool
    ) throws(LDAPError) -> Int32 {
        let socket = Glibc.socket(target.family, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC | O_NONBLOCK, 0)
        guard socket >= 0 else { throw cannotConnect(Self.words(errno)) }
        do throws(LDAPError) {
            try finishConnecting(socket, to: target, &state, until: end)
        } catch {
            close(socket)
            throw isOnlyOne ? error : LDAPError(error.code, doing: doing, because: "\(target.text): \(error.reason)", advice: error.advice)
        }
        if target.family != AF_UNIX { Self.set(socket, IPPROTO_TCP, TCP_NODELAY) }
        Self.set(socket, Int(SOL_SOCKET), SO_KEEPALIVE)
        return socket
    }

    private func finishConnecting(
        _ socket: Int32, to target: HostAddress, _ state: inout TransportState, until end: ContinuousClock.Instant
    ) throws(LDAPError) {
        let code = unsafe target.octets.withUnsafeBytes { octets in
            guard let start = octets.baseAddress else { return Int32(-1) }
            return unsafe Glibc.connect(socket, start.assumingMemoryBound(to: sockaddr.self), socklen_t(octets.count))
        }
        if code == 0 { return }
        // A local socket with a full queue says EAGAIN, and will not say more.
        guard errno == EINPROGRESS else { throw refused(errno) }
        state.patience = max(.zero, end - .now)
        guard state.waits(for: POLLOUT, on: socket) else {
            if case .timedOut = state.failure { state.failure = .timedOut(limits.connect) }
            throw state.failure.map { gaveUp($0, doing) } ?? refused(errno)
        }
        var number: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe getsockopt(socket, SOL_SOCKET, SO_ERROR, &number, &size) == 0 else { throw refused(errno) }
        guard number == 0 else { throw refused(number) }
    }

    private func localAddress() throws(LDAPError) -> HostAddress {
        if let local = HostAddress(socket: address.host) { return local }
        throw LDAPError(
            .badAddress, doing: doing, because: "the socket's path is longer than the system allows",
            advice: "Reach it by a symbolic link with a shorter path.")
    }

    private var doing: String { "connecting to \(address)" }

    private func refused(_ number: Int32) -> LDAPError {
        if address.transport == .ldapi {
            return cannotConnect("there is no server at the socket \(address.host): \(unsafe String(cString: strerror(number)))")
        }
        return cannotConnect(
            number == ECONNREFUSED ? "nothing answers on port \(address.port ?? 389) (connection refused)" : Self.words(number))
    }

    private func cannotConnect(_ why: String) -> LDAPError {
        LDAPError(
            .cannotConnect, doing: doing, because: why, advice: "Check host and port, and that the server is up and reachable from here.")
    }

    private static func words(_ number: Int32) -> String { unsafe String(cString: strerror(number)) }

    private static func set(_ socket: Int32, _ level: Int, _ option: Int32) {
        var on: Int32 = 1
        unsafe setsockopt(socket, Int32(level), option, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}
