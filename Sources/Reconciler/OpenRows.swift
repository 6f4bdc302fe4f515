import Records

// The fields are looked at one by one: a row or the settings handed over as a whole would be copied for every row.
extension Scene {
    /// Why a row is left out; `nil` for a row that is to be decided.
    func exclusion(_ row: Int) -> Verdict? {
        if let problem = rows[row].problem { return .excluded(.invalid, reason: problem.text) }
        if rows[row].mode == nil { return .excluded(.invalid, reason: "the Mode is not one that the importer knows") }
        return skipReason(row).map { .excluded(.skipped, reason: $0) }
    }

    /// Whether a row is to be decided.
    func isOpen(_ row: Int) -> Bool { rows[row].problem == nil && rows[row].mode != nil && skipReason(row) == nil }

    private func skipReason(_ row: Int) -> String? {
        if !rows[row].isToBeMigrated { return "MigrateUser is N" }
        if !rows[row].objectClass.equalsWithoutCase("mailbox") { return "Obj-Class is \(rows[row].objectClass), not Mailbox" }
        if rows[row].mode == .delete { return "Mode is Delete" }
        for name in settings.skippedNames where name.equalsWithoutCase(rows[row].mailboxName) {
            return "\(rows[row].mailboxName) is a mailbox name that is never migrated"
        }
        return nil
    }
}
