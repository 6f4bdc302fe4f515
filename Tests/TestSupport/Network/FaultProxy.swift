import Foundation

/// A wire between a client and a server of a test, on which things go wrong at chosen places.
///
///     let proxy = try FaultProxy(to: slapd.port, scripts: [[Fault(.cut, at: .message(50))]])
///     // the client connects to proxy.port; its first connection is cut before the 50th answer
///
/// One thread serves all connections with `poll`: with a second one in `recv` on a socket, closing it would send nothing.
public final class FaultProxy: Sendable {
    private struct State {
        var connections = 0
        var bytesToClient = 0
        var bytesToServer = 0
        var happened = 0
        var turns: [Turn] = []
        var messages: [Int] = []
        var isStopped = false
    }

    /// A moment at which the client spoke again, after all that the server had said until then.
    public struct Turn: Sendable {
        /// How many bytes had gone to the server before.
        public var toServer: Int
        /// How many bytes had gone to the client before.
        public var toClient: Int
    }

    /// The port to connect to.
    public let port: Int
    private let address: String
    private let state = Monitor(State())
    private let wake: Int32

    /// Starts the proxy.
    ///
    /// - Parameters:
    ///   - target: The server's port.
    ///   - address: The server's address, on which the proxy listens, too: a certificate for it fits both.
    ///   - scripts: The n-th connection meets the faults of the n-th script.
    ///   - otherwise: What the connections after those meet.
    public init(to target: Int, at address: String = "127.0.0.1", scripts: [[Fault]] = [], otherwise: [Fault] = []) throws {
        let (listener, port) = try Loopback.listen(on: address)
        let (woken, wake) = try IO.pipe()
        self.port = port
        self.address = address
        self.wake = wake
        let state = state
        Thread.detachNewThread {
            var loop = Loop(listener: listener, woken: woken, target: (address, target), scripts: scripts, otherwise: otherwise)
            while loop.turn(state) {}
            loop.closeAll()
            state.withLock { $0.isStopped = true }
        }
    }

    deinit {
        stop()
        close(wake)
    }

    /// `ldap://ADDRESS:PORT`.
    public var uri: String { "ldap://\(address):\(port)" }
    /// `ldaps://ADDRESS:PORT`, for a target that speaks TLS.
    public var tlsURI: String { "ldaps://\(address):\(port)" }
    /// How many connections there have been.
    public var connections: Int { state.withLock { $0.connections } }
    /// How many bytes went to clients, over all connections.
    public var bytesToClient: Int { state.withLock { $0.bytesToClient } }
    /// How many bytes went to the server, over all connections.
    public var bytesToServer: Int { state.withLock { $0.bytesToServer } }

    /// When the client of the first connection spoke, from the connection's beginning; the last one is now.
    public var turns: [Turn] { state.withLock { $0.turns + [Turn(toServer: $0.bytesToServer, toClient: $0.bytesToClient)] } }
    /// Where the LDAP messages to the client of the first connection began, and where the last one ended: plain connections only.
    public var messages: [Int] { state.withLock { $0.messages } }

    /// Waits until so many faults have happened; false when they have not within `limit`.
    public func waitForFaults(_ count: Int = 1, within limit: Duration = .seconds(30)) -> Bool {
        state.wait(for: limit) { $0.happened >= count ? true : nil } ?? false
    }

    /// Closes all connections and the port. Safe to repeat.
    public func stop() {
        var byte: UInt8 = 0
        _ = write(wake, &byte, 1)
        _ = state.wait(for: .seconds(10)) { $0.isStopped ? true : nil }
    }

    /// What the proxy's thread works on.
    private struct Loop {
        let listener: Int32
        let woken: Int32
        let target: (host: String, port: Int)
        let scripts: [[Fault]]
        let otherwise: [Fault]
        var open: [(toServer: ProxyStream, toClient: ProxyStream)] = []
        var accepted = 0

