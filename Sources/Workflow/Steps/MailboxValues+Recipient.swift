internal import MigrationFile
internal import Records

extension MailboxValues {
    /// What a recipient has to be written into rows. Its primary SMTP address is the first that the profile reads.
    init(_ recipient: Recipient) {
        self.init(
            directoryName: recipient.directoryName, alias: recipient.alias, displayName: recipient.displayName,
            mail: recipient.addresses.first { $0.type == "SMTP" }?.value ?? "", dn: recipient.dn)
    }
}
