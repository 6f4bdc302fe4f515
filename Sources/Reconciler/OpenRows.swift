import Records

extension MigrationRow {
    /// Why the row is left out, as a situation with its reason; `nil` for a row that is to be decided.
    func exclusion(_ settings: ReconcilerSettings) -> Decision? {
        if let problem { return Decision(situation: .invalid, reason: problem.text) }
        if mode == nil { return Decision(situation: .invalid, reason: "the Mode is not one that the importer knows") }
        return skipReason(settings).map { Decision(situation: .skipped, reason: $0) }
    }

    /// Whether the row is to be decided.
    func isOpen(_ settings: ReconcilerSettings) -> Bool {
        problem == nil && mode != nil && skipReason(settings) == nil
    }

    private func skipReason(_ settings: ReconcilerSettings) -> String? {
        if !isToBeMigrated { return "MigrateUser is N" }
        if !objectClass.equalsWithoutCase("mailbox") { return "Obj-Class is \(objectClass), not Mailbox" }
        if mode == .delete { return "Mode is Delete" }
        if settings.skippedNames.contains(where: { $0.equalsWithoutCase(mailboxName) }) {
            return "\(mailboxName) is a mailbox name that is never migrated"
        }
        return nil
    }
}
