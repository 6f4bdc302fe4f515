internal import MigrationFile
internal import Records

extension MailboxValues {
    /// What a recipient has that a kind of file writes into rows, and no more: each text is made anew, for every row. Its primary SMTP address is the
    /// first that the profile reads.
    init(_ recipient: Recipient, for kind: ListKind) {
        self.init(directoryName: "")
        for write in kind.writes {
            switch write.source {
            case .directoryName: directoryName = recipient.directoryName
            case .alias: alias = recipient.alias
            case .displayName: displayName = recipient.displayName
            case .mail: mail = recipient.addresses.first { $0.type == "SMTP" }?.value ?? ""
            case .dn: dn = recipient.dn
            case .mode, .modify: break
            }
        }
    }
}
