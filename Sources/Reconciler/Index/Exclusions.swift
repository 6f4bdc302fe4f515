import Records

/// The entries that the administrator excludes: they are nobody's mailbox, and nobody's namesake. What the importer would do with them is still
/// foretold, since it does not know of this.
struct Exclusions {
    private let dns: [DistinguishedName]

    /// `dns`: each excludes its entry and everything below.
    init(_ dns: [String]) { self.dns = dns.map { DistinguishedName($0) } }

    /// Whether nothing is excluded.
    var isEmpty: Bool { dns.isEmpty }

    /// Whether the recipient is excluded. Without exclusions, nothing is looked at.
    func contains(_ recipient: Recipient) -> Bool {
        if dns.isEmpty { return false }
        let own = DistinguishedName(recipient.dn)
        return dns.contains { own.isWithin($0) }
    }
}
