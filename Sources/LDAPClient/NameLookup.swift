internal import Glibc
internal import Synchronization

/// A host's addresses, looked up on a thread of its own: getaddrinfo(3) knows neither a time limit nor an interruption.
///
/// A look-up that nobody waits for any more goes on until the system's resolver gives up, and is then forgotten.
final class NameLookup: Sendable {
    /// Where a socket can be connected to.
    struct Address: Sendable {
        var family: Int32
        /// A `sockaddr` of that family.
        var octets: [UInt8]
        /// As a person writes it: `192.0.2.7`, `2001:db8::7`.
        var text: String
    }

    /// What came of it.
    enum Outcome: Sendable {
        case found([Address])
        /// getaddrinfo(3)'s word for it.
        case failed(String)
    }

    private let host: String
    private let port: Int
    private let outcome = Mutex<Outcome?>(nil)
    /// A socket that is readable when it is done.
    let signal: Int32
    private let signalEnd: Int32

    private init(host: String, port: Int) {
        self.host = host
        self.port = port
        var ends: [Int32] = [-1, -1]
        _ = unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends)
        (signal, signalEnd) = (ends[0], ends[1])
    }

    deinit {
        close(signal)
        close(signalEnd)
    }

    /// What was found; `nil` while it is under way.
    var result: Outcome? { outcome.withLock { $0 } }

    /// Begins a look-up. Addresses in numbers are found at once.
    static func begin(host: String, port: Int) -> NameLookup {
        let lookup = NameLookup(host: host, port: port)
        if case .found(let addresses) = resolve(host, port, flags: AI_NUMERICHOST) {
            lookup.outcome.withLock { $0 = .found(addresses) }
            return lookup
        }
        var thread = pthread_t()
        let own = unsafe Unmanaged.passRetained(lookup)
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<NameLookup>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, own.toOpaque())
        if code == 0 {
            pthread_detach(thread)
        } else {
            unsafe own.release()
            lookup.outcome.withLock { $0 = .failed("no thread could be started to look it up: \(unsafe String(cString: strerror(code)))") }
        }
        return lookup
    }

    private func run() {
        let found = Self.resolve(host, port, flags: AI_ADDRCONFIG)
        outcome.withLock { $0 = found }
        var done: UInt8 = 1
        _ = unsafe write(signalEnd, &done, 1)
    }

    private static func resolve(_ host: String, _ port: Int, flags: Int32) -> Outcome {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = flags | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, String(port), &hints, &list)
        defer { if let list = unsafe list { unsafe freeaddrinfo(list) } }
        guard code == 0 else { return unsafe .failed(String(cString: gai_strerror(code))) }
        var addresses: [Address] = []
        var next = unsafe list
        while let info = unsafe next {
            if let address = unsafe Address(info.pointee) { addresses.append(address) }
            unsafe next = info.pointee.ai_next
        }
        return .found(addresses)
    }
}

extension NameLookup.Address {
    fileprivate init?(_ info: addrinfo) {
        guard let address = unsafe info.ai_addr else { return nil }
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard unsafe getnameinfo(address, info.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else { return nil }
        family = unsafe info.ai_family
        octets = unsafe [UInt8](UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen)))
        text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
