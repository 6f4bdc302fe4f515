internal import Records

/// Everything that has come, from whichever reader, in the order in which it was handed on; every entry once when it is settled.
struct ReadJournal {
    private(set) var recipients: [Recipient] = []
    /// How many entries came, each as often as it did.
    private(set) var came = 0
    /// Every entry, where notes are taken.
    private(set) var table = EntryTable()
    /// Of each recipient.
    private var digests = EntryDigests()
    /// Of each entry that is none.
    private var others = EntryDigests()
    /// Whether it is no longer what the readers counted.
    private(set) var isEdited = false

    /// Everything that a table holds, read already.
    init(_ table: EntryTable) {
        self.table = table
        recipients = table.recipients
        came = table.count
    }

    /// Nothing yet.
    init() {}

    /// How many entries there are, recipients or not.
    var entries: Int { table.count > 0 && digests.count + others.count == 0 ? table.count : digests.count + others.count }

    /// Of every entry.
    var allDigests: [EntryDigest] { (0..<digests.count).map { digests[$0] } + (0..<others.count).map { others[$0] } }

    /// Takes a batch, and tells `progress`.
    mutating func take(_ batch: ReadBatch, _ progress: (ReadProgress) -> Void) {
        came += batch.entries
        recipients += batch.recipients
        digests.append(batch.digests)
        others.append(batch.others)
        if !batch.notes.isEmpty { table.add(batch) }
        progress(.came(entries: came, recipients: batch.recipients))
    }

    // MARK: - Each entry once

    /// Leaves every entry once, as it came last. Gives those that came more than once.
    mutating func settle(_ progress: (ReadProgress) -> Void) -> RepeatedEntries {
        let told = recipients.count
        var repeated = RepeatedEntries()
        let groups = groups()
        if groups.isEmpty { return repeated }
        let choice = Choice(groups, recipients: told) { group in group.last { $0 < told } ?? group[group.count - 1] }
        func digest(_ place: Int) -> EntryDigest { place < told ? digests[place] : others[place - told] }
        let renamed = Set(groups.filter { Set($0.map { digest($0).name }).count > 1 }.joined())
        for place in choice.kept {
            repeated.add(digest(place), isRenamed: renamed.contains(place), dn: place < told ? recipients[place].dn : nil)
        }
        edit(choice, told: told, progress)
        return repeated
    }

    /// Adds the entries of another read that are not here yet.
    mutating func add(_ found: ReadJournal, _ progress: (ReadProgress) -> Void) {
        let told = append(found)
        edit(Choice(groups(), recipients: recipients.count) { $0[0] }, told: told, progress)
        isEdited = true
    }

    /// Puts the entries of a later read, which are settled, in the place of those that they are, and adds the others.
    mutating func update(with changed: ReadJournal, _ progress: (ReadProgress) -> Void) {
        let ownOthers = others.count
        let told = append(changed)
        let count = recipients.count
        let choice = Choice(groups(), recipients: count) { group in
            group.last { (told..<count).contains($0) || $0 >= count + ownOthers } ?? group[0]
        }
        edit(choice, told: told, progress)
    }

    /// Appends what another journal holds, and gives how many recipients there were before.
    private mutating func append(_ other: ReadJournal) -> Int {
        let before = recipients.count
        came += other.came
        recipients += other.recipients
        digests.append(other.digests)
        others.append(other.others)
        return before
    }

    /// The places of what has the same id, then of what has the same name: of recipients in their order, then of others in theirs.
    private func groups() -> [[Int]] {
        var ids = (own: digests.ids, more: others.ids)
        if !ids.more.isEmpty, ids.own.isEmpty { ids.own = Array(repeating: 0, count: digests.count) }
        return groups(EqualNumbers.repeats(in: ids.own, ids.more)) { $0.id.lowercased() }
            + groups(EqualNumbers.repeats(in: digests.names, others.names)) { DistinguishedName($0.dn).normalized }
    }

    private func groups(_ repeats: [(place: Int, first: Int)], _ text: (Recipient) -> String) -> [[Int]] {
        var groups: [Int: [Int]] = [:]
        for (place, first) in repeats {
            // Of an entry that is no recipient nothing but the number is known.
            guard place >= recipients.count || first >= recipients.count || text(recipients[place]) == text(recipients[first]) else {
                continue
            }
            groups[first, default: [first]].append(place)
        }
        return groups.values.sorted { $0[0] < $1[0] }
    }

    /// Which of the entries that are the same is kept, and where.
    private struct Choice {
        /// Those that are not.
        private(set) var gone: Set<Int> = []
        /// Those that are, of what came more than once.
        private(set) var kept: Set<Int> = []
        /// By the place of a recipient that is not kept, the recipient that is kept in it.
        private(set) var seats: [Int: Int] = [:]

        /// An entry that is not kept in one group is not kept at all: one may have the name that another had, which has a new one.
        init(_ groups: [[Int]], recipients: Int, keeping: ([Int]) -> Int) {
            var seated: Set<Int> = []
            for group in groups {
                let one = keeping(group)
                kept.insert(one)
                gone.formUnion(group.filter { $0 != one })
                guard one < recipients, let seat = group.first(where: { $0 < one && seats[$0] == nil }), seated.insert(one).inserted else {
                    continue
                }
                seats[seat] = one
            }
            kept.subtract(gone)
            seats = seats.filter { kept.contains($0.value) }
        }
    }

    /// Leaves what is kept. `told`: so many recipients were told of.
    private mutating func edit(_ choice: Choice, told: Int, _ progress: (ReadProgress) -> Void) {
        let count = recipients.count
        var gone = choice.gone
        var isRetold = false
        for (seat, one) in choice.seats {
            if seat < told, recipients[seat] != recipients[one] { isRetold = true }
            (recipients[seat], digests[seat]) = (recipients[one], digests[one])
            gone.remove(seat)
            gone.insert(one)
        }
        if gone.contains(where: { $0 < told }) { isRetold = true }
        if !gone.isEmpty {
            others.keep { !gone.contains(count + $0) }
            digests.keep { !gone.contains($0) }
            recipients = recipients.indices.filter { !gone.contains($0) }.map { recipients[$0] }
        }
        let isLonger = recipients.count > told
        isEdited = isEdited || isRetold || isLonger
        if isRetold {
            progress(.begins)
            progress(.came(entries: entries, recipients: recipients))
        } else if isLonger {
            progress(.came(entries: entries, recipients: Array(recipients[told...])))
        }
    }
}
