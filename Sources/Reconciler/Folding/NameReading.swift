/// A person's name as one text spells it, taken apart: words, initials, suffix, and what the text tells of their order.
///
/// `Smith, John Q.`, `JOHN Q SMITH` and a given name with a surname give the same words, initials and key. Titles (`Dr.`),
/// degrees after a comma (`, MBA`) and what stands in brackets are no part of a name; Jr, Sr, II, III and IV are.
struct NameReading: Equatable {
    /// Longer names are cut: nothing that long is a person's name, and every pair of words goes into an index.
    static let wordLimit = 6
    /// Slips and blanks are looked for in no longer text, in bytes: MS Mail's names have 30 letters, and the cost is the square of the length.
    static let longestWithSlips = 100

    /// The words of two letters and more, in the text's order.
    private(set) var words = Words()
    /// A key that is the same for the same words in any order; 0 for less than two words.
    private(set) var wholeName: Key = 0
    /// The one-letter words.
    private(set) var initials: Letters = []
    /// The beginnings of every word.
    private(set) var beginnings = Beginnings()
    /// The first of the one-letter words; 0 when there is none.
    private(set) var firstInitial: UInt8 = 0
    /// Jr, Sr, II …, as bits; 0 for none.
    private(set) var suffix: UInt8 = 0
    /// How many of `words` are the surname, when the text (or its attribute) says so; 0 when it does not.
    private(set) var surnameCount: UInt8 = 0
    /// Whether the surname's words come first in `words` (meaningless while `surnameCount` is 0).
    private(set) var surnameComesFirst = false

    /// Where an entry says this.
    private(set) var sources: Sources = []

    /// Which of an entry's names give a reading.
    struct Sources: OptionSet {
        let rawValue: UInt8
        static let displayName = Sources(rawValue: 1)
        static let givenNameAndSurname = Sources(rawValue: 2)
        static let x400Address = Sources(rawValue: 4)
    }

    /// Says where an entry says this, too.
    mutating func add(_ source: Sources) { sources.formUnion(source) }

    /// A word by its digest (55 bits), with its first letter, and whether it only links names (van, de).
    struct Word: Equatable {
        fileprivate let bits: UInt64

        fileprivate init(bits: UInt64) { self.bits = bits }

        init(_ word: Span<UInt8>, isLink: Bool) { bits = Key(word) << 9 | (isLink ? 0x100 : 0) | UInt64(word[0]) }

        /// A digest of the whole word.
        var key: Key { (bits & ~0x100).mixed }
        /// The first byte of the folded word.
        var initial: UInt8 { UInt8(truncatingIfNeeded: bits) }
        /// The word as one that proves something.
        var asName: Word { Word(bits: bits & ~0x100) }
        /// Whether the word proves nothing by itself.
        var isLink: Bool { bits & 0x100 != 0 }
    }

    /// Up to `wordLimit` words without a heap object.
    struct Words: Equatable, RandomAccessCollection {
        private var storage = InlineArray<6, UInt64>(repeating: 0)
        private var count8: UInt8 = 0
        var startIndex: Int { 0 }
        var endIndex: Int { Int(count8) }

        subscript(index: Int) -> Word { Word(bits: storage[index]) }

        mutating func append(_ word: Word) {
            guard endIndex < NameReading.wordLimit else { return }
            storage[endIndex] = word.bits
            count8 += 1
        }

        static func == (left: Words, right: Words) -> Bool { left.elementsEqual(right) }
    }

    /// The key of a folded word.
    static func wordKey(_ word: some StringProtocol) -> Key { Word(Array(word.utf8).span, isLink: false).key }

    /// The keys of the whole names that a folded text would be if one blank of it were not there: Mary Anne Evans may be MaryAnne Evans. None of a
    /// text that is too long.
    static func joinedNames(of folded: [UInt8]) -> [Key] {
        guard folded.count <= longestWithSlips else { return [] }
        return folded.indices.compactMap { place in
            guard folded[place] == UInt8(ascii: " ") else { return nil }
            var joined = folded
            joined.remove(at: place)
            let name = NameReading(folded: joined.span).wholeName
            return name == 0 ? nil : name
        }
    }

    /// The same of borrowed bytes.
    static func wordKey(_ word: Span<UInt8>) -> Key { Word(word, isLink: false).key }

    /// The readings of one text, one for each plain spelling of its letters.
    struct Spellings {
        let dropped: NameReading
        let expanded: NameReading?

