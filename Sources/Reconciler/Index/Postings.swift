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
    private let places: HashPlaces

    /// The table of `pairs`, in ascending order of members; a pair given twice counts once.
    init(_ pairs: [(key: Key, member: Int32)]) {
        var grouping = Grouping(pairs)
        members = grouping.members()
        let places = HashPlaces(count: grouping.keys.count * 3 / 2 + 1)
        self.places = places
        table = Array(repeating: Group(), count: places.count)
        var first: Int32 = 0
        for (key, end) in zip(grouping.keys, grouping.ends) {
            var slot = places.first(for: key)
            while table[slot].end > table[slot].first { slot = places.next(slot) }
            table[slot] = Group(key: key, first: first, end: end)
            first = end
        }
    }

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

    /// Whether a member other than `own` has this key.
    func hasOther(_ key: Key, than own: Int) -> Bool {
        let places = places(of: key)
        return places.count > 1 || (places.count == 1 && members[places.lowerBound] != Int32(own))
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
    func expect(_ key: Key) { table.expect(places.first(for: key)) }

    /// Where the members with this key stand.
    private func places(of key: Key) -> Range<Int> {
        var slot = places.first(for: key)
        while table[slot].end > table[slot].first {
            if table[slot].key == key { return Int(table[slot].first)..<Int(table[slot].end) }
            slot = places.next(slot)
        }
        return 0..<0
    }
}

/// The places of an open table of keys, as many as are wanted: a table of a power of two would be half empty on average. The upper bits of a
/// product say where a key goes (Knuth, The Art of Computer Programming 3, 6.4), so that keys that differ at either end alone do not all meet; and those of
/// another one, which place that is (Lemire, Fast Random Integer Generation in an Interval, 2019).
private struct HashPlaces {
    let count: Int

    func first(for key: Key) -> Int { Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(by: UInt64(count)).high) }

    func next(_ place: Int) -> Int { place + 1 == count ? 0 : place + 1 }
}

/// Pairs of key and member, sorted by key: a counting sort over the keys in the order in which they first come.
private struct Grouping {
    private let pairs: [(key: Key, member: Int32)]
    private var groups: [Int32] = []
    private(set) var keys: [Key] = []
    /// Where each group's members end, once they have been laid out.
    private(set) var ends: [Int32] = []

    init(_ pairs: [(key: Key, member: Int32)]) {
        self.pairs = pairs
        let places = HashPlaces(count: pairs.count * 3 / 2 + 1)
        var slots = Array(repeating: Int32(-1), count: places.count)
        groups.reserveCapacity(pairs.count)
        for pair in pairs { groups.append(group(of: pair.key, places, &slots)) }
    }

    /// The group of this key, a new one when the key is new.
    private mutating func group(of key: Key, _ places: HashPlaces, _ slots: inout [Int32]) -> Int32 {
        var slot = places.first(for: key)
        while slots[slot] >= 0 {
            if keys[Int(slots[slot])] == key { return slots[slot] }
            slot = places.next(slot)
        }
        slots[slot] = Int32(keys.count)
        keys.append(key)
        return slots[slot]
    }

    /// The members of each group side by side. Members were added in ascending order.
    mutating func members() -> [Int32] {
        var last = Array(repeating: Int32(-1), count: keys.count)
        ends = Array(repeating: 0, count: keys.count)
        var isRepeated = Array(repeating: false, count: pairs.count)
        for (index, group) in groups.enumerated() {
            isRepeated[index] = last[Int(group)] == pairs[index].member
            last[Int(group)] = pairs[index].member
            if !isRepeated[index] { ends[Int(group)] += 1 }
        }
        var next: [Int32] = []
        next.reserveCapacity(keys.count)
        var total: Int32 = 0
        for group in ends.indices {
            next.append(total)
            total += ends[group]
            ends[group] = total
        }
        var members = Array(repeating: Int32(0), count: Int(total))
        for (index, group) in groups.enumerated() where !isRepeated[index] {
            members[Int(next[Int(group)])] = pairs[index].member
            next[Int(group)] += 1
        }
        return members
    }
}
