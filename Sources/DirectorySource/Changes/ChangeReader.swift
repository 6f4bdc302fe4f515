internal import LDAPClient
internal import Records

/// Reads what changed since an earlier read, in whichever way the server tells it, over one connection.
struct ChangeReader: ~Copyable {
    private let table: EntryTable
    private var cookie: ChangeCookie
    private let pages: PagePlan
    /// Entries as they are now, by their ids.
    private var updated: [EntryUUID: TrackedEntry] = [:]
    private var removed: Set<EntryUUID> = []
    /// Entries of which it is known that they changed, and not yet how.
    private var open: Set<EntryUUID> = []

    /// How the reading of changes ended.
    enum Outcome {
        case startOver(because: String)
        /// Nothing changed at all, inside the filter or outside.
        case unchanged
        case changes(SnapshotChanges, ChangeCookie)
    }

    init(since table: EntryTable, _ cookie: ChangeCookie, _ pages: PagePlan) {
        self.table = table
        self.cookie = cookie
        self.pages = pages
    }

    /// Asks for the changes. Throws what breaks the connection; what the server refuses is a reason to start over.
    mutating func read(_ session: borrowing LiveDirectory.Session) throws(LDAPError) -> Outcome {
        do throws(LDAPError) {
            let end: Outcome?
            switch cookie.method {
            case .contentSync: end = try contentSync(session)
            case .contentSyncIDs: end = try contentSyncIDs(session)
            case .directorySync: end = try directorySync(session)
            case .comparison: end = try comparison(session)
            }
            if let end { return end }
            if let reason = try fetch(session) { return .startOver(because: reason) }
            return .changes(.changes(updated: Array(updated.values), removed: removed), cookie)
        } catch {
            guard error.isRefusal else { throw error }
            return .startOver(because: "the server refused to go on from there: \(error.reason)")
        }
    }

    // MARK: - RFC 4533

    private mutating func contentSync(_ session: borrowing LiveDirectory.Session) throws(LDAPError) -> Outcome? {
        guard let before = ContentSync.numbers(in: cookie.octets) else {
            return .startOver(because: "the cookie of the last read is damaged")
        }
        var translator = EntryTranslator(session.profile)
        var packer = RecipientPacker()
        var notes: [(EntryUUID, EntryNote)] = []
        var present: Set<EntryUUID> = []
        var gone: Set<EntryUUID> = []
        var inParts: Set<EntryUUID> = []
        let request = SearchRequest(base: session.base, filter: session.profile.filter, attributes: session.profile.attributes)
        let summary = try session.connection.synchronize(request, from: cookie.octets) { (entry, state, id) throws(LDAPError) in
            switch state {
            case .present: present.insert(id)
            case .delete: gone.insert(id)
            case .add, .modify:
                try entry.lend { translator.take(dn: $0, attributes: $1) }
                if translator.hasOpenRange {
                    translator.drop()
                    inParts.insert(id)
                } else {
                    _ = translator.finish(into: &packer)
                    if let note = translator.note { notes.append((id, note)) }
                }
            }
        } info: { (info) throws(LDAPError) in
            guard case .ids(let ids, let areDeleted) = info else { return }
            if areDeleted { gone.formUnion(ids) } else { present.formUnion(ids) }
        }
        take(notes, packer.take())
        open.formUnion(inParts)
        if let end = end(of: summary, present, gone) {
            guard case .unchanged = end, try hasNewerEntry(than: before, session) else { return end }
            // After a crash slapd may count from an older change than its last one, until the next change.
            return .startOver(because: "entries were changed of which the server does not tell")
        }
        if let newer = summary.cookie { cookie.octets = newer }
        if try containerChanged(after: before, session) { return try compareNames(session, stamps: false) }
        guard !hasStrangers else {
            return .startOver(because: "the server counts entries as unchanged that were not there then: it is another directory")
        }
        return nil
    }

    private mutating func take(_ notes: [(EntryUUID, EntryNote)], _ recipients: [Recipient]) {
        var next = 0
        for (id, note) in notes {
            var record = Recipient(dn: note.otherName ?? "", kind: .account)
            if note.otherName == nil {
                record = recipients[next]
                next += 1
            }
            updated[id] = TrackedEntry(
                id: id, record: record, isRecipient: note.otherName == nil, slots: note.slots, stamp: note.stamp, remarks: note.remarks)
        }
    }

    /// Whether the server counts entries as unchanged that are not known: they came with their container, or it is another directory.
    private var hasStrangers = false

