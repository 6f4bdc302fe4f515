internal import LDAPClient
internal import Records

/// Attributes with more values than the server sends at a time ([MS-ADTS] 3.1.1.3.1.3.3).
extension LDAPConnection {
    /// Reads one entry, with every value of its attributes, and leaves it at hand in the translator. Gives false when there is no such entry.
    ///
    /// `wasSeen`: the entry came a moment ago, so that an answer without it is a broken one, unless the server says that there is no such entry.
    /// Throws `.protocolViolation` for that, and for a server that does not send the values that follow; before, the entry is read anew, since
    /// it may have lost values in between.
    borrowing func readWhole(
        _ dn: String, _ attributes: [String], wasSeen: Bool = false, into translator: inout EntryTranslator
    ) throws(LDAPError) -> Bool {
        for attempt in 1...mostAttempts {
            let isThere = try readEntry(dn, attributes, mustCome: wasSeen) { (entry) throws(LDAPError) in
                try entry.lend { translator.take(dn: dn.utf8.span, attributes: $1) }
            }
            guard isThere else { return false }
            guard let short = try readRests(of: dn, into: &translator) else { break }
            guard attempt < mostAttempts else { throw endsEarly(short.attribute, of: dn, at: short.next) }
        }
        return true
    }

    /// How often an entry is read that loses values while it is.
    private var mostAttempts: Int { 3 }

    /// Reads the values that are still to come of the entry at hand; gives the attribute of which the server promised more than it sent.
    private borrowing func readRests(of dn: String, into translator: inout EntryTranslator) throws(LDAPError) -> OpenRange? {
        for open in translator.openRanges {
            let end = try readRest(of: open.attribute, of: dn, from: open.next) { (entry) throws(LDAPError) in
                translator.closeRange(of: open.attribute)
                try entry.lend { translator.add($1) }
                return translator.range(of: open.attribute)
            }
            if let end { return OpenRange(attribute: open.attribute, next: end) }
            translator.closeRange(of: open.attribute)
        }
        return nil
    }

    /// Reads the values that an entry is still to have, so that every attribute has them all, under its own name.
    borrowing func complete(_ entry: inout RawEntry) throws(LDAPError) {
        for place in entry.attributes.indices {
            let description = entry.attributes[place].name
            let attribute = String(description.withoutOptions)
            guard let range = ValueRange(description.utf8.span.extracting(attribute.utf8.count...)) else { continue }
            entry.attributes[place].name = attribute
            guard let last = range.last else { continue }
            let end = try readRest(of: attribute, of: entry.dn, from: last + 1) { (part) throws(LDAPError) in
                var range: ValueRange?
                try part.forEachValue { name, value in
                    let option = name.extracting(min(attribute.utf8.count, name.count)...)
                    guard name.extracting(..<min(attribute.utf8.count, name.count)).equalsWithoutCase(attribute.utf8.span) else { return }
                    range = ValueRange(option)
                    entry.attributes[place].values.append(value.withUnsafeBufferPointer { [UInt8]($0) })
                }
                return range
            }
            if let end { throw endsEarly(attribute, of: entry.dn, at: end) }
        }
    }

    /// How many parts of one attribute are fetched at most: Active Directory sends 1,500 values in each.
    private static var mostParts: Int { 10_000 }

    /// Asks for the values from number `first` on until they end. `part` takes the values that came, and tells which they are; `nil` for none.
    ///
    /// Gives the number of the value with which the server should have gone on, and did not; `nil` when they came to their end.
    private borrowing func readRest(
        of attribute: String, of dn: String, from first: Int, part: (borrowing LDAPEntry) throws(LDAPError) -> ValueRange?
    ) throws(LDAPError) -> Int? {
        var next = first
        for _ in 0..<Self.mostParts {
            var came: ValueRange?
            // In lower case: Samba knows no other spelling.
            let isThere = try readEntry(dn, ["\(attribute);range=\(next)-*"]) { (entry) throws(LDAPError) in came = try part(entry) }
            guard isThere else { throw broken(attribute, of: dn, "the entry is gone") }
            guard let came else { return next }
            guard came.first == next else { throw broken(attribute, of: dn, "after value \(next - 1) comes value \(came.first)") }
            guard let last = came.last else { return nil }
            next = last + 1
        }
        throw broken(attribute, of: dn, "the values do not end")
    }

    /// Reads one entry; gives false when there is none.
    private borrowing func readEntry(
        _ dn: String, _ attributes: [String], mustCome: Bool = false, _ take: (borrowing LDAPEntry) throws(LDAPError) -> Void
    ) throws(LDAPError) -> Bool {
        var isThere = false
        do throws(LDAPError) {
            _ = try search(SearchRequest(base: dn, scope: .base, attributes: attributes)) { (entry) throws(LDAPError) in
                isThere = true
                try take(entry)
            }
        } catch {
            guard error.code == .noSuchObject else { throw error }
            return false
        }
        if mustCome, !isThere {
            throw LDAPError(
                .protocolViolation, doing: "reading '\(dn)' again, of which not all values fitted into one answer",
                because: "the server says that it is there, and it did not come", advice: "Nothing that was read is used; try again.")
        }
        return isThere
    }

    private func endsEarly(_ attribute: String, of dn: String, at next: Int) -> LDAPError {
        broken(attribute, of: dn, "more of them were promised, and after value \(next - 1) nothing more comes")
    }

    private func broken(_ attribute: String, of dn: String, _ why: String) -> LDAPError {
        LDAPError(
            .protocolViolation, doing: "reading the values of '\(attribute)' of '\(dn)' that did not fit into one answer", because: why,
            advice: "Nothing that was read is used; try again.")
    }
}
