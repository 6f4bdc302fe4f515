import Records

/// Everything that a row says of a person's name, folded.
struct RowNames {
    /// The full name as MS Mail has it, then given name and surname where those columns are filled, then a display name of its own.
    let readings: [NameReading]
    /// The mailbox name's plain spellings, as keys of its letters and digits.
    let mailboxName: ShortNameKeys
    /// The middle initials: single letters beside two words, and the middle one of a mailbox name such as JQS or JQS2.
    let middleInitials: Letters
    /// The beginnings of all words.
    let beginnings: UInt64
    /// Jr, Sr, II …, as bits.
    let suffix: UInt8

    init(_ row: MigrationRow) {
        var readings = NameReading.readings(of: row.fullName)
        if !row.surname.isEmpty { readings += NameReading.readings(given: row.givenName, surname: row.surname) }
        if !row.displayName.isEmpty, row.displayName != row.fullName { readings += NameReading.readings(of: row.displayName) }
        let names = Folding.joined(row.mailboxName)
        var middle = readings.reduce(into: Letters()) { if $1.words.count > 1 { $0.formUnion($1.initials) } }
        if let name = names.first { middle.formUnion(Self.initialsPattern(name, row.fullName, readings)) }
        self.readings = readings
        mailboxName = ShortNameKeys(names)
        middleInitials = middle
        suffix = readings.reduce(0) { $0 | $1.suffix }
        beginnings = readings.reduce(0) { $0 | $1.beginnings }
    }

    /// The middle letter when `name` is the three initials of the full name (`John Smith`, `J. Smith`), with or without a number. Not when two
    /// letters beside each other begin a word of the name: YUF is Yu with an F.
    private static func initialsPattern(_ name: [UInt8], _ fullName: String, _ readings: [NameReading]) -> Letters {
        let letters = name.prefix { $0 > UInt8(ascii: "9") }
        guard letters.count == 3, name.dropFirst(3).allSatisfy({ $0 <= UInt8(ascii: "9") }) else { return [] }
        let outer = Letters(letter: letters[0]).union(Letters(letter: letters[2]))
        let fits = readings.contains { reading in
            let given: Letters = reading.words.count == 1 && reading.firstInitial != 0 ? Letters(letter: reading.firstInitial) : []
            return (reading.words.count == 2 || !given.isEmpty)
                && outer == reading.words.reduce(into: given) { $0.formUnion(Letters(letter: $1.initial)) }
        }
        let words = Folding(fullName).bytes.split { $0 <= UInt8(ascii: ",") }
        let isOfWords = words.contains { $0.starts(with: letters.prefix(2)) || $0.starts(with: letters.suffix(2)) }
        return fits && !isOfWords ? Letters(letter: letters[1]) : []
    }
}

/// The one or two plain spellings of a mailbox name, alias or Directory Name, as keys; 0 where there is none.
struct ShortNameKeys: Equatable {
    /// The spelling with marks dropped.
    let dropped: Key
    /// The other spelling, where there is one.
    let expanded: Key

    init(_ spellings: [[UInt8]]) {
        dropped = spellings.first.map { $0.isEmpty ? 0 : Key($0) } ?? 0
        expanded = spellings.count > 1 ? Key(spellings[1]) : 0
    }

    /// Calls `body` with each spelling.
    func forEach(_ body: (Key) -> Void) {
        if dropped != 0 { body(dropped) }
        if expanded != 0 { body(expanded) }
    }

    /// Whether a spelling of one is a spelling of the other.
    func agrees(with other: ShortNameKeys) -> Bool {
        (dropped != 0 && (dropped == other.dropped || dropped == other.expanded))
            || (expanded != 0 && (expanded == other.dropped || expanded == other.expanded))
    }
}
