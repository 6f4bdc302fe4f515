internal import LDAPClient

/// How a directory is read, beside where it is and what its entries mean.
public struct ReadingOptions: Sendable, Equatable {
    /// How many entries are asked for at a time.
    public var pageSize: PageSize
    /// How many connections may read different parts of the directory at the same time; at least 1.
    public var connections: Int
    /// Whether the names of all entries are read a second time, and must be the same: on a connection without protection nothing else would
    /// show an entry that was lost or doubled on the way.
    public var verifies: Bool
    /// Whether deleted entries are asked for, too, where a server shows them only then.
    public var showsDeleted: Bool
    /// Servers to which references are followed (RFC 4511, section 4.5.3).
    public var followedServers: [ReferredServer]

    /// Options; everything at its default.
    public init(
        pageSize: PageSize = .whereOffered(1000), connections: Int = 1, verifies: Bool = false, showsDeleted: Bool = false,
        followedServers: [ReferredServer] = []
    ) {
        self.pageSize = pageSize
        self.connections = max(1, connections)
        self.verifies = verifies
        self.showsDeleted = showsDeleted
        self.followedServers = followedServers
    }
}

/// How many entries are asked for at a time.
public enum PageSize: Sendable, Equatable {
    /// Pages of this size where the server offers paging; everything at once where it does not.
    case whereOffered(Int)
    /// Pages of this size, whatever the server says.
    case always(Int)
    /// Everything at once.
    case never
}

/// A server that references may lead to.
public struct ReferredServer: Sendable, Hashable {
    /// Its name, in lower case.
    public let host: String
    /// Its port.
    public let port: Int

    /// `HOST` (port 389) or `HOST:PORT`, as an LDAP URL writes it; `nil` for anything else.
    public init?(_ text: String) {
        guard let address = try? ServerAddress("ldap://\(text)"), address.transport == .ldap, !text.contains("/") else { return nil }
        self.init(address)
    }

    init(_ address: ServerAddress) {
        host = address.host.lowercased()
        port = address.port ?? 0
    }
}
