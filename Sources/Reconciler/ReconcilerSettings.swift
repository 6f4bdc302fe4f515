public import Records

/// What the administrator knows and the files do not say.
public struct ReconcilerSettings: Sendable, Equatable {
    /// What the files of the run are called, by `MigrationRow.file`: with several, a row that is named beside another one is named with its file.
    public var fileNames: [String]
    /// The postoffice of each file of the run, by `MigrationRow.file`, for rows without an address of their own. Shorter than the
    /// number of files: the rest is unknown.
    public var postoffices: [Postoffice?]
    /// Pairs that the administrator gave, in the order of their file.
    public var map: [MappedPair]
    /// The DN of the container that the run imports into; `nil` when mailboxes anywhere are right.
    public var container: String?
    /// The server that the run imports to; `nil` when any is right. Compares without case.
    public var homeServer: String?
    /// Whether `MigrationRow.key` and `Recipient.key` hold a key that is unique on both sides, such as an employee number.
    public var usesUniqueKey: Bool
    /// How likely a decision by names may be wrong, from 0 to 1: a row whose chance is higher is put to a person. Eight times as likely on two
    /// independent pieces, or where home container and department both agree and no other entry has a word of the name. With 0 no names decide. Rows that an address, a key or the map
    /// identifies are not weighed.
    public var maxError: Double
    /// What is known of the site.
    public var site: SiteKnowledge
    /// Which importer reads the file.
    public var target: ImportTarget
    /// Mailbox names that are never migrated. Schedule+'s ADMINSCH is not a person (Exchange 5.5 "Migration", MIG55-xmg04022).
    public var skippedNames: Set<String>

    /// How much likelier a decision may be wrong on two independent pieces, or on a rare name in its place.
    static let moreEvidence = 8.0
    /// One in two thousand (docs/decisions/2026-11-27-decisions-by-names-are-weighed.md).
    public static let defaultMaxError = 0.0005

    /// Settings from their parts.
    public init(
        fileNames: [String] = [], postoffices: [Postoffice?] = [], map: [MappedPair] = [], container: String? = nil,
        homeServer: String? = nil, usesUniqueKey: Bool = false, maxError: Double = Self.defaultMaxError,
        site: SiteKnowledge = SiteKnowledge(),
        target: ImportTarget = .exchange55,
        skippedNames: Set<String> = ["ADMINSCH"]
    ) {
        self.fileNames = fileNames
        self.postoffices = postoffices
        self.map = map
        self.container = container
        self.homeServer = homeServer
        self.usesUniqueKey = usesUniqueKey
        self.maxError = maxError
        self.site = site
        self.target = target
        self.skippedNames = skippedNames
    }
}

extension ReconcilerSettings {
    /// The postoffice that was given for a file.
    func postoffice(ofFile file: Int) -> Postoffice? { postoffices.indices.contains(file) ? postoffices[file] : nil }
}

/// One line of the administrator's map: this MS Mail mailbox is that recipient.
public struct MappedPair: Sendable, Hashable {
    /// The MS Mail mailbox name; compares without case.
    public var mailboxName: String
    /// The postoffice, where the mailbox name alone does not tell; `nil` means every postoffice.
    public var postoffice: Postoffice?
    /// The recipient by DN, alias, Directory Name, display name or address (`TYPE:value` or plain SMTP); compares without case.
    public var recipient: String
    /// The line of the map file, from 1.
    public var line: Int

    /// A pair from its parts.
    public init(mailboxName: String, postoffice: Postoffice? = nil, recipient: String, line: Int) {
        self.mailboxName = mailboxName
        self.postoffice = postoffice
        self.recipient = recipient
        self.line = line
    }
}
