import Records

/// Everything that a row says of a person's name, folded.
struct RowNames {
    /// The full name as MS Mail has it, then given name and surname where those columns are filled, then a display name of its own.
    let readings: [NameReading]
    /// The mailbox name's plain spellings, as keys of its letters and digits.
    let mailboxName: ShortNameKeys
    /// The middle initials: single letters beside two words, and the middle one of a mailbox name such as JQS or JQS2.
    let middleInitials: Letters
    /// The first letters of all words.
    let firstLetters: Letters
    /// Jr, Sr, II …, as bits.
    let suffix: UInt8

    init(_ row: MigrationRow) {
        var readings = NameReading.readings(of: row.fullName)
        if !row.surname.isEmpty { readings += NameReading.readings(given: row.givenName, surname: row.surname) }
        if !row.displayName.isEmpty, row.displayName != row.fullName { readings += NameReading.readings(of: row.displayName) }
        let names = Folding.joined(row.mailboxName)
        var middle = readings.reduce(into: Letters()) { if $1.words.count > 1 { $0.formUnion($1.initials) } }
        if let name = names.first { middle.formUnion(Self.initialsPattern(name, readings)) }
        self.readings = readings
        mailboxName = ShortNameKeys(names)
        middleInitials = middle
        suffix = readings.reduce(0) { $0 | $1.suffix }
        firstLetters = readings.reduce(into: Letters()) { for word in $1.words { $0.formUnion(Letters(letter: word.initial)) } }
    }

    /// The middle letter when `name` is the three initials of the full name, with or without a number.
    private static func initialsPattern(_ name: [UInt8], _ readings: [NameReading]) -> Letters {
        let letters = name.prefix { $0 > UInt8(ascii: "9") }
        guard letters.count == 3, name.dropFirst(3).allSatisfy({ $0 <= UInt8(ascii: "9") }) else { return [] }
        let outer = Letters(letter: letters[0]).union(Letters(letter: letters[2]))
        let fits = readings.contains { reading in
            reading.words.count == 2 && outer == reading.words.reduce(into: Letters()) { $0.formUnion(Letters(letter: $1.initial)) }
        }
        return fits ? Letters(letter: letters[1]) : []
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
