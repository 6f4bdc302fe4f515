import Records

/// Everything that an entry says of a name, folded.
struct RecipientNames {
    /// The display name, given name with surname, and the X.400 address's names, which keep an earlier surname.
    let readings: [NameReading]
    /// The alias's plain spellings, letters and digits only.
    let alias: [[UInt8]]
    /// The Directory Name's plain spellings, letters and digits only.
    let directoryName: [[UInt8]]
    /// The middle initials that the entry lists or shows.
    let middleInitials: Set<UInt8>

    init(_ recipient: Recipient) {
        let named = NameReading.readings(given: recipient.givenName, surname: recipient.surname)
        let shown = NameReading.readings(of: recipient.displayName)
        readings = named + shown.filter { !named.contains($0) } + X400Names.readings(of: recipient)
        alias = recipient.alias.isEmpty ? [] : Folding.joined(recipient.alias)
        directoryName =
            recipient.directoryName == recipient.alias
            ? alias : recipient.directoryName.isEmpty ? [] : Folding.joined(recipient.directoryName)
        var initials = Set(recipient.initials.isEmpty ? [] : Folding(recipient.initials).bytes.filter { $0 > UInt8(ascii: "9") })
        for reading in readings where reading.words.count > 1 { initials.formUnion(reading.initials) }
        middleInitials = initials
    }

    /// The keys by which others of the same surname and the same first letter of the given name are found. Where the entry does not
    /// tell which word is the surname, every word may be.
    func namesakeKeys(_ body: (Key) -> Void) {
        for reading in readings {
            if reading.surnameCount == 0 {
                reading.nearKeys(body)
            } else {
                for word in reading.surname where !word.isLink {
                    for initial in Set(reading.givenName.map(\.initial) + reading.initials.prefix(1)) { body(NameReading.nearKey(word, initial)) }
                }
            }
        }
    }
}

/// The given name and surname inside an X.400 address: `c=US;a= ;p=Org;o=Site;s=Smith;g=John;`.
enum X400Names {
    /// The readings of the first X.400 address that has both names.
    static func readings(of recipient: Recipient) -> [NameReading] {
        let texts = texts(of: recipient)
        return texts.isEmpty ? [] : NameReading.readings(given: texts[0], surname: texts[1])
    }

    /// Given name and surname of the first X.400 address that has both; empty when there is none.
    static func texts(of recipient: Recipient) -> [String] {
        for address in recipient.addresses where address.type == "X400" {
            if let given = part("g", of: address.value), let surname = part("s", of: address.value) { return [given, surname] }
        }
        return []
    }

    private static func part(_ name: Character, of address: String) -> String? {
        for field in address.split(separator: ";") {
            guard let mark = field.firstIndex(of: "="), field[..<mark].lowercased() == String(name) else { continue }
            return String(field[field.index(after: mark)...])
        }
        return nil
    }
}
