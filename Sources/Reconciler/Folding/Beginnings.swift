/// The first three letters of some words, each as one of 64 bits, twice over: where two names share no bit, no word begins another.
struct Beginnings: Equatable {
    private var first: UInt64 = 0
    private var second: UInt64 = 0

    /// The beginnings of all words there are.
    static let all = Beginnings(first: .max, second: .max)

    private init(first: UInt64, second: UInt64) {
        self.first = first
        self.second = second
    }

    /// No words.
    init() {}

    /// Whether there is no word.
    var isEmpty: Bool { first == 0 }

    /// Adds a word's beginning.
    mutating func insert(_ word: Span<UInt8>) {
        let key = Key(word.extracting(first: 3))
        first |= 1 << (key & 63)
        second |= 1 << (key >> 6 & 63)
    }

    /// Adds the beginnings of other words.
    mutating func formUnion(_ other: Beginnings) {
        first |= other.first
        second |= other.second
    }

    /// False when no word of one begins with the three letters of a word of the other. True too often, never too seldom.
    func mayMeet(_ other: Beginnings) -> Bool { first & other.first != 0 && second & other.second != 0 }
}
