import Records

/// The recipients by everything that a row can be looked up by. Tombstones are in none of it.
struct DirectoryIndex {
    /// By whole MS Mail address, from `MS` and `MIGRATE` addresses.
    let byAddress: Postings
    /// By the mailbox name alone of an old MS Mail address.
    let byFormerName: Postings
    /// By whole name, words in any order.
    let byName: Postings
    /// By alias and by Directory Name.
    let byShortName: Postings
    /// By a word of the name with the first letter of another one.
    let byNearName: Postings
    /// By unique key.
    let byKey: Postings
    /// Which postoffices in MS addresses are Exchange's own.
    let ownPostoffices: OwnPostoffices
    /// Whether each recipient has an MS address in a postoffice that Exchange did not make up, or that rows come from.
    let hasOldAddress: [Bool]
    /// How many mailboxes there are, tombstones apart.
    let mailboxCount: Int
    /// The share of mailboxes whose whole name somebody else has too, from 0 to 1.
    let sharedNames: Double

    init(_ recipients: [Recipient], names: [RecipientNames], postoffices: Set<Key>, usesKey: Bool) {
        var lists = Lists()
        for (index, recipient) in recipients.enumerated() where !recipient.isDeleted {
            lists.add(recipient, Int32(index))
            lists.add(names[index], Int32(index))
            if usesKey, !recipient.key.isEmpty { lists.keys.append((Key(lowered(recipient.key)), Int32(index))) }
        }
        ownPostoffices = OwnPostoffices(lists.addresses.map { ($0.key, $0.isMade) })
        var hasOldAddress = Array(repeating: false, count: recipients.count)
        for address in lists.addresses
        where postoffices.contains(address.key.postoffice) || !ownPostoffices.contains(address.key.postoffice) {
            hasOldAddress[Int(address.member)] = true
        }
        self.hasOldAddress = hasOldAddress
        byAddress = Postings(lists.addresses.map { ($0.key.mailbox, $0.member) })
        byFormerName = Postings(
            lists.addresses.filter { [ownPostoffices] in !ownPostoffices.contains($0.key.postoffice) }.map { ($0.key.name, $0.member) })
        byName = Postings(lists.names)
        byShortName = Postings(lists.shortNames)
        byNearName = Postings(lists.nearNames)
        byKey = Postings(lists.keys)
        mailboxCount = recipients.reduce(0) { $0 + ($1.kind == .mailbox && !$1.isDeleted ? 1 : 0) }
        sharedNames = Double(Self.sharing(lists.names, in: byName, recipients)) / Double(max(1, mailboxCount))
    }

    /// How many mailboxes have a whole name that another recipient has too.
    private static func sharing(_ names: [(key: Key, member: Int32)], in table: Postings, _ recipients: [Recipient]) -> Int {
        var sharing: Set<Int32> = []
        for name in names where recipients[Int(name.member)].kind == .mailbox && table.count(name.key) > 1 { sharing.insert(name.member) }
        return sharing.count
    }

    /// The pairs of key and member that the tables are made of.
    private struct Lists {
        var addresses: [(key: MSMailKey, isMade: Bool, member: Int32)] = []
        var names: [(key: Key, member: Int32)] = []
        var shortNames: [(key: Key, member: Int32)] = []
        var nearNames: [(key: Key, member: Int32)] = []
        var keys: [(key: Key, member: Int32)] = []

        mutating func add(_ recipient: Recipient, _ index: Int32) {
            for address in recipient.addresses {
                guard let key = MSMailKey(address) else { continue }
                addresses.append((key, OwnPostoffices.isMade(address, from: recipient), index))
            }
        }

        mutating func add(_ known: RecipientNames, _ index: Int32) {
            for reading in known.readings {
                if let key = reading.wholeNameKey { names.append((key, index)) }
                reading.nearKeys { nearNames.append(($0, index)) }
            }
            known.alias.forEach { shortNames.append(($0, index)) }
            if known.alias != known.directoryName { known.directoryName.forEach { shortNames.append(($0, index)) } }
        }
    }
}
