import Testing

@testable import Reconciler

@Suite("Folding takes away what people vary")
struct FoldingTests {
    @Test(
        "Case, accents and punctuation",
        arguments: [
            ("JOHN SMITH", "john smith"), ("O'Brien", "obrien"), ("O\u{2019}Brien", "obrien"), ("Jean-Pierre", "jean pierre"),
            ("Smith,John", "smith,john"), ("Smith , John", "smith,john"), ("j.smith", "j smith"), ("  two   blanks ", "two blanks"),
            ("Łukasz Wałęsa", "lukasz walesa"), ("Straße", "strasse"), ("Ægir Þór", "aegir thor"), ("Nguyễn", "nguyen"),
            ("José", "jose"), ("Jose\u{301}", "jose"), ("Œuvré", "oeuvre"), ("Đorđe", "dorde"), ("", ""), (",", ""), ("Smith,", "smith"),
        ])
    func folds(text: String, folded: String) {
        #expect(Folding(text).bytes == Array(folded.utf8))
    }

    @Test(
        "Umlauts, rings and strokes have two plain spellings, composed or not",
        arguments: [
            ("Müller", ["muller", "mueller"]), ("Mu\u{308}ller", ["muller", "mueller"]), ("MÜLLER", ["muller", "mueller"]),
            ("Jørgensen", ["jorgensen", "joergensen"]), ("Åberg", ["aberg", "aaberg"]), ("A\u{30A}berg", ["aberg", "aaberg"]),
            ("Mueller", ["mueller"]), ("Citroën", ["citroen"]),
        ])
    func spells(text: String, spellings: [String]) {
        #expect(Folding.spellings(of: text) == spellings.map { Array($0.utf8) })
    }

    @Test("Letters outside Latin are kept, in lower case")
    func foreign() {
        #expect(Folding("ИВАН Петров").bytes == Array("ivan petrov".utf8))
        #expect(Folding("王 小明").bytes == Array("王 小明".utf8))
    }
}

@Suite("Readings of names")
struct NameReadingTests {
    @Test(
        "The same name, however it is spelled",
        arguments: [
            ("John Smith", "SMITH, JOHN"), ("John Smith", "Smith John"), ("Jörg Müller", "Joerg Mueller"), ("Jörg Müller", "JORG MULLER"),
            ("John Q. Smith", "Smith, John Q"), ("Dr. John Smith", "John Smith"), ("John Smith, MBA", "John Smith"),
            ("John Smith (Sales)", "Smith, John"), ("Jean-Pierre Dupont", "Jean Pierre Dupont"), ("Vincent van Gogh", "van Gogh, Vincent"),
        ])
    func same(one: String, other: String) {
        #expect(areSame(one, other))
    }

    @Test(
        "Not the same name",
        arguments: [
            ("John Smith", "Jon Smith"), ("Thomas, Martin", "Martin, Thomas"), ("Mueller", "Mueller"), ("Mueller, Jan", "Muller, Jan"),
            ("J. Smith", "John Smith"), ("John Smith", "John Smith Jones"), ("", ""),
        ])
    func different(one: String, other: String) {
        #expect(!areSame(one, other))
    }

    @Test("Jr and II are kept apart from the words")
    func suffixes() {
        #expect(readings(of: "John Smith Jr.").first?.suffix == readings(of: "Smith, John, Jr").first?.suffix)
        #expect(readings(of: "John Smith II").first?.suffix != readings(of: "John Smith Jr").first?.suffix)
        #expect(readings(of: "John Smith").first?.suffix == 0)
    }

    private func readings(of text: String) -> [NameReading] {
        var folding = Folding()
        var readings: [NameReading] = []
        NameReading.spellings(of: text, &folding)?.forEach { readings.append($0) }
        return readings
    }

    private func areSame(_ one: String, _ other: String) -> Bool {
        readings(of: one).contains { own in readings(of: other).contains { own.isSameName(as: $0) } }
    }
}

@Suite("Postings")
struct PostingsTests {
    @Test("Members come back by key, in order and once")
    func members() {
        let table = Postings([(key: 7, member: 1), (key: 7, member: 1), (key: 9, member: 1), (key: 7, member: 4), (key: 23, member: 5)])
        #expect(Array(table[7]) == [1, 4])
        #expect(Array(table[9]) == [1])
        #expect(Array(table[23]) == [5])
        #expect(table[8].isEmpty)
        #expect(Postings([])[7].isEmpty)
    }

    @Test("Any number of members come back, by keys of every kind", arguments: [0, 1, 5_000, 100_000])
    func many(_ count: Int) {
        var numbers = UInt64(count) | 1
        func next() -> UInt64 {
            numbers = numbers &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return numbers >> 20
        }
        // Keys that every other member has, that few have, that stand close together, and that differ only at the upper end.
        var pairs: [(key: Key, member: Int32)] = []
        for member in 0..<count {
            for key in [next() % 2, next() % 1000 + 10, UInt64(member) + 5000, next() << 44, next().mixed] {
                pairs.append((key, Int32(member)))
            }
            if member % 7 == 0, let last = pairs.last { pairs.append(last) }
        }
        var expected: [Key: [Int32]] = [:]
        for pair in pairs where expected[pair.key]?.last != pair.member { expected[pair.key, default: []].append(pair.member) }
        let table = Postings(pairs)
        #expect(expected.allSatisfy { Array(table[$0.key]) == $0.value })
        #expect(
            (0..<1000).allSatisfy { _ in
                let key = next().mixed
                return Array(table[key]) == expected[key, default: []]
            })
    }

    @Test(
        "Cyrillic and Greek in Latin letters: the usual spelling, and that of passports where it is another",
        arguments: [
            ("Сергей", ["sergey", "sergei"]), ("ДМИТРИЙ", ["dmitry", "dmitrii"]), ("Юлия", ["yulia", "iuliia"]), ("Хрущёв", ["khrushchev"]),
            ("Игорь", ["igor"]), ("Объездной", ["obezdnoy", "obezdnoi"]), ("Белый", ["bely", "belyi"]), ("Київ", ["kiyiv", "kiiv"]),
            ("Ћирић", ["ciric"]), ("Ђорђе", ["djordje"]), ("Παπαδόπουλος", ["papadopoulos"]), ("ΕΥΑΓΓΕΛΟΣ", ["evangelos", "efangelos"]),
            ("Μπάμπης", ["bampis"]), ("Σφιγξ", ["sfinx"]), ("Ψαρράς", ["psarras"]), ("о'Нил", ["onil"]), ("А. Б.", ["a b"]),
            ("Петров-Водкин", ["petrov vodkin"]), ("Й", ["y", "i"]), ("ѹ", ["ѹ"]),
        ])
    func transliteration(text: String, spellings: [String]) {
        #expect(Folding.spellings(of: text).map { String(decoding: $0, as: UTF8.self) } == spellings)
    }
}
