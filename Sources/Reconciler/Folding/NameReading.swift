/// A person's name as one text spells it, taken apart: words, initials, suffix, and what the text tells of their order.
///
/// `Smith, John Q.`, `JOHN Q SMITH` and a given name with a surname give the same words, initials and key. Titles (`Dr.`),
/// degrees after a comma (`, MBA`) and what stands in brackets are no part of a name; Jr, Sr, II, III and IV are.
struct NameReading: Equatable {
    /// Longer names are cut: nothing that long is a person's name, and every pair of words goes into an index.
    static let wordLimit = 6

    /// The digests of the words of two letters and more, in the text's order.
    private(set) var words: [Word] = []
    /// The one-letter words, in the text's order.
    private(set) var initials: [UInt8] = []
    /// Jr, Sr, II …, as a digest; 0 for none.
    private(set) var suffix: Key = 0
    /// How many of `words` are the surname, when the text (or its attribute) says so; 0 when it does not.
    private(set) var surnameCount = 0
    /// Whether the surname's words come first in `words` (meaningless while `surnameCount` is 0).
    private(set) var surnameComesFirst = false

    /// A word by its digest, with its first letter.
    struct Word: Equatable {
        /// The digest of the folded word.
        var key: Key
        /// The first byte of the folded word.
        var initial: UInt8
        /// Whether it only links names (van, de) and proves nothing by itself.
        var isLink: Bool
    }

    /// The readings of one text: one for each plain spelling of its letters.
    static func readings(of text: String) -> [NameReading] {
        guard !text.isEmpty else { return [] }
        return Folding.spellings(of: withoutBrackets(text)).map { NameReading(folded: $0) }
    }

    /// The readings of a name whose two parts are known. Empty unless both are there.
    static func readings(given: String, surname: String) -> [NameReading] {
        guard !given.isEmpty, !surname.isEmpty else { return [] }
        let givens = Folding.spellings(of: withoutBrackets(given))
        let surnames = Folding.spellings(of: withoutBrackets(surname))
        return (0..<max(givens.count, surnames.count)).map { index in
            let given = NameReading(folded: givens[min(index, givens.count - 1)])
            let surname = NameReading(folded: surnames[min(index, surnames.count - 1)])
            return NameReading(given: given, surname: surname)
        }
    }

    private init(given: NameReading, surname: NameReading) {
        words = Array((given.words + surname.words).prefix(Self.wordLimit))
        initials = given.initials + surname.initials
        suffix = surname.suffix == 0 ? given.suffix : surname.suffix
        surnameCount = words.isEmpty ? 0 : min(surname.words.count, words.count)
    }

    private init(folded: [UInt8]) {
        var parts = folded.split(separator: UInt8(ascii: ",")).map { $0.split(separator: UInt8(ascii: " ")) }
        if parts.count > 1, let last = parts.last, last.allSatisfy(NameParticles.isDegree) { parts.removeLast() }
        if parts.count > 1, let last = parts.last, last.allSatisfy(NameParticles.isSuffix) {
            parts.removeLast()
            parts[parts.count - 1] += last
        }
        if let first = parts.first?.first, parts[0].count > 1 || parts.count > 1, NameParticles.isTitle(first) { parts[0].removeFirst() }
        for (index, part) in parts.enumerated() {
            for word in part { append(word, isFirst: words.isEmpty && initials.isEmpty) }
            if index == 0, parts.count == 2 { surnameCount = words.count }
        }
        surnameComesFirst = surnameCount > 0
        if surnameCount == words.count, initials.isEmpty { surnameCount = 0 }
    }

    private mutating func append(_ word: ArraySlice<UInt8>, isFirst: Bool) {
        guard let initial = word.first else { return }
        if !isFirst, NameParticles.isSuffix(word) {
            suffix = Key(word)
        } else if word.count == 1 {
            initials.append(initial)
        } else if words.count < Self.wordLimit {
            words.append(Word(key: Key(word), initial: initial, isLink: NameParticles.isLink(word)))
        }
    }

    private static func withoutBrackets(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "(")) else { return text }
        var depth = 0
        var result = ""
        for character in text {
            if character == "(" { depth += 1 } else if character == ")" { depth = max(0, depth - 1) } else if depth == 0 { result.append(character) }
        }
        return result
    }
}

extension NameReading {
    /// A key that is the same for the same words in any order; `nil` for less than two words.
    var wholeNameKey: Key? {
        guard words.count > 1 else { return nil }
        var sum: UInt64 = 0
        for word in words { sum &+= word.key.mixed }
        return sum.with(UInt64(words.count))
    }

    /// The words of the surname, when the text tells them.
    var surname: ArraySlice<Word> {
        surnameCount == 0 ? [] : surnameComesFirst ? words.prefix(surnameCount) : words.suffix(surnameCount)
    }

    /// The words of the given name, when the text tells them.
    var givenName: ArraySlice<Word> {
        surnameCount == 0 ? [] : surnameComesFirst ? words.dropFirst(surnameCount) : words.dropLast(surnameCount)
    }

    /// Whether both say the same words, and do not both say that given name and surname are the other way round.
    func isSameName(as other: NameReading) -> Bool {
        guard let key = wholeNameKey, key == other.wholeNameKey else { return false }
        guard surnameCount > 0, other.surnameCount > 0 else { return true }
        return !Set(surname.map(\.key)).isDisjoint(with: other.surname.map(\.key))
    }

    /// The keys by which somebody with one of these words and another word (or initial) of that first letter is found.
    func nearKeys(_ body: (Key) -> Void) {
        for (place, word) in words.enumerated() where !word.isLink {
            for (other, partner) in words.enumerated() where other != place { body(Self.nearKey(word, partner.initial)) }
            for initial in initials { body(Self.nearKey(word, initial)) }
        }
    }

    /// The key of a word (a surname) together with the first letter of another (a given name).
    static func nearKey(_ word: Word, _ initial: UInt8) -> Key { word.key.with(UInt64(initial)) }
}
