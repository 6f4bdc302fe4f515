/// A person's name as one text spells it, taken apart: words, initials, suffix, and what the text tells of their order.
///
/// `Smith, John Q.`, `JOHN Q SMITH` and a given name with a surname give the same words, initials and key. Titles (`Dr.`),
/// degrees after a comma (`, MBA`) and what stands in brackets are no part of a name; Jr, Sr, II, III and IV are.
struct NameReading: Equatable {
    /// Longer names are cut: nothing that long is a person's name, and every pair of words goes into an index.
    static let wordLimit = 6

    /// The words of two letters and more, in the text's order.
    private(set) var words = Words()
    /// The one-letter words.
    private(set) var initials: Letters = []
    /// The first of the one-letter words; 0 when there is none.
    private(set) var firstInitial: UInt8 = 0
    /// The first three letters of every word, each as one of 64 bits: where two names share no bit, no word begins another.
    private(set) var beginnings: UInt64 = 0
    /// Jr, Sr, II …, as bits; 0 for none.
    private(set) var suffix: UInt8 = 0
    /// How many of `words` are the surname, when the text (or its attribute) says so; 0 when it does not.
    private(set) var surnameCount: UInt8 = 0
    /// Whether the surname's words come first in `words` (meaningless while `surnameCount` is 0).
    private(set) var surnameComesFirst = false

    /// A word by its digest (55 bits), with its first letter, and whether it only links names (van, de).
    struct Word: Equatable {
        fileprivate let bits: UInt64

        fileprivate init(bits: UInt64) { self.bits = bits }

        init(_ word: ArraySlice<UInt8>) {
            bits = Key(word) << 9 | (NameParticles.isLink(word) ? 0x100 : 0) | UInt64(word.first ?? 0)
        }

        /// A digest of the whole word.
        var key: Key { bits.mixed }
        /// The first byte of the folded word.
        var initial: UInt8 { UInt8(truncatingIfNeeded: bits) }
        /// Whether the word proves nothing by itself.
        var isLink: Bool { bits & 0x100 != 0 }
    }

    /// Up to `wordLimit` words without a heap object.
    struct Words: Equatable, RandomAccessCollection {
        private var storage = InlineArray<6, UInt64>(repeating: 0)
        private(set) var endIndex = 0
        var startIndex: Int { 0 }

        subscript(index: Int) -> Word { Word(bits: storage[index]) }

        mutating func append(_ word: Word) {
            guard endIndex < NameReading.wordLimit else { return }
            storage[endIndex] = word.bits
            endIndex += 1
        }

        static func == (left: Words, right: Words) -> Bool { left.elementsEqual(right) }
    }

    /// The readings of one text: one for each plain spelling of its letters.
    static func readings(of text: String) -> [NameReading] {
        if text.isEmpty { return [] }
        let text = withoutBrackets(text)
        let dropped = Folding(text)
        let reading = NameReading(folded: dropped.bytes)
        return dropped.hasOtherSpelling ? [reading, NameReading(folded: Folding(text, .expanded).bytes)] : [reading]
    }

    /// The readings of a name whose two parts are known. Empty unless both are there.
    static func readings(given: String, surname: String) -> [NameReading] {
        let givens = readings(of: given)
        let surnames = readings(of: surname)
        guard let given = givens.first, let surname = surnames.first else { return [] }
        let first = NameReading(given: given, surname: surname)
        guard givens.count > 1 || surnames.count > 1 else { return [first] }
        return [first, NameReading(given: givens.last ?? given, surname: surnames.last ?? surname)]
    }

    private init(given: NameReading, surname: NameReading) {
        self = given
        for word in surname.words { words.append(word) }
        initials.formUnion(surname.initials)
        beginnings |= surname.beginnings
        suffix |= surname.suffix
        surnameCount = UInt8(Swift.max(0, words.count - given.words.count))
        surnameComesFirst = false
    }

