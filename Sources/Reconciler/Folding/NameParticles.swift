/// Small words that stand beside a name. Folded, as everything here.
enum NameParticles {
    private static let suffixes = list("jr sr ii iii iv")
    private static let titles = set("dr prof mr mrs ms miss herr frau mme mlle dhr mevr ing dipl")
    private static let degrees = set("mba cpa phd md eng esq dds msc bsc ma ba dr rn")
    private static let links = set(
        "van von der den de del della di da das do dos du el la le les ten ter te zu zur af av bin al san st mac mc")

    /// Whether `word` tells generations apart (Jr, II).
    static func isSuffix(_ word: ArraySlice<UInt8>) -> Bool { suffix(word) != 0 }

    /// The bit of Jr, Sr, II, III or IV; 0 for every other word.
    static func suffix(_ word: ArraySlice<UInt8>) -> UInt8 {
        guard word.count == 2 || word.count == 3, let place = suffixes.firstIndex(where: { $0.elementsEqual(word) }) else { return 0 }
        return 1 << UInt8(place)
    }

    /// Whether `word` is a title before a name.
    static func isTitle(_ word: ArraySlice<UInt8>) -> Bool { has(titles, word) }

    /// Whether `word` is a degree behind a name.
    static func isDegree(_ word: ArraySlice<UInt8>) -> Bool { has(degrees, word) }

    /// Whether `word` only links the parts of names (van, de la) and so proves nothing when two names share it.
    static func isLink(_ word: ArraySlice<UInt8>) -> Bool { has(links, word) }

    /// Words of up to five letters, as one number each.
    private static func has(_ words: Set<UInt64>, _ word: ArraySlice<UInt8>) -> Bool { word.count <= 5 && words.contains(number(word)) }

    private static func number(_ word: some Sequence<UInt8>) -> UInt64 { word.reduce(0) { $0 << 8 | UInt64($1) } }

    private static func list(_ words: String) -> [[UInt8]] { words.utf8.split(separator: UInt8(ascii: " ")).map(Array.init) }

    private static func set(_ words: String) -> Set<UInt64> { Set(list(words).map { number($0) }) }
}
