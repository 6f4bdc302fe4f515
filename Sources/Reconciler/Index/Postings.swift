/// Which members (rows, or recipients) go under which key: a flat table, built once, without an object for each entry.
///
/// The members of a key come in ascending order, whatever order they were added in. A look-up costs one access to memory, mostly a slow one.
struct Postings: Sendable {
    /// A key with where its members stand; none where `first` is `end`.
    private struct Group {
        var key: Key = 0
        var first: Int32 = 0
        var end: Int32 = 0
    }

    private var table: [Group]
    private var members: [Int32]
    /// How far a key's digest is moved to the right to give its place in the table.
    private let shift: UInt64

    /// The table of `pairs`, in ascending order of members; a pair given twice counts once.
    init(_ pairs: consuming [(key: Key, member: Int32)]) {
        var grouping = Grouping(pairs)
        members = grouping.takeMembers()
        var bits = 4
        while (1 << bits) * 2 < grouping.keys.count * 3 { bits += 1 }
        shift = UInt64(64 - bits)
        table = Array(repeating: Group(), count: 1 << bits)
        var first: Int32 = 0
        // The groups come in much the same order in which they stand in the table.
        for (key, end) in zip(grouping.keys, grouping.ends) {
            var slot = slot(of: key)
            while table[slot].end > table[slot].first { slot = (slot + 1) & (table.count - 1) }
            table[slot] = Group(key: key, first: first, end: end)
            first = end
        }
    }

    private func slot(of key: Key) -> Int { Int(truncatingIfNeeded: key.spread >> shift) }

    /// How many members have this key.
    func count(_ key: Key) -> Int { places(of: key).count }

    /// The members with this key, ascending.
    subscript(key: Key) -> ArraySlice<Int32> { members[places(of: key)] }

    /// Appends the members with this key, ascending, to `list` where they are no more than `most`; gives how many they are.
    func append(_ key: Key, upTo most: Int, to list: inout [Int32]) -> Int {
        let places = places(of: key)
        if places.count <= most {
            for place in places { list.append(members[place]) }
        }
        return places.count
    }

    /// Whether the member has this key. Looks through the members with the key.
    func contains(_ key: Key, _ member: Int) -> Bool {
        for place in places(of: key) where members[place] == Int32(member) { return true }
        return false
    }

    /// How many members other than `own` have this key. Looks through the members only where there are few.
    func count(_ key: Key, apartFrom own: Int) -> Int {
        let places = places(of: key)
        if places.count > 64 { return places.count - 1 }
        var count = 0
        for place in places where members[place] != Int32(own) { count += 1 }
        return count
    }

    /// Has the key's place fetched from memory, since it will be looked up soon.
    func expect(_ key: Key) { table.expect(slot(of: key)) }

    /// Where the members with this key stand.
    private func places(of key: Key) -> Range<Int> {
        var slot = slot(of: key)
        while table[slot].end > table[slot].first {
            if table[slot].key == key { return Int(table[slot].first)..<Int(table[slot].end) }
            slot = (slot + 1) & (table.count - 1)
        }
        return 0..<0
    }
}

/// Pairs of key and member, grouped by key: dealt into heaps by the first bits of the keys' digests, and each heap grouped by itself, so that what is
/// looked up on the way stays in the processor's own memory, however many pairs there are.
private struct Grouping {
    /// The keys, each once, in the order of the heaps.
    private(set) var keys: [Key] = []
    /// Where each key's members end.
    private(set) var ends: [Int32] = []
    private var members: [Int32] = []

    /// About so many pairs are in a heap: two to this.
    private static let heapBits = 12

    init(_ pairs: consuming [(key: Key, member: Int32)]) {
        let count = pairs.count
        let heaps = Heaps(pairs, bits: max(0, (Int.bitWidth - count.leadingZeroBitCount) - Self.heapBits))
        members.reserveCapacity(count)
        var table = HeapTable()
        for heap in heaps.ranges.indices { table.group(heaps, heaps.ranges[heap], &keys, &ends, &members) }
    }

    /// The members, those of a key side by side, in the order in which they were added.
    mutating func takeMembers() -> [Int32] {
        defer { members = [] }
        return members
    }

    /// Pairs by heap; those of one key stay in their order.
    private struct Heaps {
        private(set) var keys: [Key]
        private(set) var members: [Int32]
        private(set) var ranges: [Range<Int>] = []

        init(_ pairs: [(key: Key, member: Int32)], bits: Int) {
            func heap(_ key: Key) -> Int { bits == 0 ? 0 : Int(truncatingIfNeeded: key.spread >> UInt64(64 - bits)) }
            var next = [Int](repeating: 0, count: 1 << bits)
            for pair in pairs { next[heap(pair.key)] += 1 }
            var start = 0
            for index in next.indices {
                ranges.append(start..<start + next[index])
                next[index] = start
                start = ranges[index].upperBound
            }
            var (keys, members) = ([Key](repeating: 0, count: pairs.count), [Int32](repeating: 0, count: pairs.count))
            for pair in pairs {
                let heap = heap(pair.key)
                keys[next[heap]] = pair.key
                members[next[heap]] = pair.member
                next[heap] += 1
            }
            (self.keys, self.members) = (keys, members)
        }
    }

    /// Groups one heap after the other, in memory that serves again for the next.
    private struct HeapTable {
        /// Groups of the heap at hand and one; 0 for none.
        private var slots: [Int32] = []
        /// The group of each of the heap's pairs; -1 for one that was there before.
        private var groups: [Int32] = []
        /// For each group its last member so far, and how many it has; then where the next goes.
        private var last: [Int32] = []
        private var counts: [Int32] = []

        mutating func group(_ heaps: Heaps, _ heap: Range<Int>, _ keys: inout [Key], _ ends: inout [Int32], _ members: inout [Int32]) {
            let size = 1 << (Int.bitWidth - (2 * heap.count).leadingZeroBitCount)
            if slots.count < size { slots = Array(repeating: 0, count: size) }
            for slot in 0..<size { slots[slot] = 0 }
            groups.removeAll(keepingCapacity: true)
            last.removeAll(keepingCapacity: true)
            counts.removeAll(keepingCapacity: true)
            let first = keys.count
            for place in heap {
                let (key, member) = (heaps.keys[place], heaps.members[place])
                var slot = Int(truncatingIfNeeded: key.spread >> 16) & (size - 1)
                while slots[slot] > 0, keys[first + Int(slots[slot]) - 1] != key { slot = (slot + 1) & (size - 1) }
                if slots[slot] == 0 {
                    keys.append(key)
                    last.append(-1)
                    counts.append(0)
                    slots[slot] = Int32(counts.count)
                }
                let group = Int(slots[slot]) - 1
                // Members were added in ascending order.
                guard last[group] != member else {
                    groups.append(-1)
                    continue
                }
                last[group] = member
                counts[group] += 1
                groups.append(Int32(group))
            }
            var start = Int32(members.count)
            for group in counts.indices {
                ends.append(start + counts[group])
                (counts[group], start) = (start, start + counts[group])
            }
            members.append(contentsOf: repeatElement(0, count: Int(start) - members.count))
            for place in heap {
                let group = Int(groups[place - heap.lowerBound])
                if group < 0 { continue }
                members[Int(counts[group])] = heaps.members[place]
                counts[group] += 1
            }
        }
    }
}

extension Key {
    /// The key with its bits spread to the upper end (Knuth, The Art of Computer Programming 3, 6.4).
    fileprivate var spread: UInt64 { self &* 0x9e37_79b9_7f4a_7c15 }
}