    private init(folded: [UInt8]) {
        var part = Part()
        var start = 0
        for end in 0...folded.count where end == folded.count || folded[end] <= UInt8(ascii: ",") {
            if end > start { part.add(folded[start..<end]) }
            start = end + 1
            if end == folded.count || folded[end] == UInt8(ascii: ",") { append(&part) }
        }
        surnameComesFirst = surnameCount > 0
        if surnameCount == words.count, initials.isEmpty { surnameCount = 0 }
    }

    /// What stands between two commas.
    private struct Part {
        var words: [ArraySlice<UInt8>] = []
        var isDegrees = true
        var isSuffixes = true
        var number = 0

        init(number: Int = 0) { self.number = number }

        mutating func add(_ word: ArraySlice<UInt8>) {
            words.append(word)
            isDegrees = isDegrees && NameParticles.isDegree(word)
            isSuffixes = isSuffixes && NameParticles.isSuffix(word)
        }
    }

    /// Takes over a part. The first one before another with names in it is the surname; degrees and suffixes stand apart.
    private mutating func append(_ part: inout Part) {
        defer { part = Part(number: part.number + 1) }
        if part.number > 0, part.isSuffixes { return part.words.forEach { suffix |= NameParticles.suffix($0) } }
        if part.number > 0, part.isDegrees { return }
        if part.number == 1 { surnameCount = UInt8(words.count) }
        if part.number > 1 { surnameCount = 0 }
        for word in part.words { append(word: word) }
    }

    private mutating func append(word: ArraySlice<UInt8>) {
        let isFirst = words.isEmpty && initials.isEmpty
        if isFirst, NameParticles.isTitle(word) { return }
        if !isFirst, NameParticles.isSuffix(word) {
            suffix |= NameParticles.suffix(word)
        } else if word.count == 1, let initial = word.first {
            initials.formUnion(Letters(letter: initial))
            if firstInitial == 0 { firstInitial = initial }
        } else {
            words.append(Word(word))
            beginnings |= 1 << (Key(word.prefix(3)) & 63)
        }
    }

    private static func withoutBrackets(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "(")) else { return text }
        var depth = 0
        return text.filter { character in
            if character == "(" { depth += 1 }
            if character == ")" { depth = Swift.max(0, depth - 1) }
            return depth == 0 && character != ")"
        }
    }
}

extension NameReading {
    /// A key that is the same for the same words in any order; `nil` for less than two words.
    var wholeNameKey: Key? {
        guard words.count > 1 else { return nil }
        var sum: UInt64 = 0
        for word in words { sum &+= word.key }
        return sum.with(UInt64(words.count))
    }

    /// The words of the surname, when the text tells them.
    var surname: Slice<Words> {
        surnameCount == 0 ? words.prefix(0) : surnameComesFirst ? words.prefix(Int(surnameCount)) : words.suffix(Int(surnameCount))
    }

    /// The words of the given name, when the text tells them.
    var givenName: Slice<Words> {
        surnameCount == 0 ? words.prefix(0) : surnameComesFirst ? words.dropFirst(Int(surnameCount)) : words.dropLast(Int(surnameCount))
    }

    /// Whether both say the same words, and do not both say that given name and surname are the other way round.
    func isSameName(as other: NameReading) -> Bool {
        guard words.count == other.words.count, let key = wholeNameKey, key == other.wholeNameKey else { return false }
        guard surnameCount > 0, other.surnameCount > 0 else { return true }
        return surname.contains { other.surname.contains($0) }
    }

    /// The keys by which somebody with one of these words and another word (or initial) of that first letter is found.
    func nearKeys(_ body: (Key) -> Void) {
        for (place, word) in words.enumerated() where !word.isLink {
            for (other, partner) in words.enumerated() where other != place { body(Self.nearKey(word, partner.initial)) }
            if firstInitial != 0 { body(Self.nearKey(word, firstInitial)) }
        }
    }

    /// The key of a word (a surname) together with the first letter of another (a given name).
    static func nearKey(_ word: Word, _ initial: UInt8) -> Key { word.key.with(UInt64(initial)) }
}