    /// What is gone follows from the answer's end; gives how the reading ends when it ends with that.
    private mutating func end(of summary: ContentSync.Summary, _ present: Set<EntryUUID>, _ gone: Set<EntryUUID>) -> Outcome? {
        let isSilent = summary.entries == 0 && present.isEmpty && gone.isEmpty
        guard let newer = summary.cookie else {
            return isSilent ? .unchanged : .startOver(because: "the server told of changes without saying how far they have come")
        }
        if newer.isEmpty { return .startOver(because: "the server does not know the cookie of the last read") }
        if newer == cookie.octets, isSilent { return .unchanged }
        removed = gone.filter { updated[$0] == nil && !open.contains($0) }
        guard !summary.namedDeletions else { return nil }
        if summary.namedPresent {
            let known = Set(table.ids)
            hasStrangers = present.contains { !known.contains($0) && updated[$0] == nil }
            removed.formUnion(known.filter { !present.contains($0) && updated[$0] == nil && !open.contains($0) })
        } else if gone.isEmpty {
            // By the letter of RFC 4533 everything else would be gone. 389 Directory Server, for one, does not mean that.
            return .startOver(because: "the server named nothing that is still there")
        }
        return nil
    }

    /// Whether an entry was changed after all the changes that are known.
    private func hasNewerEntry(than numbers: [String], _ session: borrowing LiveDirectory.Session) throws(LDAPError) -> Bool {
        let last = FilterText.escape(numbers.max() ?? "")
        let filter = "(&(entryCSN>=\(last))(!(entryCSN<=\(last))))"
        return try !session.connection.attributesShown(session.context ?? session.base, filter, ["entryCSN"]).isEmpty
    }

    /// Whether an entry with others below it changed: it may have been renamed or moved, and they with it, which nobody tells. Looked for
    /// outside the base, too: it may have been moved out.
    private func containerChanged(after numbers: [String], _ session: borrowing LiveDirectory.Session) throws(LDAPError) -> Bool {
        guard let first = numbers.min() else { return true }
        var known: [Substring: String] = [:]
        for number in numbers { known[number.serverID] = number }
        var isFound = false
        let filter = "(&(hasSubordinates=TRUE)(entryCSN>=\(FilterText.escape(first))))"
        let request = pages.request(base: session.context ?? session.base, filter: filter, attributes: ["entryCSN"])
        _ = try session.connection.search(request) { (entry) throws(LDAPError) in
            try entry.forEachValue { _, value in
                guard let number = value.text else { return }
                if known[number.serverID].map({ $0 < number }) ?? true { isFound = true }
            }
        }
        return isFound
    }

    private mutating func contentSyncIDs(_ session: borrowing LiveDirectory.Session) throws(LDAPError) -> Outcome? {
        var named: Set<EntryUUID> = []
        let request = SearchRequest(base: session.base, attributes: ["1.1"])
        let summary = try session.connection.synchronize(request, from: cookie.octets) { (_, _, id) throws(LDAPError) in
            named.insert(id)
        } info: { (info) throws(LDAPError) in
            if case .ids(let ids, _) = info { named.formUnion(ids) }
        }
        if let newer = summary.cookie, newer.isEmpty { return .startOver(because: "the server does not know the cookie of the last read") }
        if named.isEmpty, !summary.namedPresent {
            cookie.octets = summary.cookie ?? cookie.octets
            return .unchanged
        }
        cookie.octets = summary.cookie ?? cookie.octets
        // Where what is present was named, all the others are gone.
        if summary.namedPresent, !summary.namedDeletions { named.formUnion(table.ids) }
        return try settle(named, unless: [], session)
    }

    /// Fetches the entries, and compares the names of all when one of them may be a container that was renamed or moved. `leaves` are those
    /// that are none, although they are outside the filter.
    private mutating func settle(
        _ named: Set<EntryUUID>, unless leaves: Set<EntryUUID>, _ session: borrowing LiveDirectory.Session
    ) throws(LDAPError) -> Outcome? {
        open = named
        if let reason = try fetch(session) { return .startOver(because: reason) }
        let outside = named.contains { updated[$0] == nil && !leaves.contains($0) }
        var names: [EntryUUID: String] = [:]
        for place in 0..<table.count where named.contains(table.ids[place]) { names[table.ids[place]] = table.records[place].dn }
        let isRenamed = updated.values.contains { entry in names[entry.id].map { $0 != entry.record.dn } ?? false }
        guard outside || isRenamed else { return nil }
        return try compareNames(session, stamps: false)
    }

    // MARK: - DirSync

    private mutating func directorySync(_ session: borrowing LiveDirectory.Session) throws(LDAPError) -> Outcome? {
        guard let context = session.context else {
            return .startOver(because: "the base is in no naming context of the server any more")
        }
        var named: Set<EntryUUID> = []
        var leaves: Set<EntryUUID> = []
        let request = SearchRequest(
            base: context,
            attributes: session.profile.attributes + ["name", "isDeleted"].filter { !session.profile.attributes.contains($0) })
        while true {
            let answer = try session.connection.directorySync(request, from: cookie.octets) { (entry) throws(LDAPError) in
                var facts = DirectorySyncFacts()
                try entry.forEachValue { facts.add($0, $1) }
                guard let id = facts.id else { return }
                named.insert(id)
                // New, deleted, or under the name that it had: nothing moved with it.
                if facts.isNew || facts.isDeleted || !facts.hasName { leaves.insert(id) }
            }
            let isNew = answer.cookie != cookie.octets
            cookie.octets = answer.cookie
            if !answer.isMore { break }
            guard isNew || answer.entries > 0 else { return .startOver(because: "the server's changes do not end") }
        }
        // The cookie changes although nothing else does; the old one stays good.
        if named.isEmpty { return .unchanged }
        return try settle(named, unless: leaves, session)
    }

