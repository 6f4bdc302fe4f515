public import Records

/// The evidence for one row, as text.
public enum Explanation {
    /// Everything that a plan knows of a row: situation, reason, mailbox, rivals, cells, and how to look for oneself.
    public static func text(of row: PlannedRow, in plan: Plan, ink: Ink) -> String {
        var lines = [
            ink.bold("Line \(row.line) of \(plan.header.file.printable)") + " (row \(row.row))",
            "  mailbox name \(row.mailboxName.printable), full name \(row.fullName.printable)",
            "  \(row.situation.painted(row.situation.rawValue, ink)): \(row.situation.meaning); \(row.situation.fate)",
        ]
        if !row.reason.isEmpty { lines.append("  because \(row.reason.printable)") }
        if let target = row.target { lines += ["", ink.bold(heading(row.situation))] + candidate(target, ink) }
        if !row.rivals.isEmpty {
            lines += ["", ink.bold(row.target == nil ? "In question" : "Rivals")]
            for rival in row.rivals { lines += candidate(rival, ink) }
        }
        if !row.rivalRows.isEmpty {
            lines += ["", ink.bold("Rows that claim the same mailbox")]
            lines += row.rivalRows.map { "  row \($0.row) of \($0.file.printable): \($0.mailboxName.printable)" }
        }
        if !row.changes.isEmpty {
            lines += ["", ink.bold("Cells")]
            lines += row.changes.map { "  \($0.column.printable): '\($0.old.printable)' becomes '\($0.new.printable)'" }
        }
        lines += ["", ink.bold("Look for yourself")] + searches(for: row, plan.header.directory).map { "  " + $0 }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func heading(_ situation: Situation) -> String {
        switch situation {
        case .trap: "Mailbox that the import would update"
        case .notMailbox: "Entry of that name"
        default: "Mailbox"
        }
    }

    private static func candidate(_ candidate: PlannedCandidate, _ ink: Ink) -> [String] {
        let names = [
            "Directory Name \(candidate.directoryName.printable)", candidate.alias.isEmpty ? nil : "alias \(candidate.alias.printable)",
            candidate.displayName.isEmpty ? nil : "display name \(candidate.displayName.printable)",
            candidate.kind == .mailbox ? nil : candidate.kind.withArticle,
        ].compactMap { $0 }
        return ["  \(candidate.dn.printable)", "    " + names.joined(separator: ", ")]
            + candidate.evidence.map { evidence in
                switch evidence.force {
                case .identifying: "    " + ink.green("+ identifies ") + evidence.text.printable
                case .naming: "    " + ink.green("+ name       ") + evidence.text.printable
                case .against: "    " + ink.red("- against    ") + evidence.text.printable
                }
            }
    }

    /// The ldapsearch lines that show the entries in question; the password is asked for.
    static func searches(for row: PlannedRow, _ directory: ReadProof) -> [String] {
        guard !directory.source.hasPrefix("ldif:") else { return ["ldap-reconcile raw NAME --directory \(directory.source.shellQuoted)"] }
        let login = directory.boundAs.isEmpty ? "" : " -D \(directory.boundAs.shellQuoted) -W"
        let start = "ldapsearch -x -LLL -H \(directory.source.shellQuoted)\(login)"
        let entries = ([row.target].compactMap { $0 } + row.rivals).map { "\(start) -s base -b \($0.dn.shellQuoted)" }
        if !entries.isEmpty { return entries }
        return [
            "\(start) -b \(directory.base.shellQuoted) \("(|(uid=\(row.mailboxName))(mailNickname=\(row.mailboxName))(cn=\(row.mailboxName)))".shellQuoted)"
        ]
    }
}
