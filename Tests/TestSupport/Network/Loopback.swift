import Glibc

/// Sockets on 127.0.0.1 and in folders.
enum Loopback {
    /// Ports given out by this process, so that two servers that start at the same time do not get the same one.
    private static let given = Monitor<Set<Int>>([])

    /// A port that nobody listens on right now.
    static func freePort() throws -> Int {
        for _ in 1...100 {
            let (file, port) = try listen()
            close(file)
            if given.withLock({ $0.insert(port).inserted }) { return port }
        }
        throw TestSupportError("no free port on 127.0.0.1")
    }

    /// A socket that listens on a free port of 127.0.0.1, or another local address.
    static func listen(on host: String = "127.0.0.1", backlog: Int32 = 64) throws -> (file: Int32, port: Int) {
        let file = try socket(AF_INET)
        var address = internet(port: 0, host: host)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(file, $0, length) != 0 || Glibc.listen(file, backlog) != 0 || getsockname(file, $0, &length) != 0
            }
        }
        guard !failed else {
            let code = errno
            close(file)
            throw TestSupportError("cannot listen on \(host)", errno: code)
        }
        return (file, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A socket for datagrams on a free port of 127.0.0.1.
    static func datagrams() throws -> (file: Int32, port: Int) {
        let file = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = internet(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(file, $0, length) != 0 || getsockname(file, $0, &length) != 0 }
        }
        guard file >= 0, !failed else { throw TestSupportError("cannot take datagrams on 127.0.0.1", errno: errno) }
        return (file, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// Sends a datagram of one byte to a port of 127.0.0.1.
    static func sendDatagram(to port: Int) {
        let file = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(file) }
        var address = internet(port: port)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(file, [UInt8(0)], 1, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// The `errno` of a system call.
    struct Refusal: Error { let code: Int32 }

    /// A socket bound to a port of a local address, for streams or for datagrams.
    static func bound(to host: String, port: Int, isStream: Bool) -> Result<Int32, Refusal> {
        let type = Int32(isStream ? SOCK_STREAM.rawValue : SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let file = Glibc.socket(AF_INET, type, 0)
        guard file >= 0 else { return .failure(Refusal(code: errno)) }
        // What an ended server leaves behind for a minute (TIME_WAIT) is in nobody's way.
        var yes: Int32 = 1
        if isStream { setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size)) }
        var address = internet(port: port, host: host)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard code != 0 else { return .success(file) }
        let refusal = Refusal(code: errno)
        close(file)
        return .failure(refusal)
    }

    /// A connection to a port of a local address.
    static func connect(port: Int, host: String = "127.0.0.1") throws -> Int32 {
        let file = try socket(AF_INET)
        var address = internet(port: port, host: host)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else {
            let code = errno
            close(file)
            throw TestSupportError("cannot connect to \(host):\(port)", errno: code)
        }
        return file
    }

    /// The next connection to a listening socket; `nil` when it has been shut down.
    static func accept(_ listener: Int32) -> Int32? {
        while true {
            let file = Glibc.accept(listener, nil, nil)
            if file >= 0 {
                setUp(file)
                return file
            }
            if errno != EINTR && errno != ECONNABORTED { return nil }
        }
    }

    /// Whether somebody listens on a socket in a folder.
    static func isAnswering(socket path: String) -> Bool {
        guard let file = try? socket(AF_UNIX) else { return false }
        defer { close(file) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(file, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    private static func socket(_ family: Int32) throws -> Int32 {
        let file = Glibc.socket(family, Int32(SOCK_STREAM.rawValue), 0)
        guard file >= 0 else { throw TestSupportError("cannot make a socket", errno: errno) }
        setUp(file)
        return file
    }

    private static func setUp(_ file: Int32) {
        IO.ignoreBrokenPipes
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        var yes: Int32 = 1
        // Fails on a local socket, where there is nothing to delay.
        setsockopt(file, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func internet(port: Int, host: String = "127.0.0.1") -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr(host)
        return address
    }
}
