/// The recipients of one directory at one time. Exists only for a read that ran to its end with success.
public struct DirectorySnapshot: Sendable {
    /// Every recipient below the base, in the order in which the directory gave them.
    public let recipients: [Recipient]
    /// What was read, from whom, as whom, with which result.
    public var proof: ReadProof

    /// A snapshot of a read that `proof` shows to be complete.
    public init(recipients: [Recipient], proof: ReadProof) {
        self.recipients = recipients
        self.proof = proof
    }
}

/// What was read, from whom, as whom, and what the read cannot prove.
public struct ReadProof: Sendable, Equatable, Codable {
    /// The server's URI, or `ldif:` and the file's name.
    public var source: String
    /// Product and version as far as the server tells; empty when it does not.
    public var product: String
    /// The bind name; empty for anonymous.
    public var boundAs: String
    /// As whom the server regards the account (RFC 4532): `dn:cn=…`, `u:…`, empty for nobody; `nil` when it does not tell.
    public var identity: String?
    /// How the connection is protected: `TLS1.3`, `plain text, integrity not protected`, `local socket`, `file`.
    public var protection: String
    /// Why the server's certificate was not checked; `nil` where it was, or there is none.
    public var certificateCheckOff: String?
    /// The search base.
    public var base: String
    /// The search filter (RFC 4515).
    public var filter: String
    /// Which profile translated the entries.
    public var profile: String
    /// Why that profile.
    public var profileEvidence: String
    /// Entries in a page; `nil` when the search was not paged.
    public var pageSize: Int?
    /// Why there were no pages although they were asked for; `nil` where there were some, or none were asked for.
    public var unpaged: Unpaged?
    /// How many pages came.
    public var pages: Int
    /// How many entries the fullest page had.
    public var fullestPage: Int
    /// How many pages had fewer entries than they were asked for, although others followed: the server's own limit.
    public var shortPages: Int
    /// How many searches the directory was read in, each a part of it.
    public var parts: Int
    /// How many entries there are, recipients or not, each once however often it came.
    public var entries: Int
    /// How many recipients of each kind were made of them, tombstones apart.
    public var recipients: [RecipientKind: Int]
    /// How many of them are tombstones: deleted, but still shown. `nil` where nobody says.
    public var deleted: Int?
    /// How many connections read at the same time.
    public var connections: Int
    /// References (RFC 4511, section 4.5.3) that were not followed.
    public var references: [String]
    /// References that were followed; what they led to is in the snapshot.
    public var followedReferences: [String]
    /// How many entries changed while the directory was read, and were read again.
    public var changedEntries: Int
    /// Whether the names of all entries were read twice, and were the same.
    public var isVerified: Bool
    /// Attributes that the profile reads and no mailbox showed, in the order of their names: not there, or not for this account.
    public var unseenAttributes: [String]
    /// Reasons, in words, why "no such mailbox" cannot be said although the read ran to its end. Empty: it can be said.
    public var gaps: [String]
    /// Remarks on single entries that could not be used, with their DN.
    public var remarks: [String]
    /// The result code with which the server ended the read (RFC 4511, section 4.1.9): 0, since with any other there is no snapshot. `nil` for
    /// a file, and where nobody says.
    public var resultCode: Int?
    /// The recipients by container, tombstones apart; `nil` where nobody counted.
    public var containers: [DirectorySurvey.Count]?
    /// The mailboxes that were told to be there, and what came of them; `nil` where none was told.
    public var canaries: [Canary]?
    /// How many mailboxes were expected, and came; `nil` where no number was told.
    public var expectation: Expectation?
    /// How the read went on from an earlier one; `nil` when everything was read.
    public var changes: Changes?
    /// Why everything was read where an earlier read could have been gone on from, in words; `nil` where nobody asked for that.
    public var fullReadReason: String?