        func forEach(_ body: (NameReading) -> Void) {
            body(dropped)
            if let expanded { body(expanded) }
        }
    }

    /// The readings of one text; `nil` for an empty one. In a name of two words none only links: Al Arnold, Van Nguyen.
    static func spellings(of text: String, _ folding: inout Folding) -> Spellings? {
        guard let spellings = parts(of: text, &folding) else { return nil }
        return Spellings(dropped: spellings.dropped.withNameInLink, expanded: spellings.expanded?.withNameInLink)
    }

    /// The readings of a text that is a whole name or a part of one.
    private static func parts(of text: String, _ folding: inout Folding) -> Spellings? {
        if text.isEmpty { return nil }
        let text = withoutBrackets(text)
        folding.fold(text)
        let dropped = NameReading(folded: folding.bytes.span)
        guard folding.hasOtherSpelling else { return Spellings(dropped: dropped, expanded: joined(folding.bytes)) }
        folding.fold(text, .expanded)
        return Spellings(dropped: dropped, expanded: NameReading(folded: folding.bytes.span))
    }

    /// A name of two words in a script that is not spelled in Latin letters, as the one word that it often is: 山田 太郎, 山田太郎. `nil` for every other one.
    private static func joined(_ folded: [UInt8]) -> NameReading? {
        guard folded.first ?? 0 >= 0x80, let blank = folded.firstIndex(of: UInt8(ascii: " ")) else { return nil }
        var word = folded
        word.remove(at: blank)
        return word.allSatisfy { $0 >= 0x80 } ? NameReading(folded: word.span) : nil
    }

    /// The readings of a name whose two parts are known; `nil` unless both are there.
    static func spellings(given: String, surname: String, _ folding: inout Folding) -> Spellings? {
        guard let givens = parts(of: given, &folding), let surnames = parts(of: surname, &folding) else { return nil }
        let dropped = NameReading(given: givens.dropped, surname: surnames.dropped)
        if givens.expanded == nil, surnames.expanded == nil { return Spellings(dropped: dropped, expanded: nil) }
        let expanded = NameReading(given: givens.expanded ?? givens.dropped, surname: surnames.expanded ?? surnames.dropped)
        return Spellings(dropped: dropped, expanded: expanded)
    }

    private init(given: NameReading, surname: NameReading) {
        self = given.withNameInLinks
        for word in surname.withNameInLinks.words { words.append(word) }
        initials.formUnion(surname.initials)
        beginnings.formUnion(surname.beginnings)
        suffix |= surname.suffix
        surnameCount = UInt8(Swift.max(0, words.count - given.words.count))
        surnameComesFirst = false
        wholeName = words.unorderedKey
    }

    private init(folded: Span<UInt8>) {
        var number = 0
        folded.forEachPart { part in
            append(part: part, number: number)
            number += 1
        }
        surnameComesFirst = surnameCount > 0
        if surnameCount == words.count, initials.isEmpty { surnameCount = 0 }
        wholeName = words.unorderedKey
    }

    /// The same, where it is two words of which one links: that one is a name, too.
    private var withNameInLink: NameReading { words.count == 2 && initials.isEmpty ? withNameInLinks(of: 1) : self }

    /// The same, where every word links: those are the name.
    private var withNameInLinks: NameReading { withNameInLinks(of: 0) }

    /// The same with all words as names, where no more than so many are.
    private func withNameInLinks(of most: Int) -> NameReading {
        guard nameWordCount <= most else { return self }
        var reading = self
        reading.words = Words()
        for word in words { reading.words.append(word.asName) }
        return reading
    }

    /// Takes over what stands between two commas. The first part before another with names in it is the surname; degrees and suffixes stand apart.
    private mutating func append(part: Span<UInt8>, number: Int) {
        if number > 0 {
            var (isSuffixes, isDegrees, isDoctor) = (true, true, false)
            part.forEachWord { word in
                let number = NameParticles.number(word)
                isSuffixes = isSuffixes && NameParticles.isSuffix(number)
                // `Ph.D.` is two words here.
                isDegrees = isDegrees && (NameParticles.isDegree(number) || (isDoctor && word.count == 1))
                isDoctor = NameParticles.isHalfOfDegree(number)
            }
            if isSuffixes { return part.forEachWord { suffix |= NameParticles.suffix(NameParticles.number($0)) } }
            if isDegrees { return }
            surnameCount = number == 1 ? UInt8(words.count) : 0
        }
        part.forEachWord { append(word: $0) }
    }

