import Testing

@testable import Reconciler

@Suite("Words with a slip in them are found by what remains without a letter")
struct VocabularyTests {
    private static func vocabulary(_ texts: [String]) -> Vocabulary {
        var vocabulary = Vocabulary()
        for text in texts { vocabulary.add(wordsOf: Array(text.utf8).span) }
        return vocabulary
    }

    @Test(
        "What a slip is, and what not",
        arguments: [
            ("smith", "smth", true), ("smith", "smithh", true), ("smith", "smyth", true), ("smith", "simth", true),
            ("smith", "msith", true),
            ("smith", "smiht", true), ("smith", "ssmith", true), ("smith", "smith", false), ("smith", "smyht", false),
            ("smith", "htims", false),
            ("smith", "smi", false), ("smith", "smithes", false), ("ab", "ba", true), ("abcd", "cbad", false), ("a", "", true),
        ])
    func slips(one: String, other: String, expected: Bool) {
        let (own, theirs) = (Array(one.utf8), Array(other.utf8))
        #expect(own.span.differsBySlip(from: theirs.span) == expected)
        #expect(theirs.span.differsBySlip(from: own.span) == expected)
    }

    @Test("Every slip of every word is found, and nothing else: held against all words one by one")
    func allFound() {
        let letters = Array("abc".utf8)
        var words: [[UInt8]] = [[]]
        for _ in 0..<5 { words += words.suffix(from: words.count / 4).flatMap { word in letters.map { word + [$0] } } }
        words = Array(Set(words.filter { (3...6).contains($0.count) })).sorted { $0.lexicographicallyPrecedes($1) }
        var vocabulary = Vocabulary()
        for word in words { vocabulary.add(wordsOf: word.span) }
        #expect(vocabulary.count == words.count)
        let remainders = vocabulary.remainders
        for word in words where word.count >= Vocabulary.shortest {
            let expected = words.filter { $0.span.differsBySlip(from: word.span) }.map { NameReading.wordKey($0.span) }
            #expect(Set(vocabulary.near(word.span, remainders)) == Set(expected))
        }
    }

    @Test("Texts longer than names are not gone through letter by letter")
    func longest() {
        func word(_ count: Int, _ last: Character = "a") -> String { String(repeating: "a", count: count - 1) + String(last) }
        let vocabulary = Self.vocabulary([word(40), word(41), word(64_000)])
        #expect(vocabulary.count == 1)
        #expect(vocabulary.near(Array(word(40, "b").utf8).span, vocabulary.remainders) == [NameReading.wordKey(word(40))])
        #expect(vocabulary.near(Array(word(41, "b").utf8).span, vocabulary.remainders).isEmpty)
        let text = Array("mary anne ".utf8)
        #expect(NameReading.joinedNames(of: text + Array(word(90).utf8)).count == 2)
        #expect(NameReading.joinedNames(of: text + Array(word(91).utf8)).isEmpty)
    }

    @Test("Words that come twice, in any piece, stand once; the shortest stand not at all")
    func joined() {
        var all = Self.vocabulary(["smith, john", "van smith"])
        all.add(Self.vocabulary(["john smyth", "smith"]))
        #expect(all.count == 4)
        let near = all.near(Array("smith".utf8).span, all.remainders)
        #expect(near == [NameReading.wordKey("smyth")])
        #expect(all.near(Array("jo".utf8).span, all.remainders).isEmpty)
        #expect(Vocabulary().near(Array("smith".utf8).span, Vocabulary().remainders).isEmpty)
    }
}
