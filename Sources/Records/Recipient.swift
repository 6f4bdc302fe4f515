/// What a directory entry is to the mail system. Exchange calls all of these recipients.
public enum RecipientKind: String, Sendable, Codable, CaseIterable {
    /// A mailbox: the only kind that a row may be pointed at.
    case mailbox
    /// A custom recipient (Exchange 5.5) or contact: an address elsewhere.
    case customRecipient
    /// A distribution list or mail-enabled group.
    case distributionList
    /// A public folder.
    case publicFolder
    /// A user account without a mailbox (Active Directory).
    case account
}

/// Dictionaries by kind are written with the kinds' names as keys.
extension RecipientKind: CodingKeyRepresentable {}

/// One recipient of the directory, as raw mode would show it: what the reconciler knows of an entry.
///
/// Text that the entry does not have is the empty string; no directory tells an absent value from an empty one.
public struct Recipient: Sendable, Equatable, Codable {
    /// The distinguished name as the server spells it (RFC 4514).
    public var dn: String
    /// What the entry is to the mail system.
    public var kind: RecipientKind
    /// The Directory Name: what goes into the Common-Name column. Never changes once the mailbox exists.
    public var directoryName: String
    /// The alias (Mail-nickname), which may be changed at any time.
    public var alias: String
    /// The name in the address book.
    public var displayName: String
    /// First name; Exchange 5.5 keeps 16 characters.
    public var givenName: String
    /// Last name; Exchange 5.5 keeps 40 characters.
    public var surname: String
    /// Middle initials, without dots as a rule.
    public var initials: String
    /// Every address, in the directory's order. Types are upper case: `SMTP`, `X400`, `MS`, `MIGRATE` …
    public var addresses: [MailAddress]
    /// The name of the server that holds the mailbox.
    public var homeServer: String
    /// The value of the configured unique key (employee number).
    public var key: String
    /// The entry's immutable id: `entryUUID` or `objectGUID` as text.
    public var id: String
    /// Hidden from the address book.
    public var isHidden: Bool
    /// A tombstone: deleted, but still shown to administrators.
    public var isDeleted: Bool

    /// A recipient from its parts.
    public init(
        dn: String, kind: RecipientKind, directoryName: String = "", alias: String = "", displayName: String = "", givenName: String = "",
        surname: String = "", initials: String = "", addresses: [MailAddress] = [], homeServer: String = "", key: String = "",
        id: String = "", isHidden: Bool = false, isDeleted: Bool = false
    ) {
        self.dn = dn
        self.kind = kind
        self.directoryName = directoryName
        self.alias = alias
        self.displayName = displayName
        self.givenName = givenName
        self.surname = surname
        self.initials = initials
        self.addresses = addresses
        self.homeServer = homeServer
        self.key = key
        self.id = id
        self.isHidden = isHidden
        self.isDeleted = isDeleted
    }
}
