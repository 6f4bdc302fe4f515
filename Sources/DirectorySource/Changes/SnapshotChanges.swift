internal import LDAPClient
internal import Records

/// What is to be done to a snapshot so that it becomes what a fresh read of everything would give.
enum SnapshotChanges: Sendable {
    /// These entries are new or changed, as they are now, and those are gone. An entry may be named although nothing of it changed.
    case changes(updated: [TrackedEntry], removed: Set<EntryUUID>)
    /// Everything has to be read anew, for this reason.
    case startOver(because: String)

    /// How many entries really differ.
    struct Counts: Sendable, Equatable {
        var added = 0
        var changed = 0
        var removed = 0

        /// Whether nothing does.
        var isEmpty: Bool { self == Counts() }
    }

    /// The table with the changes made, and how many entries of it differ; `nil` for `.startOver`.
    ///
    /// Entries keep their order, changed ones their place; new ones stand at the end, in the order of their ids, whatever the order in
    /// which they came. Costs a look-up for each entry.
    func applied(to table: EntryTable) -> (table: EntryTable, counts: Counts)? {
        guard case .changes(let updated, let removed) = self else { return nil }
        if updated.isEmpty, removed.isEmpty { return (table, Counts()) }
        var latest: [EntryUUID: TrackedEntry] = [:]
        for entry in updated { latest[entry.id] = entry }
        var result = EntryTable()
        var counts = Counts()
        result.reserve(table.count + latest.count)
        for place in 0..<table.count {
            let id = table.ids[place]
            if let entry = latest.removeValue(forKey: id) {
                if entry.differs(from: table[place]) { counts.changed += 1 }
                result.add(entry)
            } else if removed.contains(id) {
                counts.removed += 1
            } else {
                result.add(table[place])
            }
        }
        counts.added = latest.count
        for entry in latest.values.sorted(by: { ($0.id.high, $0.id.low) < ($1.id.high, $1.id.low) }) { result.add(entry) }
        return (result, counts)
    }
}

extension TrackedEntry {
    /// Whether anything differs that a reader of the directory sees.
    fileprivate func differs(from other: TrackedEntry) -> Bool {
        record != other.record || isRecipient != other.isRecipient || slots != other.slots || remarks != other.remarks
    }
}
