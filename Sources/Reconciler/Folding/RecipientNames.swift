import Records

/// Everything that an entry says of a name, folded.
struct RecipientNames {
    /// Given name with surname, the display name where it says something else, and the X.400 address's names, which keep an earlier surname.
    let readings: [NameReading]
    /// The alias's plain spellings.
    let alias: ShortNameKeys
    /// The Directory Name's plain spellings.
    let directoryName: ShortNameKeys
    /// The middle initials that the entry lists or shows.
    let middleInitials: Letters
    /// The beginnings of all words.
    let beginnings: UInt64
    /// Jr, Sr, II …, as bits.
    let suffix: UInt8
    /// How the alias and the Directory Name are made of given name and surname; `nil` where a name is missing.
    let aliasForms: Habits.Forms?
    let directoryNameForms: Habits.Forms?

    init(_ recipient: Recipient) {
        var readings = NameReading.readings(given: recipient.givenName, surname: recipient.surname)
        for extra in NameReading.readings(of: recipient.displayName) + X400Names.readings(of: recipient)
        where !readings.contains(where: { $0.addsNothing(extra) }) { readings.append(extra) }
        let directoryNames = Folding.joined(recipient.directoryName)
        let isSame = recipient.directoryName == recipient.alias
        let aliases = isSame ? directoryNames : Folding.joined(recipient.alias)
        directoryName = ShortNameKeys(directoryNames)
        alias = isSame ? directoryName : ShortNameKeys(aliases)
        var middle = readings.reduce(into: Letters()) { if $1.words.count > 1 { $0.formUnion($1.initials) } }
        for letter in recipient.initials.utf8 { middle.formUnion(Letters(letter: letter < 0x80 ? letter | 0x20 : letter)) }
        middleInitials = middle
        suffix = readings.reduce(0) { $0 | $1.suffix }
        beginnings = readings.reduce(0) { $0 | $1.beginnings }
        self.readings = readings
        let parts = Habits.Parts(given: recipient.givenName, surname: recipient.surname)
        directoryNameForms = parts?.forms(of: directoryNames)
        aliasForms = isSame ? directoryNameForms : parts?.forms(of: aliases)
    }

    /// The keys by which others of the same surname and the same first letter of the given name are found. Where the entry does not
    /// tell which word is the surname, it is the last.
    func namesakeKeys(_ body: (Key) -> Void) {
        let isOrderKnown = readings.contains { $0.surnameCount > 0 }
        for reading in readings where !isOrderKnown || reading.surnameCount > 0 {
            let surname = isOrderKnown ? reading.surname : reading.words.suffix(1)
            let given = isOrderKnown ? reading.givenName : reading.words.dropLast(1)
            for word in surname where !word.isLink {
                for name in given where !name.isLink { body(NameReading.nearKey(word, name.initial)) }
                if reading.firstInitial != 0, given.isEmpty { body(NameReading.nearKey(word, reading.firstInitial)) }
            }
        }
    }
}

extension NameReading {
    /// Whether `other` has the same words and tells no more about them than this.
    fileprivate func addsNothing(_ other: NameReading) -> Bool {
        wholeNameKey != nil && wholeNameKey == other.wholeNameKey && initials.isSuperset(of: other.initials)
            && suffix | other.suffix == suffix
            && (other.surnameCount == 0 || other.surname.elementsEqual(surname))
    }
}

/// The given name and surname inside an X.400 address: `c=US;a= ;p=Org;o=Site;s=Smith;g=John;`.
enum X400Names {
    /// The readings of the first X.400 address that has both names; none where they are the entry's own.
    static func readings(of recipient: Recipient) -> [NameReading] {
        let texts = texts(of: recipient)
        guard texts.count == 2, texts[0] != recipient.givenName || texts[1] != recipient.surname else { return [] }
        return NameReading.readings(given: texts[0], surname: texts[1])
    }

    /// Given name and surname of the first X.400 address that has both; empty when there is none.
    static func texts(of recipient: Recipient) -> [String] {
        for address in recipient.addresses where address.type == "X400" {
            if let given = part(UInt8(ascii: "g"), of: address.value), let surname = part(UInt8(ascii: "s"), of: address.value) {
                return [given, surname]
            }
        }
        return []
    }

    /// The value behind `;name=` (or at the start), up to the next semicolon.
    private static func part(_ name: UInt8, of address: String) -> String? {
        let bytes = address.utf8
        var isFieldStart = true
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            let next = bytes.index(after: index)
            if isFieldStart, byte | 0x20 == name, next < bytes.endIndex, bytes[next] == UInt8(ascii: "=") {
                return String(Substring(bytes[bytes.index(after: next)...].prefix { $0 != UInt8(ascii: ";") }))
            }
            isFieldStart = byte == UInt8(ascii: ";")
            index = next
        }
        return nil
    }
}
