public import Records

/// Where mailboxes come from: a live server or an LDIF export. Both give the same recipients for the same directory.
public protocol DirectorySource: Sendable {
    /// Reads every recipient, and what the directory says of itself, from one server over one connection. Returns only for a read that ran
    /// to its end with success; everything else throws.
    ///
    /// `progress` is called now and then with what has come.
    func describedRead(progress: (ReadProgress) -> Void) throws -> DescribedRead

    /// Reads single entries again, by DN. An entry that is gone, or is no recipient any more, is not in the result. Keys are the DNs given.
    func recipients(at dns: [String]) throws -> [String: Recipient]

    /// Looks for every entry that `name` may mean: by DN, alias, directory name, display name or address; with all user attributes.
    ///
    /// `operational`: with the attributes, too, that the server keeps for itself (RFC 4512, section 3.4). A file shows what it has either way.
    func find(_ name: String, operational: Bool) throws -> RawFinding
}

extension DirectorySource {
    /// Reads every recipient.
    public func read(progress: (ReadProgress) -> Void) throws -> DirectorySnapshot { try describedRead(progress: progress).snapshot }

    /// Every entry that `name` may mean.
    public func rawEntries(named name: String, operational: Bool = false) throws -> [RawEntry] {
        try find(name, operational: operational).entries
    }
}

/// How far a read has come.
public enum ReadProgress: Sendable {
    /// The server was reached, took the login, and says this of itself. Nothing has been read.
    case described(DirectoryDescription)
    /// A read begins; what an earlier one gave counts no more.
    case begins
    /// So many entries have come since then; the recipients that were made of them since the last call, in their order in the snapshot.
    case came(entries: Int, recipients: [Recipient])
}

/// A read, and what the directory that was read says of itself: both of the same server.
public struct DescribedRead: Sendable {
    /// What was read.
    public var snapshot: DirectorySnapshot
    /// What the directory says of itself.
    public var description: DirectoryDescription
}

/// What a directory says of itself.
public struct DirectoryDescription: Sendable, Equatable, Codable {
    /// The server's URI, or `ldif:` and the file's name.
    public var source: String
    /// Product and version, as far as it tells.
    public var product: String
    /// The DNs under which its entries stand.
    public var namingContexts: [String]
    /// The bind name; empty for anonymous.
    public var boundAs: String
    /// As whom the server regards the account (RFC 4532); `nil` when it does not tell.
    public var identity: String?
    /// How the connection is protected.
    public var protection: String
    /// Why the server's certificate is not checked; `nil` where it is, or there is none.
    public var certificateCheckOff: String?
    /// Whether the server offers paged results (RFC 2696).
    public var supportsPaging: Bool
    /// The controls that it offers, by OID.
    public var controls: [String]
}
