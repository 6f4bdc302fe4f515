import Records

/// Everything that a row says of a person's name, folded.
struct RowNames {
    /// Given name and surname where those columns are filled, the full name as MS Mail has it, and a display name of its own, where these say more:
    /// places in the readings of all rows.
    private(set) var readings: ReadingRange
    /// The mailbox name's plain spellings, as keys of its letters and digits.
    let mailboxName: ShortNameKeys
    /// The beginnings of all words.
    let beginnings: Beginnings
    /// The middle initials: single letters beside two words, and the middle one of a mailbox name such as JQS or JQS2.
    let middleInitials: Letters
    /// Jr, Sr, II …, as bits.
    let suffix: UInt8

    /// The names of a row; its readings are added to `all`. (A row handed over by itself would be copied, text by text.)
    init(_ rows: [MigrationRow], _ index: Int, _ desk: inout FoldingDesk, _ all: inout [NameReading]) {
        let first = all.count
        // What says which word is the surname comes first: the same words without that add nothing.
        func add(_ reading: NameReading) {
            if !all[first...].contains(where: { $0.addsNothing(reading) }) { all.append(reading) }
        }
        if !rows[index].surname.isEmpty {
            NameReading.spellings(given: rows[index].givenName, surname: rows[index].surname, &desk.text)?.forEach(add)
        }
        NameReading.spellings(of: rows[index].fullName, &desk.text)?.forEach(add)
        if !rows[index].displayName.isEmpty, rows[index].displayName != rows[index].fullName {
            NameReading.spellings(of: rows[index].displayName, &desk.text)?.forEach(add)
        }
        readings = ReadingRange(first..<all.count)

        mailboxName = ShortNameKeys(rows[index].mailboxName, &desk.text)
        var middle = Self.initialsPattern(desk.text.bytes.span, rows[index].fullName, all[first...])
        var (beginnings, suffix): (Beginnings, UInt8) = (Beginnings(), 0)
        for reading in all[first...] {
            if reading.words.count > 1 { middle.formUnion(reading.initials) }
            beginnings.formUnion(reading.beginnings)
            suffix |= reading.suffix
        }
        middleInitials = middle
        self.beginnings = beginnings
        self.suffix = suffix
    }

    /// Moves the readings to another place among all.
    mutating func moveReadings(by distance: Int) { readings.move(by: distance) }

    /// The middle letter when `name` is the three initials of the full name (`John Smith`, `J. Smith`), with or without a number. Not when two
    /// letters beside each other begin a word of the name: YUF is Yu with an F.
    private static func initialsPattern(_ name: Span<UInt8>, _ fullName: String, _ readings: ArraySlice<NameReading>) -> Letters {
        guard name.count >= 3 else { return [] }
        for index in name.indices where (name[index] > UInt8(ascii: "9")) != (index < 3) { return [] }
        let outer = Letters(letter: name[0]).union(Letters(letter: name[2]))
        let fits = readings.contains { reading in
            let given: Letters = reading.words.count == 1 && reading.firstInitial != 0 ? Letters(letter: reading.firstInitial) : []
            return (reading.words.count == 2 || !given.isEmpty)
                && outer == reading.words.reduce(into: given) { $0.formUnion(Letters(letter: $1.initial)) }
        }
        guard fits else { return [] }
        let (first, middle, last) = (name[0], name[1], name[2])
        var isOfWords = false
        Folding(fullName).bytes.span.forEachPart { part in
            part.forEachWord { word in
                guard word.count > 1 else { return }
                if (word[0] == first && word[1] == middle) || (word[0] == middle && word[1] == last) { isOfWords = true }
            }
        }
        return isOfWords ? [] : Letters(letter: middle)
    }
}
