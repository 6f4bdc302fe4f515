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
        let touched = TouchedIDs(latest.keys, removed)
        for place in 0..<table.count {
            let id = table.ids[place]
            guard touched.mayHold(id) else {
                result.add(from: table, at: place)
                continue
            }
            if let entry = latest.removeValue(forKey: id) {
                if entry.differs(from: table[place]) { counts.changed += 1 }
                result.add(entry)
            } else if removed.contains(id) {
                counts.removed += 1
            } else {
                result.add(from: table, at: place)
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

/// Ids, of which most others are told apart by one bit: a look that costs less than hashing.
private struct TouchedIDs {
    private var bits = [UInt64](repeating: 0, count: 1 << 12)

    init(_ ids: some Sequence<EntryUUID>, _ more: some Sequence<EntryUUID>) {
        for id in ids { set(id) }
        for id in more { set(id) }
    }

    private mutating func set(_ id: EntryUUID) {
        let place = Self.place(of: id)
        bits[place >> 6] |= 1 << UInt64(place & 63)
    }

    func mayHold(_ id: EntryUUID) -> Bool {
        let place = Self.place(of: id)
        return bits[place >> 6] & 1 << UInt64(place & 63) != 0
    }

    private static func place(of id: EntryUUID) -> Int { Int(truncatingIfNeeded: ((id.high ^ id.low) &* 0x9E37_79B9_7F4A_7C15) >> 46) }
}
