internal import LDAPClient
public import Records

/// A snapshot with what it takes to bring it up to date by reading only what changed.
public struct TrackedSnapshot: Sendable {
    /// What was read, and what that proves.
    public var snapshot: DirectorySnapshot
    /// When everything was read last, RFC 3339 in UTC.
    public var fullReadAt: String
    /// When the last read began, RFC 3339 in UTC.
    public var readAt: String
    var table: EntryTable
    var cookie: ChangeCookie
    /// The base that was read.
    var base: String { snapshot.proof.base }
}

/// A read that begins with what is known already.
public struct TrackedRead: Sendable {
    /// What is in the directory now.
    public var snapshot: DirectorySnapshot
    /// What the directory says of itself, of the same server; `nil` where nobody asked.
    public var description: DirectoryDescription?
    /// What to keep for the next read; `nil` when the directory does not allow for one that reads only what changed.
    public var kept: TrackedSnapshot?
    /// Whether what is kept is just what was kept before.
    public var isUnchanged = false
    /// Why nothing is kept, in words; empty when something is.
    public var whyNotKept = ""

    /// A read that is not to be gone on from.
    public init(snapshot: DirectorySnapshot, description: DirectoryDescription? = nil) {
        self.snapshot = snapshot
        self.description = description
    }
}
