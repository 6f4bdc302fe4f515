import Parallel

/// The words of the directory's names, each once, with its letters: where a word with a slip in it is looked for.
///
/// A slip is one letter left out, put in or exchanged, or two turned round (Damerau 1964). Two words with such a difference have a common
/// remainder once a letter is left out of each, so words are found by their remainders, never one against all.
struct Vocabulary: Sendable {
    /// The length that one of two words must have at least; among shorter ones nearly everything is a slip of something.
    static let shortest = 4
    /// Longer words are no names, and what remains of a word costs the square of its length.
    static let longest = 40

    private var keys: [Key] = []
    private var letters: [UInt8] = []
    private var ends: [Int] = []
    /// Where each word stands, by its key: an open table, -1 where nothing is.
    private var slots = Array(repeating: Int32(-1), count: 64)

    /// How many words there are.
    var count: Int { keys.count }

    /// Adds the words of a folded text.
    mutating func add(wordsOf text: Span<UInt8>) {
        text.forEachPart { part in
            part.forEachWord { word in
                if Self.mayBeName(word) { add(word, NameReading.wordKey(word)) }
            }
        }
    }

    /// Adds all words of another one.
    mutating func add(_ other: Vocabulary) {
        for index in other.keys.indices { add(other.letters.span.extracting(other.places(index)), other.keys[index]) }
    }

    private mutating func add(_ word: Span<UInt8>, _ key: Key) {
        var slot = Int(truncatingIfNeeded: key) & (slots.count - 1)
        while slots[slot] >= 0 {
            if keys[Int(slots[slot])] == key { return }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(keys.count)
        keys.append(key)
        word.withUnsafeBufferPointer { letters.append(contentsOf: $0) }
        ends.append(letters.count)
        if keys.count * 2 > slots.count { grow() }
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 4)
        for (index, key) in keys.enumerated() {
            var slot = Int(truncatingIfNeeded: key) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(index)
        }
    }

    private func places(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    // MARK: looking

    /// The words by what remains of them when a letter is left out, and by themselves.
    var remainders: Postings {
        let pieces = Parallel.map(keys.count, inPiecesOf: 4096) { range in
            var pairs: [(key: Key, member: Int32)] = []
            pairs.reserveCapacity(range.count * 8)
            for index in range {
                let word = letters.span.extracting(places(index))
                Self.forEachRemainder(of: word) { pairs.append(($0, Int32(index))) }
            }
            return pairs
        }
        return Postings(Array(pieces.joined()))
    }

    /// The keys of the words that differ from this one by a slip; `remainders` are this vocabulary's.
    func near(_ word: Span<UInt8>, _ remainders: Postings) -> [Key] {
        guard Self.mayBeName(word) else { return [] }
        var near: [Key] = []
        Self.forEachRemainder(of: word) { remainder in
            for index in remainders[remainder] {
                let place = Int(index)
                let other = letters.span.extracting(places(place))
                guard max(word.count, other.count) >= Self.shortest, !near.contains(keys[place]), other.differsBySlip(from: word) else {
                    continue
                }
                near.append(keys[place])
            }
        }
        return near
    }

    /// Whether a word's length is one that is looked at.
    private static func mayBeName(_ word: Span<UInt8>) -> Bool { (shortest - 1...longest).contains(word.count) }

    private static func forEachRemainder(of word: Span<UInt8>, _ body: (Key) -> Void) {
        body(Key(word))
        for left in word.indices {
            var hash = Key.start
            for index in word.indices where index != left { hash.take(word[index]) }
            body(hash.mixed)
        }
    }
}

extension Span<UInt8> {
    /// Whether one letter more, less or another, or two turned round, make one word of the other. Not for equal words.
    func differsBySlip(from other: Span<UInt8>) -> Bool {
        if count < other.count { return other.differsBySlip(from: self) }
        guard count - other.count <= 1 else { return false }
        var start = 0
        while start < other.count, self[start] == other[start] { start += 1 }
        if start == count { return false }
        if count > other.count { return extracting((start + 1)...).isEqual(to: other.extracting(start...)) }
        if extracting((start + 1)...).isEqual(to: other.extracting((start + 1)...)) { return true }
        guard start + 1 < count, self[start] == other[start + 1], self[start + 1] == other[start] else { return false }
        return extracting((start + 2)...).isEqual(to: other.extracting((start + 2)...))
    }

    private func isEqual(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }
}
