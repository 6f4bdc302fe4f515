public import Records

/// A plan as text for a terminal.
public enum PlanReport {
    /// How many rows are in each situation, with what that means; situations without a row are left out.
    public static func summary(of file: String, _ overview: PlanOverview, ink: Ink) -> String {
        let rows = overview.tally.counts.values.reduce(0, +)
        var lines = [ink.bold("\(file.printable): \(rows) row\(rows == 1 ? "" : "s")")]
        let width = String(overview.tally.counts.values.max() ?? 0).count
        for situation in Situation.allCases {
            guard let count = overview.tally.counts[situation], count > 0 else { continue }
            let number = String(repeating: " ", count: width - String(count).count) + String(count)
            lines.append(
                "  \(number)  \(situation.painted(situation.rawValue.padded(to: 10), ink))  \(situation.meaning); \(situation.fate)")
        }
        if let risk = risk(overview.tally) { lines.append("  " + risk) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// How many decisions are expected to be wrong; `nil` when nothing was decided.
    private static func risk(_ tally: PlanTally) -> String? {
        guard tally.decidedRows > 0, tally.expectedWrong > 0 else { return nil }
        let once = Int((Double(tally.decidedRows) / tally.expectedWrong).rounded(.down))
        return "Of \(tally.decidedRows) decided, \(rounded(tally.expectedWrong)) are expected to be wrong: one in \(once)."
    }

    /// Two digits that count: `0.031`, `1.2`, `14`.
    private static func rounded(_ number: Double) -> String {
        if number >= 10 { return String(Int(number.rounded())) }
        let scale = number >= 1 ? 10.0 : number >= 0.1 ? 100 : 1000
        return number < 0.001 ? "less than 0.001" : String((number * scale).rounded() / scale)
    }

    /// What the import would come to, with the file as it stands and as corrected; empty where nothing is said.
    public static func forecast(_ overview: PlanOverview, _ target: ImportTarget, ink: Ink) -> String {
        guard !overview.before.isEmpty else { return "" }
        let width = String(max(overview.before.values.max() ?? 0, overview.after.values.max() ?? 0)).count
        func number(_ count: Int?) -> String {
            let text = String(count ?? 0)
            return String(repeating: " ", count: max(0, max(width, 5) - text.count)) + text
        }
        var lines = [ink.bold("The import, by \(target.words), the file as it stands and as corrected:")]
        for result in ImportResult.allCases where overview.before[result] != nil || overview.after[result] != nil {
            let counts = "  \(number(overview.before[result])) \(number(overview.after[result]))"
            let isLoud = result == .updatesOther
            lines.append("\(counts)  \(isLoud ? ink.red(result.wordsForMany) : result.wordsForMany)")
        }
        lines += remarks(overview).map { "  " + $0 }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func remarks(_ overview: PlanOverview) -> [String] {
        var remarks = absent(overview).map { [$0] } ?? []
        if overview.supposed > 0 {
            remarks.append("For \(rows(overview.supposed)) that rests on a mailbox that is not certain to be the person's.")
        }
        if overview.replacedNames > 0 {
            remarks.append("The Display-Name of \(rows(overview.replacedNames)) then replaces another one in the address book.")
        }
        if overview.accounts > 0 {
            remarks.append(
                "The Common-Name of \(rows(overview.accounts)) is then another row's mailbox name or NT account: create and match no NT accounts in step 4."
            )
        }
        return remarks
    }

    /// What becomes of rows whose people have no mailbox; `nil` where each is given one, or there is no such row.
    private static func absent(_ overview: PlanOverview) -> String? {
        let counts = overview.absent
        guard counts.contains(where: { $0.key != .creates }) else { return nil }
        let all = counts.values.reduce(0, +)
        let found = ImportResult.allCases.compactMap { result in counts[result].map { "\($0) \(result.wordsForMany)" } }
        return "Of \(rows(all)) without a mailbox (absent): \(found.joined(separator: ", "))."
    }

    private static func rows(_ count: Int) -> String { "\(count) row\(count == 1 ? "" : "s")" }

    /// How the forecast stands against what an earlier import logged; empty without a log.
    public static func events(_ overview: PlanOverview, ink: Ink) -> String {
        guard !overview.events.isEmpty || !overview.missingEvents.isEmpty else { return "" }
        var lines = [ink.bold("Events of an earlier import, and how many of them the forecast for the file as it stands has:")]
        for (kind, of) in overview.events.sorted(by: { ($0.key.source, $0.key.id) < ($1.key.source, $1.key.id) }) {
            lines.append("  \(of.logged.count) \(kind.source) \(kind.id): \(of.foreseen.count) foreseen")
        }
        lines += overview.missingEvents.sorted { ($0.key.source, $0.key.id) < ($1.key.source, $1.key.id) }.map { missing, rows in
            "  \(rows) row\(rows == 1 ? "" : "s") without \(missing.words)"
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The changes as a person reads them: line, old and new cells, mailbox, the strongest evidence; then how many more there are.
    public static func changes(_ overview: PlanOverview, ink: Ink) -> String {
        var lines: [String] = []
        for row in overview.changes {
            let cells = row.changes.map { "\($0.column.printable) \(ink.red("-" + quoted($0.old))) \(ink.green("+" + quoted($0.new)))" }
            lines.append("\(name(of: row, ink))  \(cells.joined(separator: "  "))")
            if let target = row.target { lines.append(ink.faint("    \(target.dn.printable): \(inShort(target.evidence))")) }
        }
        if overview.tally.changedRows > overview.changes.count {
            lines.append(more(overview.tally.changedRows - overview.changes.count, "change"))
        }
        return lines.isEmpty ? "" : ink.bold("Changes:") + "\n" + lines.joined(separator: "\n") + "\n"
    }

    /// Where the corrected rows' mailboxes lie, when that is more than one container: an import works in one at a time.
    public static func containers(_ overview: PlanOverview, ink: Ink) -> String {
        let counts = overview.containers
        guard counts.count > 1 else { return "" }
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let listed = sorted.prefix(5).map { "  \($0.value) in \($0.key.printable)" }
        let rest = sorted.count > 5 ? ["  and \(sorted.count - 5) more"] : []
        let warning = """
            The corrected rows' mailboxes lie in \(counts.count) containers. The importer looks for a Common-Name in the one container that it
            imports into: make a plan for each, with --container DN.
            """
        return ([ink.yellow(warning)] + listed + rest).joined(separator: "\n") + "\n"
    }

    /// The rows that wait for a person: first those for which somebody else's mailbox would be updated, then the loud situations; then how many more
    /// there are.
    public static func waiting(_ overview: PlanOverview, limit: Int, ink: Ink) -> String {
        let order: [Situation] = [.trap, .invalid, .contested, .ambiguous, .notMailbox, .elsewhere, .probable, .unknown]
        let loud = Set(overview.loud.map(\.row))
        let others = order.flatMap { overview.waiting[$0, default: []] }.filter { !loud.contains($0.row) }
        let rows = (overview.loud + others).prefix(limit)
        var lines = rows.map { row in
            "\(row.situation.painted(row.situation.rawValue.padded(to: 10), ink)) \(name(of: row, ink)): \(row.reason.printable)"
        }
        if overview.tally.waitingRows > rows.count { lines.append(more(overview.tally.waitingRows - rows.count, "row")) }
        return lines.isEmpty ? "" : ink.bold("Rows that wait for a person:") + "\n" + lines.joined(separator: "\n") + "\n"
    }

    private static func more(_ count: Int, _ what: String) -> String {
        "… and \(count) more \(what)\(count == 1 ? "" : "s"); --all shows them"
    }

    private static func name(of row: PlannedRow, _ ink: Ink) -> String {
        "\(ink.bold("line \(row.line)")) \(row.mailboxName.printable), \(row.fullName.printable)"
    }

    /// The two strongest facts.
    private static func inShort(_ evidence: [Evidence]) -> String {
        evidence.filter { $0.force != .against }.prefix(2).map(\.text.printable).joined(separator: "; ")
    }

    private static func quoted(_ text: String) -> String { "'\(text.printable)'" }
}
