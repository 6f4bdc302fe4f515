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