    private mutating func append(word: Span<UInt8>) {
        let isFirst = words.isEmpty && initials.isEmpty
        let number = NameParticles.number(word)
        if isFirst, NameParticles.isTitle(number) { return }
        if !isFirst, NameParticles.isSuffix(number) {
            suffix |= NameParticles.suffix(number)
        } else if word.count == 1 {
            initials.formUnion(Letters(letter: word[0]))
            if firstInitial == 0 { firstInitial = word[0] }
        } else {
            words.append(Word(word, isLink: NameParticles.isLink(number)))
            beginnings.insert(word)
        }
    }

    private static func withoutBrackets(_ text: String) -> String {
        guard text.utf8.span.contains(UInt8(ascii: "(")) else { return text }
        var depth = 0
        return text.filter { character in
            if character == "(" { depth += 1 }
            if character == ")" { depth = Swift.max(0, depth - 1) }
            return depth == 0 && character != ")"
        }
    }
}

extension NameReading.Words {
    /// A key of the words in any order; 0 for less than two.
    fileprivate var unorderedKey: Key { unorderedKey(with: 0, insteadOf: 0) }

    /// The same with another word in the place of one.
    fileprivate func unorderedKey(with new: Key, insteadOf old: Key) -> Key {
        guard count > 1 else { return 0 }
        var sum = new &- old
        for word in self { sum &+= word.key }
        return sum.with(UInt64(count))
    }
}

extension NameReading {
    /// The key of the whole name if the word `old` of it were `new`; 0 for a name of less than two words, or without that word.
    func wholeName(with new: Key, insteadOf old: Key) -> Key {
        words.contains { $0.key == old } ? words.unorderedKey(with: new, insteadOf: old) : 0
    }
}

extension NameReading.Words {
    /// Whether every word, links apart, is one of `longer`, each taken once: as it is, one at most in a usual form. `nil` when not; else the places of
    /// the two that are forms of each other, in each text, or that none are.
    fileprivate func areWithin(_ longer: NameReading.Words, _ givenNames: GivenNames) -> (own: Int, theirs: Int)?? {
        var (taken, familiar): (UInt8, (own: Int, theirs: Int)?) = (0, nil)
        for (own, word) in enumerated() where !word.isLink {
            if let place = longer.firstFree(taken, where: { $0 == word }) {
                taken |= 1 << UInt8(place)
            } else if familiar == nil, let place = longer.firstFree(taken, where: { givenNames.areForms(word.key, $0.key) }) {
                taken |= 1 << UInt8(place)
                familiar = (own, place)
            } else {
                return nil
            }
        }
        return .some(familiar)
    }

    private func firstFree(_ taken: UInt8, where fits: (NameReading.Word) -> Bool) -> Int? {
        indices.first { taken & 1 << UInt8($0) == 0 && fits(self[$0]) }
    }
}

extension Span<UInt8> {
    /// Whether one of the bytes is this.
    func contains(_ byte: UInt8) -> Bool {
        for index in indices where self[index] == byte { return true }
        return false
    }

    /// Calls `body` with each part of folded text, between commas.
    func forEachPart(_ body: (Span<UInt8>) -> Void) { forEachPiece(between: UInt8(ascii: ","), body) }

    /// Calls `body` with each word of folded text without commas.
    func forEachWord(_ body: (Span<UInt8>) -> Void) { forEachPiece(between: UInt8(ascii: " "), body) }

    private func forEachPiece(between separator: UInt8, _ body: (Span<UInt8>) -> Void) {
        var start = 0
        while start < count {
            var end = start
            while end < count, self[end] != separator { end += 1 }
            if end > start { body(extracting(start..<end)) }
            start = end + 1
        }
    }
}

extension NameReading {
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
        guard wholeName != 0, wholeName == other.wholeName, words.count == other.words.count else { return false }
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

    /// The same for a word's letters.
    static func nearKey(_ word: [UInt8], _ initial: UInt8) -> Key { wordKey(word.span).with(UInt64(initial)) }

    /// The key of a word (a surname) together with the first letter of another (a given name).
    static func nearKey(_ word: Word, _ initial: UInt8) -> Key { word.key.with(UInt64(initial)) }
}

extension NameReading {
    /// How alike two names are that are not the same.
    struct Likeness {
        /// A given name is a usual form of the other's.
        let isFamiliar: Bool
        /// One name has words that the other has not, if only links.
        let isPartial: Bool
        /// One of the two says which word is the surname, and the other one has that.
        let isSurnameKnown: Bool

