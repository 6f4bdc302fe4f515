internal import LDAPClient

/// How far a directory's changes have come, as the server numbers them: what changed while it was read shows by the difference of two marks.
enum ChangeMark: Equatable {
    /// Active Directory's `highestCommittedUSN`; entries bear `uSNChanged` ([MS-ADTS] 3.1.1.1.9).
    case updateNumber(Int64)
    /// OpenLDAP's `contextCSN`, one value for each server that takes writes; entries bear `entryCSN`.
    case changeNumbers([String])

    /// Matches the entries that changed after this mark, given a later one; `nil` when none did.
    func filter(until later: ChangeMark) -> String? {
        switch (self, later) {
        case (.updateNumber(let own), .updateNumber(let other)): return own == other ? nil : "(uSNChanged>=\(own + 1))"
        case (.changeNumbers(let own), .changeNumbers(let other)):
            let moved = own.filter { !other.contains($0) }
            // A server's first change is after all of the others' that were known, or the read would have to begin anew for it.
            guard let first = moved.min() ?? (own.count < other.count ? own.min() : nil) else { return nil }
            return "(entryCSN>=\(FilterText.escape(first)))"
        default: return nil
        }
    }
}

extension LDAPConnection {
    /// The mark as it is now; `nil` when the server keeps none that this account may see.
    borrowing func changeMark(_ root: RootEntry, base: String) throws(LDAPError) -> ChangeMark? {
        if root.highestCommittedUSN != nil { return try rootEntry().highestCommittedUSN.map(ChangeMark.updateNumber) }
        guard let context = root.context(of: base) else { return nil }
        var numbers: [String] = []
        do throws(LDAPError) {
            _ = try search(SearchRequest(base: context, scope: .base, attributes: ["contextCSN"])) { (entry) throws(LDAPError) in
                try entry.forEachValue { if let number = $1.text { numbers.append(number) } }
            }
        } catch {
            guard case .server = error.code.origin else { throw error }
        }
        return numbers.isEmpty ? nil : .changeNumbers(numbers.sorted())
    }
}
