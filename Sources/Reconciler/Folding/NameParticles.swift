/// Small words that stand beside a name. Folded, as everything here, and each as one number: all have two to five letters.
enum NameParticles {
    private static let suffixes = ["jr", "sr", "ii", "iii", "iv"].map(number)
    private static let titles = WordSet("dr prof mr mrs ms miss herr frau mme mlle dhr mevr ing dipl")
    private static let degrees = WordSet("mba cpa phd ph md eng esq dds msc bsc ma ba dr rn")
    private static let doctor = number("ph")
    private static let links = WordSet(
        "van von der den de del della di da das do dos du el la le les ten ter te zu zur af av bin al san st mac mc")

    /// The number of a word; 0 for a longer one than any of these.
    static func number(_ word: Span<UInt8>) -> UInt64 {
        guard word.count <= 5 else { return 0 }
        var number: UInt64 = 0
        for index in word.indices { number = number << 8 | UInt64(word[index]) }
        return number
    }

    /// Whether the word of this number tells generations apart (Jr, II).
    static func isSuffix(_ number: UInt64) -> Bool { suffix(number) != 0 }

    /// The bit of Jr, Sr, II, III or IV; 0 for every other word.
    static func suffix(_ number: UInt64) -> UInt8 {
        guard number > 0xFF, number <= 0xFF_FFFF, let place = suffixes.firstIndex(of: number) else { return 0 }
        return 1 << UInt8(place)
    }

    /// Whether the word is a title before a name.
    static func isTitle(_ number: UInt64) -> Bool { titles.contains(number) }

    /// Whether the word is a degree behind a name.
    static func isDegree(_ number: UInt64) -> Bool { degrees.contains(number) }

    /// Whether the word is the first half of `Ph.D.`
    static func isHalfOfDegree(_ number: UInt64) -> Bool { number == doctor }

    /// Whether the word only links the parts of names (van, de la) and so proves nothing when two names share it.
    static func isLink(_ number: UInt64) -> Bool { links.contains(number) }

    private static func number(_ word: String) -> UInt64 { number(Array(word.utf8).span) }

    /// A few words; nearly every word that is not among them is known by one bit.
    private struct WordSet {
        private let numbers: [UInt64]
        private let bits: UInt64

        init(_ words: String) {
            numbers = words.split(separator: " ").map { number(String($0)) }
            bits = numbers.reduce(0) { $0 | 1 << ($1.mixed & 63) }
        }

        func contains(_ number: UInt64) -> Bool {
            number != 0 && bits & (1 << (number.mixed & 63)) != 0 && numbers.contains(number)
        }
    }
}
