internal import LDAPClient
internal import Records

/// What a read notes of an entry beside the recipient that is made of it.
struct EntryNote: Sendable {
    /// `nil` when the entry does not show its id.
    var id: EntryUUID?
    /// The DN of an entry that is no recipient.
    var otherName: String?
    /// A bit for each attribute of the profile that the entry has.
    var slots: UInt64
    /// A number that is another one after each change; 0 when the entry must be read again in any case.
    var stamp: UInt64
    /// What was remarked of it.
    var remarks: [String]
}

/// One entry as it is at a time.
struct TrackedEntry: Sendable, Equatable {
    var id: EntryUUID
    /// The recipient; of an entry that is none, the DN and nothing else.
    var record: Recipient
    var isRecipient: Bool
    var slots: UInt64
    var stamp: UInt64
    var remarks: [String]
}

/// Every entry of a read, recipient or not, in the order in which it came: what later changes are applied to.
struct EntryTable: Sendable {
    private(set) var ids: [EntryUUID] = []
    /// The recipients; of other entries their DN and nothing else.
    private(set) var records: [Recipient] = []
    /// A bit for each attribute that the entry has, and `recipientBit`.
    private(set) var marks: [UInt64] = []
    private(set) var stamps: [UInt64] = []
    private(set) var remarks: [EntryUUID: [String]] = [:]
    /// Whether some entry did not show its id.
    private(set) var lacksIDs = false
    /// How many entries are no recipients.
    private var others = 0

    private static let recipientBit: UInt64 = 1 << 63

    /// A table without entries.
    init() {}

    /// A table from its columns, which are equally long.
    init(ids: [EntryUUID], records: [Recipient], marks: [UInt64], stamps: [UInt64], remarks: [EntryUUID: [String]]) {
        self.ids = ids
        self.records = records
        self.marks = marks
        self.stamps = stamps
        self.remarks = remarks
        others = marks.count { $0 & Self.recipientBit == 0 }
    }

    var count: Int { ids.count }

    func isRecipient(_ place: Int) -> Bool { marks[place] & Self.recipientBit != 0 }

    func slots(_ place: Int) -> UInt64 { marks[place] & ~Self.recipientBit }

    /// The recipients, in the table's order.
    var recipients: [Recipient] {
        others == 0 ? records : records.indices.filter(isRecipient).map { records[$0] }
    }

    /// The entry at a place.
    subscript(place: Int) -> TrackedEntry {
        TrackedEntry(
            id: ids[place], record: records[place], isRecipient: isRecipient(place), slots: slots(place), stamp: stamps[place],
            remarks: remarks.isEmpty ? [] : remarks[ids[place], default: []])
    }

    /// Adds an entry at the end.
    mutating func add(_ entry: TrackedEntry) {
        ids.append(entry.id)
        records.append(entry.record)
        marks.append(entry.slots | (entry.isRecipient ? Self.recipientBit : 0))
        stamps.append(entry.stamp)
        if !entry.isRecipient { others += 1 }
        if !entry.remarks.isEmpty { remarks[entry.id] = entry.remarks }
    }

    /// Adds another table's entry at the end.
    mutating func add(from other: EntryTable, at place: Int) {
        ids.append(other.ids[place])
        records.append(other.records[place])
        marks.append(other.marks[place])
        stamps.append(other.stamps[place])
        if !other.isRecipient(place) { others += 1 }
        if !other.remarks.isEmpty, let texts = other.remarks[other.ids[place]] { remarks[other.ids[place]] = texts }
    }

    /// Adds what a batch brought. Its recipients are those of its notes that name no other entry, in the same order.
    mutating func add(_ batch: ReadBatch) {
        var next = 0
        for note in batch.notes {
            let record: Recipient
            if let name = note.otherName {
                record = Recipient(dn: name, kind: .account)
            } else {
                record = batch.recipients[next]
                next += 1
            }
            guard let id = note.id else {
                lacksIDs = true
                continue
            }
            add(
                TrackedEntry(
                    id: id, record: record, isRecipient: note.otherName == nil, slots: note.slots, stamp: note.stamp, remarks: note.remarks)
            )
        }
    }

    /// Makes room for so many entries.
    mutating func reserve(_ count: Int) {
        ids.reserveCapacity(count)
        records.reserveCapacity(count)
        marks.reserveCapacity(count)
        stamps.reserveCapacity(count)
    }

    /// The place of every entry by its id; `nil` when two have the same.
    func places() -> [EntryUUID: Int]? {
        var places: [EntryUUID: Int] = [:]
        places.reserveCapacity(count)
        for place in ids.indices where places.updateValue(place, forKey: ids[place]) != nil { return nil }
        return places
    }
}