    /// Why a read was not paged although it was to be.
    public enum Unpaged: String, Sendable, Codable {
        /// The server refuses pages, to this account at least; it was then asked for everything at once.
        case refused
        /// The server says that it pages, passed over the wish, and sent everything at once.
        case ignored
    }

    /// A mailbox that is known to be there.
    public struct Canary: Sendable, Equatable, Codable {
        /// What it was told to be: DN, alias, Directory Name or address.
        public var name: String
        /// The DN of the mailbox that came; `nil` when none did.
        public var dn: String?

        /// A canary from its parts.
        public init(name: String, dn: String?) {
            self.name = name
            self.dn = dn
        }
    }

    /// How many mailboxes there were to be, beside how many there are.
    public struct Expectation: Sendable, Equatable, Codable {
        /// How many there were the last time, as told.
        public var mailboxes: Int
        /// How many there are.
        public var found: Int
        /// How many more that is; below zero for fewer.
        public var difference: Int
        /// How much fewer there may be, in per cent of those expected.
        public var largestShrink: Double

        /// A comparison.
        public init(mailboxes: Int, found: Int, largestShrink: Double) {
            self.mailboxes = mailboxes
            self.found = found
            difference = found - mailboxes
            self.largestShrink = largestShrink
        }

        /// How much fewer there are, in per cent of those expected; 0 when there are not.
        public var shrink: Double { Double(max(0, -difference)) / Double(mailboxes) * 100 }
        /// Whether that is more than allowed.
        public var isMissed: Bool { Double(found) < Double(mailboxes) * (1 - largestShrink / 100) }
    }

    /// A read of nothing but what changed since an earlier one. Everything else of the proof is what a read of everything would give, but
    /// for pages, parts and connections.
    public struct Changes: Sendable, Equatable, Codable {
        /// When the read began that this one goes on from, RFC 3339 in UTC.
        public var since: String
        /// When everything was read last.
        public var fullReadAt: String
        /// How the server told what changed, in words.
        public var method: String
        /// How many entries were new.
        public var added: Int
        /// How many entries had changed.
        public var changed: Int
        /// How many entries were gone, or fitted the filter no more.
        public var removed: Int

        /// A read from its parts.
        public init(since: String, fullReadAt: String, method: String, added: Int, changed: Int, removed: Int) {
            self.since = since
            self.fullReadAt = fullReadAt
            self.method = method
            self.added = added
            self.changed = changed
            self.removed = removed
        }
    }

    /// A proof from its parts.
    public init(
        source: String, product: String = "", boundAs: String = "", identity: String? = nil, protection: String, base: String,
        filter: String, profile: String,
        profileEvidence: String = "", pageSize: Int? = nil, unpaged: Unpaged? = nil, pages: Int = 1, fullestPage: Int = 0,
        shortPages: Int = 0, parts: Int = 1,
        entries: Int = 0, recipients: [RecipientKind: Int] = [:],
        connections: Int = 1, references: [String] = [], followedReferences: [String] = [], changedEntries: Int = 0,
        isVerified: Bool = false, unseenAttributes: [String] = [], gaps: [String] = [], remarks: [String] = []
    ) {
        self.source = source
        self.product = product
        self.boundAs = boundAs
        self.identity = identity
        self.protection = protection
        self.base = base
        self.filter = filter
        self.profile = profile
        self.profileEvidence = profileEvidence
        self.pageSize = pageSize
        self.unpaged = unpaged
        self.pages = pages
        self.fullestPage = fullestPage
        self.shortPages = shortPages
        self.parts = parts
        self.entries = entries
        self.recipients = recipients
        self.connections = connections
        self.references = references
        self.followedReferences = followedReferences
        self.changedEntries = changedEntries
        self.isVerified = isVerified
        self.unseenAttributes = unseenAttributes
        self.gaps = gaps
        self.remarks = remarks
    }

    /// Whether "no such mailbox" may be said.
    public var provesAbsence: Bool { gaps.isEmpty }
}
