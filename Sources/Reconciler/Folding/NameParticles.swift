/// Small words that stand beside a name. Folded, as everything here.
enum NameParticles {
    private static let suffixes = set("jr sr ii iii iv")
    private static let titles = set("dr prof mr mrs ms miss herr frau mme mlle sr sra dhr mevr ing dipl")
    private static let degrees = set("mba cpa phd md eng esq dds msc bsc ma ba dr rn")
    private static let links = set("van von der den de del della di da das do dos du el la le les ten ter te zu zur af av y e i bin al san st mac mc")

    /// Whether `word` tells generations apart (Jr, II).
    static func isSuffix(_ word: ArraySlice<UInt8>) -> Bool { word.count <= 3 && suffixes.contains(Array(word)) }

    /// Whether `word` is a title before a name.
    static func isTitle(_ word: ArraySlice<UInt8>) -> Bool { word.count <= 5 && titles.contains(Array(word)) }

    /// Whether `word` is a degree behind a name.
    static func isDegree(_ word: ArraySlice<UInt8>) -> Bool { word.count <= 3 && degrees.contains(Array(word)) }

    /// Whether `word` only links the parts of names (van, de la) and so proves nothing when two names share it.
    static func isLink(_ word: ArraySlice<UInt8>) -> Bool { word.count <= 5 && links.contains(Array(word)) }

    private static func set(_ words: String) -> Set<[UInt8]> {
        Set(words.utf8.split(separator: UInt8(ascii: " ")).map(Array.init))
    }
}
