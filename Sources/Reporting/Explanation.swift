public import Records

/// The evidence for one row, as text.
public enum Explanation {
    /// Everything that a plan knows of a row: situation, reason, mailbox, rivals, cells, and how to look for oneself. `width`: where a terminal
    /// breaks lines; the searches stay on one line each, to be pasted. `maxError`: how likely a decision by names may be wrong where the plan does not say.
    public static func text(of row: PlannedRow, in plan: Plan, ink: Ink, width: Int? = nil, maxError: Double) -> String {
        var lines = [
            ink.bold("Line \(row.line) of \(plan.header.file.printable)") + " (row \(row.row))",
            "  mailbox name \(row.mailboxName.printable), full name \(row.fullName.printable)",
            "  \(row.situation.painted(row.situation.rawValue, ink)): \(row.situation.meaning); \(row.situation.fate)",
        ]
        if !row.reason.isEmpty { lines.append("  because \(row.reason.printable)") }
        if let once = row.wrongOnceIn {
            lines.append("  such a mailbox is somebody else's once in \(once)")
        }
        if plan.header.directory.certificateCheckOff != nil { lines.append("  read over \(plan.header.directory.protection.printable)") }
        let victims = row.rivals.filter(\.isVictim)
        let rivals = row.rivals.filter { !$0.isVictim }
        for victim in victims { lines += section(heading(victim, row.forecast?.before), [victim], ink) }
        lines += section(heading(row.situation), [row.target].compactMap { $0 }, ink)
        lines += section(row.target == nil ? "In question" : "Rivals", rivals, ink)
        lines += section("Others of such a name", row.namesakes, ink)
        lines += rows("Rows of such a name", row.namesakeRows, ink)
        lines += rows(row.situation == .trap ? "Rows with the same Common-Name" : "Rows that claim the same mailbox", row.rivalRows, ink)
        let chance = ChanceWords.lines(of: row, mailboxes: plan.header.directory.recipients[.mailbox] ?? 0)
        if !chance.isEmpty { lines += ["", ink.bold("How likely the mailbox is somebody else's")] + chance.map { "  " + $0 } }
        let told = plan.header.settings["max-error"].flatMap { Double($0) }
        if let turn = TurningPoints.section(of: row, maxError: told ?? maxError) {
            lines += ["", ink.bold(turn.heading)] + turn.lines.map { "  " + $0.printable }
        }
        if !row.changes.isEmpty {
            lines += ["", ink.bold("Cells")]
            lines += row.changes.map { "  \($0.column.printable): '\($0.old.printable)' becomes '\($0.new.printable)'" }
        }
        if let forecast = row.forecast, let target = plan.header.target {
            lines += ["", ink.bold("Import")] + forecast.lines(of: row, target).map { "  " + $0 }
        }
        if !row.events.isEmpty || row.missingEvent != nil {
            lines += ["", ink.bold("Logged by an earlier import")]
            lines += row.events.map { logged in
                let (event, words) = (logged.event, logged.isForeseen ? ink.green("foreseen") : ink.yellow("not foreseen"))
                return "  \(event.source) \(event.id), line \(event.line) of the log, \(words): \(event.shownText)"
            }
            if let missing = row.missingEvent { lines.append("  \(ink.yellow("not logged")): \(missing.words)") }
        }
        lines = lines.map { $0.wrapped(to: width) }
        lines += ["", ink.bold("Look for yourself")] + searches(for: row, plan.header).map { "  " + $0 }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func rows(_ heading: String, _ rows: [RowReference], _ ink: Ink) -> [String] {
        if rows.isEmpty { return [] }
        return ["", ink.bold(heading)] + rows.map { "  line \($0.line) of \($0.file.printable): \($0.mailboxName.printable)" }
    }

    private static func section(_ heading: String, _ candidates: [PlannedCandidate], _ ink: Ink) -> [String] {
        candidates.isEmpty ? [] : ["", ink.bold(heading)] + candidates.flatMap { candidate($0, ink) }
    }

    /// What the mailbox is to which a row leads that is not its own, by what the import does there.
    private static func heading(_ victim: PlannedCandidate, _ outcome: ImportOutcome?) -> String {
        if let outcome, outcome.dn == victim.dn {
            switch outcome.result {
            case .updates, .updatesOther: return "Mailbox that the import would update"
            case .event287, .event289: return "Entry at which the import would fail"
            default: break
            }
        }
        let isPointedAt = victim.evidence.contains { $0.name == "common-name" }
        return isPointedAt ? "Entry that has the row's Common-Name as Directory Name" : "Mailbox at which the import looks for the row"
    }

    private static func heading(_ situation: Situation) -> String {
        switch situation {
        case .trap: "Mailbox that the names point at"
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

    /// The command lines that show the entries in question; the password is asked for.
    static func searches(for row: PlannedRow, _ header: PlanHeader) -> [String] {
        let search = SearchLine(header)
        let entries = ([row.target].compactMap { $0 } + row.rivals + row.namesakes).map(\.dn)
        if header.directory.source.hasPrefix("ldif:") {
            let names = entries.isEmpty ? [[row.mailboxName, row.fullName].filter { !$0.isEmpty }] : entries.map { [$0] }
            return names.map {
                "ldap-reconcile raw \($0.map(\.shellQuoted).joined(separator: " ")) --directory \(header.directory.source.shellQuoted)"
            }
        }
        if !entries.isEmpty { return entries.map { search.text(base: $0, scope: "base") } }
        return [search.text(base: header.directory.base, filter: RowSearch.filter(for: row, header))]
    }
}

extension PlannedCandidate {
    /// Whether the row's Common-Name, as it stands, is this stranger's Directory Name.
    fileprivate var isVictim: Bool { evidence.contains { $0.name == "common-name" || $0.name == "import-meets" } }
}