        /// Waits for something and does it; false when it was told to stop.
        mutating func turn(_ state: Monitor<State>) -> Bool {
            let ready = poll()
            if ready[woken, default: 0] != 0 { return false }
            if ready[listener, default: 0] != 0, let client = Loopback.accept(listener) { take(client) }
            let now = ContinuousClock.now
            open = open.compactMap { entry in
                var entry = entry
                let before = Turn(toServer: entry.toServer.delivered, toClient: entry.toClient.delivered)
                defer { note(entry, before, state) }
                let verdict = [
                    Self.serve(&entry.toServer, ready, now, state, \.bytesToServer),
                    Self.serve(&entry.toClient, ready, now, state, \.bytesToClient),
                ]
                if verdict.contains(.reset) {
                    Self.close(entry.toServer, byReset: true)
                } else if verdict.contains(.cut) || (entry.toServer.isFinished && entry.toClient.isFinished) {
                    Self.close(entry.toServer, byReset: false)
                } else {
                    return entry
                }
                return nil
            }
            state.withLock { $0.connections = accepted }
            return true
        }

        /// Keeps the times at which the first client speaks.
        private func note(_ entry: (toServer: ProxyStream, toClient: ProxyStream), _ before: Turn, _ state: Monitor<State>) {
            guard entry.toServer.number == 1 else { return }
            state.withLock {
                $0.messages = entry.toClient.messages
                if entry.toServer.delivered > before.toServer, $0.turns.last.map({ $0.toClient < before.toClient }) ?? true {
                    $0.turns.append(before)
                }
            }
        }

        /// Descriptors with something to do, and what.
        private func poll() -> [Int32: Int16] {
            var wanted: [Int32: Int16] = [listener: Int16(POLLIN), woken: Int16(POLLIN)]
            var timeout = Int32(-1)
            for stream in open.flatMap({ [$0.toServer, $0.toClient] }) {
                if stream.wantsToRead { wanted[stream.source, default: 0] |= Int16(POLLIN) }
                if stream.wantsToWrite { wanted[stream.target, default: 0] |= Int16(POLLOUT) }
                if let until = stream.heldUpUntil {
                    let left = Int32(max(0, (until - .now).seconds * 1000).rounded(.up))
                    timeout = timeout < 0 ? left : min(timeout, left)
                }
            }
            var files = wanted.map { pollfd(fd: $0.key, events: $0.value, revents: 0) }
            _ = Foundation.poll(&files, nfds_t(files.count), timeout)
            return Dictionary(uniqueKeysWithValues: files.map { ($0.fd, $0.revents) })
        }

        private mutating func take(_ client: Int32) {
            let faults = accepted < scripts.count ? scripts[accepted] : otherwise
            accepted += 1
            guard let server = try? Loopback.connect(port: target.port, host: target.host) else {
                // As a dead server behind a load balancer: the connection ends at once.
                Foundation.close(client)
                return
            }
            for file in [client, server] { _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_NONBLOCK) }
            open.append(
                (
                    ProxyStream(accepted, from: client, to: server, faults: faults.filter { $0.side == .toServer }),
                    ProxyStream(accepted, from: server, to: client, faults: faults.filter { $0.side == .toClient })
                ))
        }

        private static func serve(
            _ stream: inout ProxyStream, _ ready: [Int32: Int16], _ now: ContinuousClock.Instant, _ state: Monitor<State>,
            _ counter: WritableKeyPath<State, Int>
        ) -> ProxyStream.Verdict {
            let before = (stream.delivered, stream.happened)
            if stream.wantsToRead, ready[stream.source, default: 0] & ~Int16(POLLOUT) != 0 { stream.read() }
            let verdict = stream.move(now: now)
            let after = (stream.delivered, stream.happened)
            if before != after {
                state.withLock {
                    $0[keyPath: counter] += after.0 - before.0
                    $0.happened += after.1 - before.1
                }
            }
            return verdict
        }

        private static func close(_ stream: ProxyStream, byReset: Bool) {
            for file in [stream.source, stream.target] {
                if byReset {
                    var now = linger(l_onoff: 1, l_linger: 0)
                    setsockopt(file, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
                } else {
                    // Bytes that nobody has read would turn the close into a reset; a server may send without end, though.
                    shutdown(file, Int32(SHUT_WR))
                    for _ in 1...64 where IO.read(file)?.isEmpty ?? true { break }
                }
                Foundation.close(file)
            }
        }

        mutating func closeAll() {
            for entry in open { Self.close(entry.toServer, byReset: false) }
            open = []
            Foundation.close(listener)
            Foundation.close(woken)
        }
    }
}
