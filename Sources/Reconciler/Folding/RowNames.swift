import Records

/// Everything that a row says of a person's name, folded.
struct RowNames {
    /// The full name as MS Mail has it, then given name and surname where those columns are filled, then a display name of its own.
    let readings: [NameReading]
    /// The mailbox name's plain spellings, letters and digits only.
    let mailboxName: [[UInt8]]

    init(_ row: MigrationRow) {
        var readings = NameReading.readings(of: row.fullName)
        if !row.surname.isEmpty { readings += NameReading.readings(given: row.givenName, surname: row.surname) }
        if !row.displayName.isEmpty, row.displayName != row.fullName { readings += NameReading.readings(of: row.displayName) }
        self.readings = readings
        mailboxName = Folding.joined(row.mailboxName)
    }

    /// The middle initials: single letters beside two words, and the middle one of a mailbox name such as JQS or JQS2.
    var middleInitials: Set<UInt8> {
        var result: Set<UInt8> = []
        for reading in readings where reading.words.count > 1 { result.formUnion(reading.initials) }
        if let name = mailboxName.first, let initial = initialsPattern(name) { result.insert(initial) }
        return result
    }

    /// The middle letter when `name` is the three initials of the full name, with or without a number.
    private func initialsPattern(_ name: [UInt8]) -> UInt8? {
        let letters = name.prefix { $0 > UInt8(ascii: "9") }
        guard letters.count == 3, name.dropFirst(3).allSatisfy({ $0 <= UInt8(ascii: "9") }) else { return nil }
        let outer = Set([letters[0], letters[2]])
        let fits = readings.contains { $0.words.count == 2 && Set($0.words.map(\.initial)) == outer }
        return fits ? letters[1] : nil
    }
}