    // MARK: - Comparison

    private mutating func comparison(_ session: borrowing LiveDirectory.Session) throws(LDAPError) -> Outcome? {
        if let number = session.root.highestCommittedUSN, !cookie.octets.isEmpty {
            let octets = Array(String(number).utf8)
            if octets == cookie.octets { return .unchanged }
            cookie.octets = octets
        }
        return try compareNames(session, stamps: true)
    }

    /// Reads the name and the id of every entry that fits the filter, and, with `stamps`, what says that it was changed. What is new or
    /// differs is to be fetched, and what did not come is gone.
    private mutating func compareNames(_ session: borrowing LiveDirectory.Session, stamps: Bool) throws(LDAPError) -> Outcome? {
        guard let places = table.places() else { return .startOver(because: "two entries had the same id") }
        let tracking = cookie.tracking
        var look = NameComparison(session.profile, places, table, stamps: stamps ? tracking.stamp : nil)
        let attributes = [tracking.identity, stamps ? tracking.stamp : nil].compactMap(\.self)
        let request = pages.request(
            base: session.base, filter: session.profile.filter, attributes: attributes.isEmpty ? ["1.1"] : attributes)
        _ = try session.connection.search(request) { (entry) throws(LDAPError) in try look.take(entry) }
        if look.lacksIDs { return .startOver(because: "some entries do not show their id") }
        open.formUnion(look.differing.filter { updated[$0] == nil })
        removed.formUnion(look.missing.filter { updated[$0] == nil })
        // What was told to have changed may be gone by now, or renamed once more.
        for id in updated.keys where look.isMissing(id) {
            updated[id] = nil
            removed.insert(id)
        }
        names = look.names
        if tracking.stamp == "modifyTimestamp", stamps {
            cookie.tracking.settledBefore = max(look.newestStamp, tracking.settledBefore ?? "")
        }
        return nil
    }

    /// The names of entries that have no other id, by that made of them.
    private var names: [EntryUUID: String] = [:]

    // MARK: - Fetching

    /// So many entries are asked for at once.
    private static let chunk = 100

    /// Reads the open entries as they are now; those that do not come are gone, or fit the filter no more. Gives a reason to start over.
    private mutating func fetch(_ session: borrowing LiveDirectory.Session) throws(LDAPError) -> String? {
        let ids = open.sorted { ($0.high, $0.low) < ($1.high, $1.low) }
        open = []
        guard ids.count <= max(1000, table.count / 4) else {
            return "\(ids.count) entries would have to be fetched, of \(table.count): to read all is quicker"
        }
        var profile = session.profile
        profile.tracking?.settledBefore = cookie.tracking.settledBefore
        var found = ReadJournal()
        var reader = PartReader(profile, pages, keepsNames: false)
        guard let identity = cookie.tracking.identity else {
            for id in ids { try fetch(named: names[id], profile, session, &found) }
            take(found, of: ids)
            return nil
        }
        for start in stride(from: 0, to: ids.count, by: Self.chunk) {
            let values = ids[start..<min(start + Self.chunk, ids.count)].map { "(\(identity)=\($0.filterValue(of: identity)))" }
            let part = ReadPart(base: session.base, filter: "(&\(profile.filter)(|\(values.joined())))")
            try reader.read(part, over: session.connection) { (batch) in found.take(batch) { _ in } }
        }
        try reader.complete(reader.outcome.partial, over: session.connection) { (batch) in found.take(batch) { _ in } }
        take(found, of: ids)
        return nil
    }

    /// Reads one entry by its DN.
    private func fetch(
        named name: String?, _ profile: DirectoryProfile, _ session: borrowing LiveDirectory.Session, _ found: inout ReadJournal
    ) throws(LDAPError) {
        guard let name else { return }
        do throws(LDAPError) {
            guard try session.connection.hasEntry(name, fitting: profile.filter) else { return }
        } catch {
            guard error.code == .noSuchObject else { throw error }
            return
        }
        var reader = PartReader(profile, pages, keepsNames: false)
        try reader.complete([name], over: session.connection) { (batch) in found.take(batch) { _ in } }
    }

    private mutating func take(_ found: ReadJournal, of ids: [EntryUUID]) {
        for place in 0..<found.table.count { updated[found.table.ids[place]] = found.table[place] }
        for id in ids where updated[id] == nil { removed.insert(id) }
        for id in updated.keys { removed.remove(id) }
    }
}

extension String {
    /// Which server made a change number: the third part of `20261126225148.123456Z#000000#001#000000`.
    fileprivate var serverID: Substring {
        let parts = split(separator: "#", omittingEmptySubsequences: false)
        return parts.count > 2 ? parts[2] : ""
    }
}
