import Records

/// Everything that an entry says of a name, folded.
struct RecipientNames {
    /// Given name with surname, the display name where it says something else, and the X.400 address's names, which keep an earlier surname:
    /// places in the readings of all recipients.
    private(set) var readings: ReadingRange
    /// The alias's plain spellings.
    let alias: ShortNameKeys
    /// The Directory Name's plain spellings.
    let directoryName: ShortNameKeys
    /// The beginnings of all words.
    let beginnings: Beginnings
    /// The beginnings of the given name's words; those of all words where it is written in an odd way.
    let givenBeginnings: Beginnings
    /// The middle initials that the entry lists or shows.
    let middleInitials: Letters
    /// Those of them that may be particles of the surname: another one contradicts, but the same one says nothing.
    let particles: Letters
    /// Jr, Sr, II …, as bits.
    let suffix: UInt8
    /// How the alias and the Directory Name are made of given name and surname; `nil` where a name is missing.
    let aliasForms, directoryNameForms: ShortNameForms?

    /// The names of an entry; its readings are added to `all`, and the words of its display name to the vocabulary.
    init(_ recipient: Recipient, _ desk: inout FoldingDesk, _ all: inout [NameReading], _ vocabulary: inout Vocabulary) {
        let first = all.count
        let (givenName, surname) = (recipient.givenName, recipient.surname)
        func add(_ spellings: NameReading.Spellings?, _ source: NameReading.Sources) {
            spellings?.forEach { reading in
                var reading = reading
                reading.add(source)
                if source != .givenNameAndSurname, let known = all[first...].firstIndex(where: { $0.addsNothing(reading) }) {
                    all[known].add(source)
                } else {
                    all.append(reading)
                }
            }
        }
        add(NameReading.spellings(given: givenName, surname: surname, &desk.text), .givenNameAndSurname)
        let ofDisplayName = NameReading.spellings(of: recipient.displayName, &desk.text)
        desk.joinedNames.removeAll(keepingCapacity: true)
        if let ofDisplayName {
            Self.list(&desk, ofDisplayName, &vocabulary)
            if ofDisplayName.expanded != nil {
                // Some letters may be spelled in the one way and some in the other: Soren Oestergard.
                desk.text.fold(recipient.displayName)
                Self.list(&desk, ofDisplayName, &vocabulary)
            }
        }
        add(ofDisplayName, .displayName)
        if let names = X400Names.names(of: recipient, otherThan: (givenName, surname)) {
            add(NameReading.spellings(given: names.given, surname: names.surname, &desk.text), .x400Address)
        }
        readings = ReadingRange(first..<all.count)

        givenBeginnings = Self.beginnings(ofGivenName: givenName, &desk.text)
        let parts = ShortNameForms.Parts(given: givenName, surname: surname, &desk)
        let (ownDirectoryName, ownAlias) = (recipient.directoryName, recipient.alias)
        directoryName = ShortNameKeys(ownDirectoryName, &desk.text)
        directoryNameForms = parts.map { ShortNameForms(of: desk.text.bytes.span, $0, desk) }
        if ownDirectoryName == ownAlias {
            alias = directoryName
            aliasForms = directoryNameForms
        } else {
            alias = ShortNameKeys(ownAlias, &desk.text)
            aliasForms = parts.map { ShortNameForms(of: desk.text.bytes.span, $0, desk) }
        }

        var (middle, beginnings, suffix): (Letters, Beginnings, UInt8) = ([], Beginnings(), 0)
        for reading in all[first...] {
            if reading.words.count > 1 { middle.formUnion(reading.initials) }
            beginnings.formUnion(reading.beginnings)
            suffix |= reading.suffix
        }
        var listed: Letters = []
        for letter in recipient.initials.utf8 { listed.formUnion(Letters(letter: letter < 0x80 ? letter | 0x20 : letter)) }
        middle.formUnion(listed)
        particles = Self.lettersOfSurname(givenName, surname, &desk.text).subtracting(listed)
        self.beginnings = beginnings
        self.suffix = suffix
        middleInitials = middle
    }

    /// Moves the readings to another place among all.
    mutating func moveReadings(by distance: Int) { readings.move(by: distance) }

    /// Lists the words of the folded display name, and the names that it would be without a blank.
    private static func list(_ desk: inout FoldingDesk, _ displayName: NameReading.Spellings, _ vocabulary: inout Vocabulary) {
        vocabulary.add(wordsOf: desk.text.bytes.span)
        if displayName.dropped.words.count > 2 { desk.joinedNames += NameReading.joinedNames(of: desk.text.bytes) }
    }

    /// The single letters of the surname (d Angelo, v.d. Berg), which are no initials, unless the given name has them, too.
    private static func lettersOfSurname(_ givenName: String, _ surname: String, _ folding: inout Folding) -> Letters {
        func letters(_ name: String) -> Letters {
            var letters: Letters = []
            folding.fold(name)
            folding.bytes.span.forEachPart { part in
                part.forEachWord { word in if word.count == 1 { letters.formUnion(Letters(letter: word[0])) } }
            }
            return letters
        }
        let ofSurname = letters(surname)
        return ofSurname.isEmpty ? [] : ofSurname.subtracting(letters(givenName))
    }

    /// Brackets, or letters with two spellings, are odd.
    private static func beginnings(ofGivenName name: String, _ folding: inout Folding) -> Beginnings {
        if !name.utf8.span.isASCII || name.utf8.span.contains(UInt8(ascii: "(")) { return .all }
        folding.fold(name)
        var beginnings = Beginnings()
        folding.bytes.span.forEachPart { part in
            part.forEachWord { word in
                let number = NameParticles.number(word)
                if word.count > 1, !NameParticles.isLink(number), !NameParticles.isTitle(number) {
                    beginnings.insert(word)
                }
            }
        }
        return beginnings
    }
}

/// Where the readings of one row or recipient stand among those of all.
struct ReadingRange {
    private var first: Int32
    private let count: Int32

    init(_ range: Range<Int>) {
        first = Int32(range.lowerBound)
        count = Int32(range.count)
    }

    /// The places.
    var places: Range<Int> { Int(first)..<Int(first + count) }

    /// Whether there is none.
    var isEmpty: Bool { count == 0 }

    mutating func move(by distance: Int) { first += Int32(distance) }
}

/// Memory for folding names one after the other.
struct FoldingDesk {
    /// Whatever is at hand.
    var text = Folding()
    /// The keys of the display name with one blank less.
    var joinedNames: [Key] = []
    /// The given name and the surname, letters and digits only.
    var given = Folding()
    var surname = Folding()
}
