internal import Records

/// What was seen over all entries of a read; from it follows what the read cannot prove.
struct ReadTally {
    /// Entries, recipients or not.
    var entries = 0
    /// Recipients by kind.
    var recipients: [RecipientKind: Int] { Dictionary(uniqueKeysWithValues: counts.map { ($0.kind, $0.count) }) }
    /// A few kinds, which are found faster than a key is hashed.
    private var counts: [(kind: RecipientKind, count: Int)] = []
    private var firstRemarks: [String] = []
    private var moreRemarks = 0
    /// Remarks on single entries: the first hundred, and how many more there are.
    var remarks: [String] {
        var sorted = self
        sorted.keepFirstRemarks()
        return sorted.firstRemarks + (sorted.moreRemarks > 0 ? ["\(sorted.moreRemarks) more remarks of this kind"] : [])
    }
    private static let mostRemarks = 100
    /// Tombstones, which count for nothing else.
    private(set) var deleted = 0
    /// Entries of which the server sent some attribute only in part.
    var partialEntries = 0
    private var withAlias = 0
    private var withAddress = 0
    private var hidden = 0
    /// The profile's attributes that no mailbox showed; `nil` when no mailbox came.
    var unseen: Set<String>?

    /// Nothing yet.
    init() {}

    /// What a read of just these entries would have seen. `slots` are the profile's.
    init(_ table: EntryTable, _ slots: AttributeSlots, own: Int) {
        entries = table.count
        var seen: UInt64 = 0
        for place in 0..<table.count where table.isRecipient(place) {
            let recipient = table.records[place]
            if recipient.kind == .mailbox { seen |= table.slots(place) }
            note(recipient)
        }
        for remarks in table.remarks.values { for text in remarks { remark(text) } }
        unseen = recipients[.mailbox] == nil ? nil : Set((1..<own).filter { seen & 1 << UInt64($0) == 0 }.map(slots.name))
    }

    /// Adds what another reader saw.
    mutating func add(_ other: ReadTally) {
        entries += other.entries
        for (kind, count) in other.counts { self.count(kind, count) }
        firstRemarks += other.firstRemarks
        moreRemarks += other.moreRemarks
        keepFirstRemarks()
        partialEntries += other.partialEntries
        deleted += other.deleted
        withAlias += other.withAlias
        withAddress += other.withAddress
        hidden += other.hidden
        unseen = unseen.map { own in other.unseen.map { own.intersection($0) } ?? own } ?? other.unseen
    }

    /// Counts these recipients, and nothing that was counted before.
    mutating func recount(_ recipients: [Recipient]) {
        counts = []
        (deleted, withAlias, withAddress, hidden) = (0, 0, 0, 0)
        for recipient in recipients { note(recipient) }
    }

    private mutating func note(_ recipient: Recipient) {
        note(
            recipient.kind, hasAlias: !recipient.isEmpty(.alias), hasAddress: recipient.addressCount > 0, isHidden: recipient.isHidden,
            isDeleted: recipient.isDeleted)
    }

    mutating func note(_ kind: RecipientKind, hasAlias: Bool, hasAddress: Bool, isHidden: Bool, isDeleted: Bool) {
        if isDeleted {
            deleted += 1
            return
        }
        count(kind)
        guard kind == .mailbox else { return }
        if hasAlias { withAlias += 1 }
        if hasAddress { withAddress += 1 }
        if isHidden { hidden += 1 }
    }

    private mutating func count(_ kind: RecipientKind, _ more: Int = 1) {
        for index in counts.indices where counts[index].kind == kind {
            counts[index].count += more
            return
        }
        counts.append((kind, more))
    }

    mutating func remark(_ text: String) {
        firstRemarks.append(text)
        if firstRemarks.count > 2 * Self.mostRemarks { keepFirstRemarks() }
    }

    /// Keeps the first remarks by their text, so that the order of the entries does not show in a plan.
    private mutating func keepFirstRemarks() {
        // An entry that was read again is remarked on again.
        firstRemarks = Set(firstRemarks).sorted()
        moreRemarks += max(0, firstRemarks.count - Self.mostRemarks)
        firstRemarks = Array(firstRemarks.prefix(Self.mostRemarks))
    }

    /// Why "no such mailbox" cannot be said.
    ///
    /// `repeated`: what a server gave more than once. `account`: the bind name, and as whom the server regards it; `nil` for a file, which does not tell who made it.
    func gaps(
        profile: DirectoryProfile, references: [String], repeated: RepeatedEntries, account: (boundAs: String, identity: String?)?
    ) -> [String] {
        var gaps: [String] = []
        if let account, !account.boundAs.isEmpty, account.identity == "" {
            gaps.append(Unseen.asNobody(account.boundAs))
        }
        if let boundAs = account?.boundAs, let suffix = profile.adminViewSuffix, hidden == 0,
            !Unseen.isAdminView(boundAs, suffix)
        {
            gaps.append(Unseen.hiddenMailboxes(suffix))
        }
        if profile.hasOwnFilter, profile.filter != "(objectClass=*)" {
            gaps.append("only entries that match \(profile.filter) were read, as told by --filter")
        }
        let mailboxes = recipients[.mailbox, default: 0]
        if mailboxes == 0 {
            gaps.append(
                "the read found no mailbox at all: is the base right, the profile '\(profile.name)' the right one, and may this account read them?"
            )
        } else {
            if withAlias == 0 {
                gaps.append(
                    "the alias (\(profile.alias.joined(separator: ", "))) is absent on every one of \(mailboxes) mailboxes: hidden from this account?"
                )
            }
            if withAddress == 0 && !profile.addresses.isEmpty {
                let names = profile.addresses.map(\.attribute).joined(separator: ", ")
                gaps.append("no mailbox shows an address (\(names)): hidden from this account?")
            }
        }
        if let unread = Unseen.parts(references) { gaps.append(unread) }
        if !repeated.isEmpty {
            gaps.append(
                "\(repeated.words("came")): the server's answer is not consistent, and others may be missing from it; read again, or with another --page-size"
            )
        }
        if partialEntries > 0 { gaps.append("the server sent only a part of some values (;range=) of \(partialEntries) entries") }
        return gaps
    }
}
