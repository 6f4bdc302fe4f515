internal import Glibc

/// Where a socket can be connected to.
struct HostAddress: Sendable {
    var family: Int32
    /// A `sockaddr` of that family.
    var octets: [UInt8]
    /// As a person writes it: `192.0.2.7`, `2001:db8::7`.
    var text: String

    /// A host's addresses, in the system's order of preference (RFC 6724). Addresses in numbers are found at once; for a name it takes as
    /// long as the system's resolver takes.
    static func all(of host: String, port: Int, isNumeric: Bool = false) -> Result<[HostAddress], LookupFailure> {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = (isNumeric ? AI_NUMERICHOST : AI_ADDRCONFIG) | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, String(port), &hints, &list)
        defer { if let list = unsafe list { unsafe freeaddrinfo(list) } }
        guard code == 0 else { return unsafe .failure(LookupFailure(words: String(cString: gai_strerror(code)))) }
        var addresses: [HostAddress] = []
        var next = unsafe list
        while let info = unsafe next {
            if let address = unsafe HostAddress(info.pointee) { addresses.append(address) }
            unsafe next = info.pointee.ai_next
        }
        return .success(addresses)
    }

    private init?(_ info: addrinfo) {
        guard let address = unsafe info.ai_addr else { return nil }
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard unsafe getnameinfo(address, info.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else { return nil }
        family = unsafe info.ai_family
        octets = unsafe [UInt8](UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen)))
        text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Where a connected socket leads to; `nil` when it is connected no more.
    init?(peerOf socket: Int32) {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let octets = unsafe withUnsafeMutableBytes(of: &storage) { bytes -> [UInt8]? in
            guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                unsafe getpeername(socket, start, &size) == 0
            else { return nil }
            return unsafe [UInt8](bytes.prefix(Int(size)))
        }
        guard let octets else { return nil }
        family = Int32(storage.ss_family)
        self.octets = octets
        text = "the same address"
    }

    /// A local socket's address; `nil` when the path is longer than the system allows.
    init?(socket path: String) {
        var start = [UInt8](repeating: 0, count: MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2)
        unsafe start.withUnsafeMutableBytes { unsafe $0.storeBytes(of: sa_family_t(AF_UNIX), as: sa_family_t.self) }
        guard path.utf8.count < MemoryLayout<sockaddr_un>.size - start.count else { return nil }
        family = AF_UNIX
        octets = start + Array(path.utf8) + [0]
        text = path
    }
}
