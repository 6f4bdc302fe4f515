/// Which members (rows, or recipients) go under which key: a flat table, built once, without an object for each entry.
///
/// The members of a key come in ascending order, whatever order they were added in.
struct Postings {
    private var slots: [Int32]
    private var keys: [Key] = []
    private var ends: [Int32] = []
    private var members: [Int32] = []
    private let mask: Int

    /// The table of `pairs`; a pair given twice counts once.
    init(_ pairs: [(key: Key, member: Int32)]) {
        var capacity = 16
        while capacity < pairs.count * 2 { capacity *= 2 }
        mask = capacity - 1
        slots = Array(repeating: -1, count: capacity)
        var groups: [Int32] = []
        groups.reserveCapacity(pairs.count)
        for pair in pairs { groups.append(group(of: pair.key)) }
        fill(pairs, groups)
    }

    /// How many members have this key.
    func count(_ key: Key) -> Int { places(of: key).count }

    /// The members with this key, ascending.
    subscript(key: Key) -> ArraySlice<Int32> { members[places(of: key)] }

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

    /// Where the members with this key stand.
    private func places(of key: Key) -> Range<Int> {
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot] >= 0 {
            let group = Int(slots[slot])
            if keys[group] == key { return (group == 0 ? 0 : Int(ends[group - 1]))..<Int(ends[group]) }
            slot = (slot + 1) & mask
        }
        return 0..<0
    }

    /// The group of this key, a new one when the key is new.
    private mutating func group(of key: Key) -> Int32 {
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot] >= 0 {
            if keys[Int(slots[slot])] == key { return slots[slot] }
            slot = (slot + 1) & mask
        }
        slots[slot] = Int32(keys.count)
        keys.append(key)
        return slots[slot]
    }

    /// Lays the members of each group side by side: a counting sort by group. Members were added in ascending order.
    private mutating func fill(_ pairs: [(key: Key, member: Int32)], _ groups: [Int32]) {
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
        members = Array(repeating: 0, count: Int(total))
        for (index, group) in groups.enumerated() where !isRepeated[index] {
            members[Int(next[Int(group)])] = pairs[index].member
            next[Int(group)] += 1
        }
    }
}
