internal import Records

/// Entries that came more than once in one read.
struct RepeatedEntries: Sendable {
    /// One of them, with its DN where that is known; there may be as many as entries, so not of all.
    struct Entry: Sendable {
        var digest: EntryDigest
        var dn: String?
        /// Whether it came under more than one DN, and so is one entry by its id alone.
        var isRenamed = false
    }

    private(set) var entries: [Entry]
    private static let mostNames = 100

    init(entries: [Entry] = []) { self.entries = entries }

    var count: Int { entries.count }
    var isEmpty: Bool { entries.isEmpty }

    /// Those that came under more than one DN.
    var renamed: RepeatedEntries { RepeatedEntries(entries: entries.filter(\.isRenamed)) }

    /// The first by name of those whose name is known: the same for any order in which they came.
    var example: String? { entries.compactMap(\.dn).min() }

    mutating func add(_ digest: EntryDigest, isRenamed: Bool = false, dn: @autoclosure () -> String?) {
        entries.append(Entry(digest: digest, dn: entries.count < Self.mostNames ? dn() : nil, isRenamed: isRenamed))
    }

    mutating func add(_ others: RepeatedEntries) { entries += others.entries }

    /// Leaves out those that changed meanwhile: an entry that was moved may come where it was and where it is.
    mutating func remove(changed: [EntryDigest]) {
        guard !entries.isEmpty, !changed.isEmpty else { return }
        let names = Set(changed.map(\.name))
        let ids = Set(changed.map(\.id)).subtracting([0])
        entries.removeAll { names.contains($0.digest.name) || ids.contains($0.digest.id) }
    }

    /// How many, and which for instance: `40 entries came more than once, such as 'cn=…'`.
    func words(_ verb: String, ofOne single: String? = nil) -> String {
        "\(count) entr\(count == 1 ? "y \(single ?? verb)" : "ies \(verb)") more than once\(example.map { ", such as '\($0)'" } ?? "")"
    }
}

/// Finds equal numbers among many.
enum EqualNumbers {
    /// Each number that was there before: its place, and the place of the first like it. Zeros are no numbers. `more` stand behind the
    /// others.
    ///
    /// The numbers are dealt into heaps by their first bits, so that the table for a heap stays in the processor's own memory: a million take
    /// some ten milliseconds, and 8 MB meanwhile.
    static func repeats(in numbers: [UInt64], _ more: [UInt64] = []) -> [(place: Int, first: Int)] {
        let count = numbers.count + more.count
        let bits = max(0, (Int.bitWidth - count.leadingZeroBitCount) - heapBits)
        func heap(_ number: UInt64) -> Int { bits == 0 ? 0 : Int(truncatingIfNeeded: number >> UInt64(64 - bits)) }
        var starts = [Int](repeating: 0, count: (1 << bits) + 1)
        for number in numbers where number != 0 { starts[heap(number) + 1] += 1 }
        for number in more where number != 0 { starts[heap(number) + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var next = starts
        var dealt = [Dealt](repeating: Dealt(number: 0, place: 0), count: starts[starts.count - 1])
        func deal(_ number: UInt64, _ place: Int) {
            if number == 0 { return }
            let heap = heap(number)
            dealt[next[heap]] = Dealt(number: number, place: place)
            next[heap] += 1
        }
        for place in numbers.indices { deal(numbers[place], place) }
        for place in more.indices { deal(more[place], numbers.count + place) }
        var found: [(place: Int, first: Int)] = []
        var table = HeapTable()
        for index in 0..<1 << bits {
            table.search(dealt, starts[index]..<starts[index + 1], &found) { place in
                place < numbers.count ? numbers[place] : more[place - numbers.count]
            }
        }
        return found.sorted { $0.place < $1.place }
    }

    /// About so many numbers are in a heap: two to this.
    private static let heapBits = 11

    /// Half of a number, and its place.
    private struct Dealt {
        let half, place: UInt32

        init(number: UInt64, place: Int) {
            half = UInt32(truncatingIfNeeded: number)
            self.place = UInt32(truncatingIfNeeded: place)
        }
    }

    /// A table of the numbers in one heap, in memory that serves again for the next.
    private struct HeapTable {
        /// Places in the heap and one; 0 for none.
        private var slots: [Int32] = []

        mutating func search(
            _ dealt: [Dealt], _ heap: Range<Int>, _ found: inout [(place: Int, first: Int)], number: (Int) -> UInt64
        ) {
            let size = 1 << (Int.bitWidth - (2 * heap.count).leadingZeroBitCount)
            if slots.count < size { slots = Array(repeating: 0, count: size) }
            for index in 0..<size { slots[index] = 0 }
            let mask = size - 1
            for index in heap {
                let half = dealt[index].half
                let place = Int(dealt[index].place)
                var slot = Int(half) & mask
                while slots[slot] > 0 {
                    let other = dealt[heap.lowerBound + Int(slots[slot]) - 1]
                    if other.half == half, number(Int(other.place)) == number(place) {
                        found.append((place, Int(other.place)))
                        break
                    }
                    slot = (slot + 1) & mask
                }
                if slots[slot] == 0 { slots[slot] = Int32(index - heap.lowerBound + 1) }
            }
        }
    }
}
