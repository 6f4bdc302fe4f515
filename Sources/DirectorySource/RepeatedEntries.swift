internal import Records

/// Entries that came more than once in one read.
struct RepeatedEntries: Sendable {
    /// One of them, with its DN where that is known; there may be as many as entries, so not of all.
    struct Entry: Sendable {
        var digest: EntryDigest
        var dn: String?
    }

    private(set) var entries: [Entry] = []
    private static let mostNames = 100

    var count: Int { entries.count }
    var isEmpty: Bool { entries.isEmpty }

    /// The first by name of those whose name is known: the same for any order in which they came.
    var example: String? { entries.compactMap(\.dn).min() }

    mutating func add(_ digest: EntryDigest, dn: @autoclosure () -> String?) {
        entries.append(Entry(digest: digest, dn: entries.count < Self.mostNames ? dn() : nil))
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
    func words(_ verb: String) -> String {
        "\(count) entr\(count == 1 ? "y" : "ies") \(verb) more than once\(example.map { ", such as '\($0)'" } ?? "")"
    }
}

/// Finds equal numbers among many.
enum EqualNumbers {
    /// Each number that was there before: its place, and the place of the first like it. Zeros are no numbers.
    ///
    /// The numbers are dealt into heaps by their first bits, so that the table for a heap stays in the processor's own memory: a million take
    /// some twenty milliseconds.
    static func repeats(in numbers: [UInt64]) -> [(place: Int, first: Int)] {
        let bits = max(0, (Int.bitWidth - numbers.count.leadingZeroBitCount) - heapBits)
        func heap(_ number: UInt64) -> Int { bits == 0 ? 0 : Int(truncatingIfNeeded: number >> UInt64(64 - bits)) }
        var ends = [Int](repeating: 0, count: (1 << bits) + 1)
        for number in numbers { ends[heap(number) + 1] += 1 }
        for index in 1..<ends.count { ends[index] += ends[index - 1] }
        let starts = ends
        var dealt = [(number: UInt64, place: Int32)](repeating: (0, 0), count: numbers.count)
        for (place, number) in numbers.enumerated() {
            let heap = heap(number)
            dealt[ends[heap]] = (number, Int32(place))
            ends[heap] += 1
        }
        var found: [(place: Int, first: Int)] = []
        var table = HeapTable()
        for index in 0..<1 << bits {
            table.search(dealt, starts[index]..<starts[index + 1], &found)
        }
        return found.sorted { $0.place < $1.place }
    }

    /// About so many numbers are in a heap: two to this.
    private static let heapBits = 12

    /// A table of the numbers in one heap, in memory that serves again for the next.
    private struct HeapTable {
        /// Places in the heap and one; 0 for none.
        private var slots = [Int32](repeating: 0, count: 1 << (heapBits + 2))

        mutating func search(
            _ dealt: [(number: UInt64, place: Int32)], _ heap: Range<Int>, _ found: inout [(place: Int, first: Int)]
        ) {
            if slots.count < 2 * heap.count {
                slots = Array(repeating: 0, count: 1 << (Int.bitWidth - (2 * heap.count).leadingZeroBitCount))
            }
            let mask = slots.count - 1
            for index in slots.indices { slots[index] = 0 }
            for index in heap {
                let (number, place) = dealt[index]
                if number == 0 { continue }
                var slot = Int(truncatingIfNeeded: number) & mask
                while slots[slot] > 0, dealt[heap.lowerBound + Int(slots[slot]) - 1].number != number { slot = (slot + 1) & mask }
                if slots[slot] > 0 {
                    found.append((Int(place), Int(dealt[heap.lowerBound + Int(slots[slot]) - 1].place)))
                } else {
                    slots[slot] = Int32(index - heap.lowerBound + 1)
                }
            }
        }
    }
}
