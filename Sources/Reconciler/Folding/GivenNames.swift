/// Which given names people use for each other: Bill for William, Sepp for Josef.
///
/// A short form may stand for several names (Alex, Chris), and those do not stand for each other. The table is general knowledge of the
/// languages that Exchange 5.5 was sold in; it only makes somebody worth a look or adds to other evidence, and decides nothing by itself.
final class GivenNames: Sendable {
    /// The table of this program.
    static let usual = GivenNames(table)

    /// The lines in which each word stands.
    private let lines: [Key: [UInt16]]
    /// For each word that stands for others a key that they all share.
    private let families: [Key: Key]

    /// Reads a table: each line has a name and its usual forms, folded, with blanks between them. `more`: the same, as people write them.
    init(_ table: String, and more: [[String]] = []) {
        var lines: [Key: [UInt16]] = [:]
        var parents: [Int] = []
        func root(_ line: Int) -> Int {
            var line = line
            while parents[line] != line { line = parents[line] }
            return line
        }
        let known = table.split(separator: "\n").lazy.map { line in line.split(separator: " ").map { NameReading.wordKey($0) } }
        let told = more.lazy.map { line in line.flatMap(Self.keys) }
        for (number, line) in (Array(known) + Array(told)).enumerated() {
            parents.append(number)
            for key in line {
                if let other = lines[key]?.first { parents[root(number)] = root(Int(other)) }
                if lines[key]?.last != UInt16(number) { lines[key, default: []].append(UInt16(number)) }
            }
        }
        self.lines = lines
        families = lines.mapValues { UInt64(root(Int($0[0])) + 1).mixed }
    }

    /// The keys of a word in all its spellings: those of Jörg are those of jorg and joerg.
    private static func keys(of name: String) -> [Key] {
        var keys: [Key] = []
        for spelling in Folding.spellings(of: name) {
            spelling.span.forEachPart { part in part.forEachWord { word in keys.append(NameReading.wordKey(word)) } }
        }
        return keys
    }

    /// Whether two different words are usual forms of one name.
    func areForms(_ one: Key, _ other: Key) -> Bool {
        guard let these = lines[one], let those = lines[other] else { return false }
        return these.contains { those.contains($0) }
    }

    /// A key that all names share that this one may stand for, or that may stand for it: the word's own for most words.
    func family(_ word: Key) -> Key { families[word] ?? word }
}
