/// Gives each different text a number, from 0, by its bytes: for counting many texts of which most are the same, without a `String` for each.
struct SpellingTable {
    private var bytes: [UInt8] = []
    /// Where each text ends in `bytes`.
    private var ends: [Int] = []
    /// By hash, the number of a text and one; 0 for none. Twice as many places as texts, at least.
    private var places = [Int](repeating: 0, count: 64)

    /// How many texts there are.
    var count: Int { ends.count }

    /// The number of a text; a new one gets the next.
    mutating func number(of text: Span<UInt8>) -> Int {
        let place = place(of: text)
        if places[place] > 0 { return places[place] - 1 }
        text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        ends.append(bytes.count)
        places[place] = count
        if 2 * count > places.count { grow() }
        return count - 1
    }

    /// A text by its number; what is not UTF-8 in it is replaced.
    func text(_ number: Int) -> String { String(decoding: bytes[range(number)], as: UTF8.self) }

    /// Whether the text of this number is the same.
    func isText(_ number: Int, _ text: Span<UInt8>) -> Bool { bytes.span.extracting(range(number)).isSame(as: text) }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    /// Where the text is, or would be.
    private func place(of text: Span<UInt8>) -> Int {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: text.quickHash >> 32) & mask
        while places[place] > 0, !isText(places[place] - 1, text) { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        places = [Int](repeating: 0, count: 4 * places.count)
        for number in 0..<count { places[place(of: bytes.span.extracting(range(number)))] = number + 1 }
    }
}
