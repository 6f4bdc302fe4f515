import Records

extension Scene {
    /// More recipients under one short name are not looked at one by one, since every row with that name would look at all of them. No directory
    /// gives a name to so many.
    static let mostBearers = 1000

    /// The recipients that have this name in a field, the alias or the Directory Name, ascending; `nil` where too many have such a name.
    /// Both compare without case, and blanks of the name that mean nothing in a directory (at its ends, or more than one; RFC 4518, section 2.6.1) are
    /// passed over: what the importer makes of those is not known.
    ///
    /// `row`: the one in which the name stands; as the wizard writes it, its Common-Name is its mailbox name, whose keys are at hand.
    func bearers(of name: String, in field: Recipient.Field, row: Int) -> [Int]? {
        let name = name.withoutIdleBlanks
        guard !name.isEmpty else { return [] }
        var (bearers, isCrowded): ([Int], Bool) = ([], false)
        let keys = shortNameKeys(of: name, row)
        keys.forEach { key in
            let found = directory.byShortName[key]
            guard found.count <= Self.mostBearers else {
                isCrowded = true
                return
            }
            // Where they stand, then their tables: each waits for memory once for all of them, not one after the other.
            for candidate in found { recipients.expect(Int(candidate)) }
            for candidate in found { recipients[Int(candidate)].expect() }
            for candidate in found
            where recipients[Int(candidate)].withBytes(of: field, { $0.equalsWithoutCase(name.utf8.span) }) {
                bearers.append(Int(candidate))
            }
        }
        if isCrowded { return nil }
        // With two spellings a recipient may have come by each.
        return keys.expanded == 0 ? bearers : Set(bearers).sorted()
    }

    private func shortNameKeys(of name: String, _ row: Int) -> ShortNameKeys {
        if name == rows[row].mailboxName { return rowNames[row].mailboxName }
        var folding = Folding()
        return ShortNameKeys(name, &folding)
    }
}

extension String {
    /// The text without blanks at its ends, and with one where there were more; as it is for nearly all texts.
    fileprivate var withoutIdleBlanks: String {
        var before = UInt8(ascii: " ")
        for byte in utf8 {
            if byte == UInt8(ascii: " "), before == byte { return split(separator: " ").joined(separator: " ") }
            before = byte
        }
        return before == UInt8(ascii: " ") ? split(separator: " ").joined(separator: " ") : self
    }
}
