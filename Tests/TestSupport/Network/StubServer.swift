import Foundation

/// An LDAP server that answers what a test tells it to: for what no real server can be brought to do.
///
///     let server = try StubServer { request in
///         request.search == nil ? [.bind(code: 0)] : [.entry(entry), .message(tag: 0x7e, content: [])]
///     }
public final class StubServer: Sendable {
    private struct State {
        var requests: [StubRequest] = []
        var connections = 0
        var sockets: Set<Int32> = []
        var isStopped = false
    }

    /// The port on 127.0.0.1.
    public let port: Int
    private let listener: Int32
    private let state = Monitor(State())

    /// Starts the server. `answer` is called for each request, on the connection's own thread.
    public init(_ answer: @escaping @Sendable (StubRequest) -> [StubReply]) throws {
        (listener, port) = try Loopback.listen()
        Thread.detachNewThread { [state, listener] in
            while let file = Loopback.accept(listener) {
                guard let number = Self.enter(file, state) else { break }
                Thread.detachNewThread { Self.serve(file, number, state, answer) }
            }
            close(listener)
        }
    }

    /// A server that accepts connections, reads, and never answers.
    public static func silent() throws -> StubServer {
        try StubServer { _ in [] }
    }

    deinit {
        stop()
    }

    /// `ldap://127.0.0.1:PORT`.
    public var uri: String { "ldap://127.0.0.1:\(port)" }
    /// `ldaps://127.0.0.1:PORT`: nobody here speaks TLS.
    public var tlsURI: String { "ldaps://127.0.0.1:\(port)" }
    /// All requests so far, in the order in which they came.
    public var requests: [StubRequest] { state.withLock { $0.requests } }
    /// How many connections there have been.
    public var connections: Int { state.withLock { $0.connections } }

    /// Waits until so many requests have come; false when they have not within `limit`.
    public func waitForRequests(_ count: Int, within limit: Duration = .seconds(30)) -> Bool {
        state.wait(for: limit) { $0.requests.count >= count ? true : nil } ?? false
    }

    /// Closes all connections and the port. Safe to repeat.
    public func stop() {
        state.withLock { state in
            if !state.isStopped { shutdown(listener, Int32(SHUT_RDWR)) }
            state.isStopped = true
            // Wakes the threads that read; each closes its own.
            for file in state.sockets { shutdown(file, Int32(SHUT_RDWR)) }
        }
        _ = state.wait(for: .seconds(10)) { $0.sockets.isEmpty ? true : nil }
    }

    /// Notes a new connection and gives its number; closes it when the server is stopping.
    private static func enter(_ file: Int32, _ state: Monitor<State>) -> Int? {
        state.withLock { state in
            if state.isStopped {
                close(file)
                return nil
            }
            state.connections += 1
            state.sockets.insert(file)
            return state.connections
        }
    }

    private static func serve(
        _ file: Int32, _ number: Int, _ state: Monitor<State>, _ answer: @Sendable (StubRequest) -> [StubReply]
    ) {
        var bytes: [UInt8] = []
        reading: while let more = IO.read(file), !more.isEmpty {
            bytes += more
            var reader = BERReader(bytes)
            var used = 0
            while let (_, content) = reader.next() {
                used = bytes.count - reader.count
                // What is not LDAP, such as the beginning of TLS, gets no answer, and the connection stays.
                guard let request = StubRequest(content, connection: number) else { continue }
                state.withLock { $0.requests.append(request) }
                guard send(answer(request), to: request.messageID, on: file, state) else { break reading }
            }
            bytes.removeFirst(used)
        }
        state.withLock {
            $0.sockets.remove(file)
            close(file)
        }
    }

    /// Sends replies; false when the connection is to end.
    private static func send(_ replies: [StubReply], to messageID: Int, on file: Int32, _ state: Monitor<State>) -> Bool {
        for reply in replies {
            switch reply {
            case .wait(let time): _ = state.wait(for: time) { $0.isStopped ? true : nil }
            case .close: return false
            case .bind, .entry, .reference, .done, .extended, .message, .controlled, .bytes:
                guard let bytes = reply.encoded(messageID: messageID), IO.writeAll(bytes, to: file) else { return false }
            }
        }
        return true
    }
}
