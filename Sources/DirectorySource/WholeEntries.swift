internal import LDAPClient

/// Attributes with more values than the server sends at a time ([MS-ADTS] 3.1.1.3.1.3.3).
extension LDAPConnection {
    /// How many parts of one attribute are fetched at most: Active Directory sends 1,500 values in each.
    private static var mostParts: Int { 10_000 }

    /// Reads one entry, with every value of its attributes, and leaves it at hand in the translator. Gives false when there is no such entry.
    ///
    /// Throws `.protocolViolation` for a server that does not send the values that follow.
    borrowing func readWhole(_ dn: String, _ attributes: [String], into translator: inout EntryTranslator) throws(LDAPError) -> Bool {
        guard try take(dn, attributes, into: &translator, isFirst: true) else { return false }
        for open in translator.openRanges {
            var next = open.next
            for _ in 0..<Self.mostParts {
                // In lower case: Samba knows no other spelling.
                guard try take(dn, ["\(open.attribute);range=\(next)-*"], into: &translator, isFirst: false) else {
                    throw broken(open.attribute, of: dn, "the entry is gone")
                }
                guard let part = translator.range(of: open.attribute), part.first >= next else { break }  // no more values
                guard part.first == next else {
                    throw broken(open.attribute, of: dn, "after value \(next - 1) comes value \(part.first)")
                }
                guard let last = part.last else {
                    next = .max
                    break
                }
                next = last + 1
            }
            translator.closeRange(of: open.attribute)
        }
        return true
    }

    private func take(
        _ dn: String, _ attributes: [String], into translator: inout EntryTranslator, isFirst: Bool
    ) throws(LDAPError) -> Bool {
        var isThere = false
        do throws(LDAPError) {
            _ = try search(SearchRequest(base: dn, scope: .base, attributes: attributes)) { (entry) throws(LDAPError) in
                isThere = true
                try entry.lend { isFirst ? translator.take(dn: dn.utf8.span, attributes: $1) : translator.add($1) }
            }
        } catch {
            guard error.code == .noSuchObject else { throw error }
        }
        return isThere
    }

    private func broken(_ attribute: String, of dn: String, _ why: String) -> LDAPError {
        LDAPError(
            .protocolViolation, doing: "reading the values of '\(attribute)' of '\(dn)' that did not fit into one answer", because: why,
            advice: "Nothing that was read is used; try again.")
    }
}
