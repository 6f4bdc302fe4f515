internal import CResolver
internal import Glibc
internal import Synchronization

/// The directory servers of a domain, as its name servers list them: service records (RFC 2782) of `_ldap._tcp`, which Active Directory and
/// others keep.
///
/// What name servers say is not proven by anything. With TLS the server must show a certificate for the name that they gave.
public struct ServiceDomain: Sendable, Hashable {
    /// The domain, or a whole name that begins with an underscore (`_ldap._tcp.dc._msdcs.ad.example`, `_ldaps._tcp.example.org`).
    public let name: String
    /// The name server to ask, an IPv4 address with or without a port; `nil` asks those of the machine.
    public let nameServer: String?

    /// A domain's name, with or without a final dot. Throws `.badAddress` for what cannot be one, or a name server's address.
    public init(_ text: String, nameServer: String? = nil) throws(LDAPError) {
        func refuse(_ why: String) -> LDAPError {
            LDAPError(
                .badAddress, doing: "reading the domain '\(text)'", because: why, advice: "Give srv:DOMAIN, such as srv:ad.example.org.")
        }
        // As zone files and dig write it: nothing is to be put behind it.
        let name = text.hasSuffix(".") ? String(text.dropLast()) : text
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard !name.isEmpty, name.utf8.count <= 253,
            labels.allSatisfy({ (1...63).contains($0.utf8.count) && $0.utf8.allSatisfy(\.isInLabel) })
        else { throw refuse("it is not a domain's name") }
        if let nameServer, Self.address(of: nameServer) == nil {
            throw refuse("the name server '\(nameServer)' is not an IPv4 address with or without a port")
        }
        self.name = name
        self.nameServer = nameServer
    }

    /// The name that is looked up.
    public var serviceName: String { name.hasPrefix("_") ? name : "_ldap._tcp." + name }

    /// The servers, in the order in which to try them: by priority, and within one at random by weight. Never empty.
    ///
    /// Throws `.cannotConnect` when there are none or the name servers do not say, `.timedOut` or `.interrupted`.
    public func servers(limits: TimeLimits, isCancelled: @escaping @Sendable () -> Bool) throws(LDAPError) -> [ServerAddress] {
        let doing = "looking up the servers of \(serviceName)"
        let lookup = BackgroundLookup<[Record]>()
        let (name, server) = (serviceName, nameServer.flatMap(Self.address(of:)))
        let seconds = max(1, Int(limits.connect.components.seconds) / 4)
        lookup.begin { Self.lookUp(name, server, seconds: seconds) }
        let found: [Record]
        switch try lookup.wait(limits.connect, isCancelled: isCancelled, doing: doing) {
        case .success(let records): found = records
        case .failure(let why): throw LDAPError(.cannotConnect, doing: doing, because: why.words, advice: Self.advice)
        }
        var generator = SystemRandomNumberGenerator()
        // A target of "." says that there is no such service here.
        let targets = Self.ordered(found.filter { !$0.target.isEmpty && $0.target != "." }, &generator)
        guard !targets.isEmpty else {
            throw LDAPError(.cannotConnect, doing: doing, because: "the domain has no such servers", advice: Self.advice)
        }
        var servers: [ServerAddress] = []
        let scheme = serviceName.lowercased().hasPrefix("_ldaps.") ? "ldaps" : "ldap"
        for target in targets { servers.append(try ServerAddress("\(scheme)://\(target.target):\(target.port)")) }
        return servers
    }

    private static let advice =
        "Check the domain's name and the name servers (--name-server names another), or name the servers with --directory."

    struct Record: Sendable, Equatable {
        var priority, weight, port: Int
        var target: String
    }

    /// RFC 2782's order: lower priority first; within one, each next server is drawn with a chance by its weight.
    static func ordered(_ records: [Record], _ generator: inout some RandomNumberGenerator) -> [Record] {
        var result: [Record] = []
        for (_, group) in Dictionary(grouping: records, by: \.priority).sorted(by: { $0.key < $1.key }) {
            // Those of weight 0 first, so that they keep a small chance beside the others.
            var left = group.sorted { ($0.weight == 0 ? 0 : 1, $0.target, $0.port) < ($1.weight == 0 ? 0 : 1, $1.target, $1.port) }
            while !left.isEmpty {
                var drawn = Int.random(in: 0...left.reduce(0) { $0 + $1.weight }, using: &generator)
                let index = left.firstIndex { record in
                    drawn -= record.weight
                    return drawn <= 0
                }
                result.append(left.remove(at: index ?? left.count - 1))
            }
        }
        return result
    }

    private static func address(of text: String) -> (host: String, port: UInt16)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var number = in_addr()
        guard parts.count <= 2, let host = parts.first.map(String.init), unsafe inet_pton(AF_INET, host, &number) == 1 else { return nil }
        guard parts.count == 2 else { return (host, 53) }
        return UInt16(parts[1]).flatMap { $0 > 0 ? (host, $0) : nil }
    }

    private static func lookUp(_ name: String, _ server: (host: String, port: UInt16)?, seconds: Int) -> Result<[Record], LookupFailure> {
        let most = 64
        let records = UnsafeMutableBufferPointer<cresolver_record>.allocate(capacity: most)
        unsafe records.initialize(repeating: cresolver_record())
        defer { unsafe records.deallocate() }
        let count = unsafe cresolver_services(
            name, server?.host, server?.port ?? 53, Int32(clamping: seconds), records.baseAddress, Int32(most))
        guard count >= 0 else {
            switch -count {
            case HOST_NOT_FOUND: return .failure(LookupFailure(words: "the name servers do not know that name"))
            case NO_DATA: return .failure(LookupFailure(words: "the name servers know no such service for it"))
            case TRY_AGAIN: return .failure(LookupFailure(words: "the name servers do not answer"))
            default: return .failure(LookupFailure(words: "the name servers' answer cannot be read"))
            }
        }
        return .success(
            unsafe records[..<Int(count)].map { record in
                Record(
                    priority: Int(record.priority), weight: Int(record.weight), port: Int(record.port),
                    target: unsafe withUnsafeBytes(of: record.target) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
            })
    }
}

extension ServiceDomain: CustomStringConvertible {
    /// As it is written in the settings.
    public var description: String { "srv:\(name)" }
}

extension UInt8 {
    fileprivate var isInLabel: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