        /// Whether this leaves less open than `other`.
        func isCloser(than other: Likeness) -> Bool {
            (isFamiliar ? 1 : 0) + (isPartial ? 1 : 0) < (other.isFamiliar ? 1 : 0) + (other.isPartial ? 1 : 0)
        }
    }

    /// How this name and another one may be the same person's: every word of the shorter one is in the longer one, as it is or in a usual form,
    /// one at least as it is. `nil` where they may not, where a name that says which word is the surname has it alone (Robert Paul is not Robert Paul
    /// Wilson), and where the usual form is of a surname (Peter Tom is not Peter Thomas).
    func likeness(to other: NameReading, by givenNames: GivenNames) -> Likeness? {
        let (own, theirs) = (nameWordCount, other.nameWordCount)
        guard min(own, theirs) > 1 else { return nil }
        let (shorter, longer) = own <= theirs ? (self, other) : (other, self)
        guard let forms = shorter.words.areWithin(longer.words, givenNames) else { return nil }
        if let forms, shorter.isSurname(forms.own), longer.isSurname(forms.theirs) { return nil }
        if let forms, shorter.saysSurname(forms.own) || longer.saysSurname(forms.theirs) { return nil }
        guard hasSurname(of: other), other.hasSurname(of: self), !isOnlySurname(of: other), !other.isOnlySurname(of: self) else {
            return nil
        }
        return Likeness(
            isFamiliar: forms != nil, isPartial: own != theirs || forms == nil,
            isSurnameKnown: surnameCount > 0 || other.surnameCount > 0)
    }

    /// Whether a word of the surname that the other name tells, links apart, is one of this name's: of its surname, where it tells that as well. True
    /// where the other one tells none.
    private func hasSurname(of other: NameReading) -> Bool {
        guard other.surnameCount > 0 else { return true }
        return other.surname.contains { word in
            !word.isLink && (surnameCount > 0 ? surname.contains(word) : words.contains(word))
        }
    }

    /// Whether all words of this name, links apart, are of the surname that the other one has by itself, and no letter begins a given name of it:
    /// R. Baez Acosta has none of Oswaldo Báez Acosta's. What stands before a comma may be more than a surname (Anna Bach, Basel).
    private func isOnlySurname(of other: NameReading) -> Bool {
        guard other.surnameCount > 0, !other.surnameComesFirst, words.allSatisfy({ $0.isLink || other.surname.contains($0) }) else {
            return false
        }
        return firstInitial == 0 || !other.givenName.contains { !$0.isLink && $0.initial == firstInitial }
    }

    /// Whether the text says that the word there is of the surname.
    private func saysSurname(_ place: Int) -> Bool {
        guard surnameCount > 0 else { return false }
        return surnameComesFirst ? place < Int(surnameCount) : place >= words.count - Int(surnameCount)
    }

    /// Whether the word there is of the surname: as the text says, or, where it says nothing, as the last one mostly is.
    private func isSurname(_ place: Int) -> Bool { surnameCount > 0 ? saysSurname(place) : place == words.count - 1 }

    /// How many words there are, links apart.
    var nameWordCount: Int { words.count { !$0.isLink } }

    /// A key of a name that is one word (山田太郎, Suharto, Reception) or letters (P U) and nothing else; 0 for every other one.
    var loneName: Key {
        if words.count == 1, initials.isEmpty { return words[0].key.with(1) }
        return words.isEmpty && firstInitial != 0 ? Key(initials.rawValue).with(2) : 0
    }

    /// The keys of every two words of the name, links apart, that are the same for all usual forms of a given name.
    func pairKeys(_ givenNames: GivenNames, _ body: (Key) -> Void) {
        for first in words.indices where !words[first].isLink {
            for second in words.indices where second > first && !words[second].isLink {
                let sum = givenNames.family(words[first].key) &+ givenNames.family(words[second].key)
                body(sum.with(2))
            }
        }
    }
}

extension NameReading {
    /// Whether `other` has the same words and tells no more about them than this.
    func addsNothing(_ other: NameReading) -> Bool {
        wholeName != 0 && wholeName == other.wholeName && initials.isSuperset(of: other.initials)
            && suffix | other.suffix == suffix
            && (other.surnameCount == 0 || other.surname.elementsEqual(surname))
    }
}
