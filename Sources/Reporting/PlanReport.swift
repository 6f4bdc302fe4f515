public import Records

/// A plan as text for a terminal.
public enum PlanReport {
    /// How many rows are in each situation, with what that means; situations without a row are left out.
    public static func summary(of plan: Plan, ink: Ink) -> String {
        let rows = plan.header.counts.values.reduce(0, +)
        var lines = [ink.bold("\(plan.header.file.printable): \(rows) row\(rows == 1 ? "" : "s")")]
        let width = String(plan.header.counts.values.max() ?? 0).count
        for situation in Situation.allCases {
            guard let count = plan.header.counts[situation], count > 0 else { continue }
            let number = String(repeating: " ", count: width - String(count).count) + String(count)
            lines.append(
                "  \(number)  \(situation.painted(situation.rawValue.padded(to: 10), ink))  \(situation.meaning); \(situation.fate)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The changes as a person reads them: row, old and new cells, mailbox. At most `limit` rows; then how many more there are.
    public static func changes(of plan: Plan, limit: Int, ink: Ink) -> String {
        let changed = plan.rows.filter { !$0.changes.isEmpty }
        var lines: [String] = []
        for row in changed.prefix(limit) {
            let cells = row.changes.map { "\($0.column.printable) \(ink.red("-" + quoted($0.old))) \(ink.green("+" + quoted($0.new)))" }
            lines.append("\(name(of: row, ink))  \(cells.joined(separator: "  "))")
            if let target = row.target { lines.append(ink.faint("    \(target.dn.printable): \(inShort(target.evidence))")) }
        }
        if changed.count > limit { lines.append("… and \(changed.count - limit) more; --all shows every change") }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    /// The rows that wait for a person, one line each, the loud ones first. At most `limit`; then how many more there are.
    public static func waiting(in plan: Plan, limit: Int, ink: Ink) -> String {
        let order: [Situation] = [.trap, .invalid, .contested, .ambiguous, .notMailbox, .elsewhere, .probable, .unknown]
        let waiting = order.flatMap { situation in plan.rows.filter { $0.situation == situation } }
        var lines: [String] = []
        for row in waiting.prefix(limit) {
            let situation = row.situation.painted(row.situation.rawValue.padded(to: 10), ink)
            lines.append("  \(situation) \(name(of: row, ink)): \(row.reason.printable)")
        }
        if waiting.count > limit { lines.append("  … and \(waiting.count - limit) more; --all shows every row") }
        return lines.isEmpty ? "" : ink.bold("Rows that wait for a person:") + "\n" + lines.joined(separator: "\n") + "\n"
    }

    /// Where the corrected rows' mailboxes lie, when that is more than one container: an import works in one at a time.
    public static func containers(of plan: Plan, ink: Ink) -> String {
        var counts: [String: Int] = [:]
        for row in plan.rows where !row.changes.isEmpty {
            if let target = row.target { counts[DistinguishedName(target.dn).parent, default: 0] += 1 }
        }
        guard counts.count > 1 else { return "" }
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let listed = sorted.prefix(5).map { "  \($0.value) in \($0.key.printable)" }
        let more = sorted.count > 5 ? ["  and \(sorted.count - 5) more"] : []
        let warning =
            "The corrected rows' mailboxes lie in \(counts.count) containers. The importer looks for a Common-Name in the one container that it imports into: run the plan once for each, with --container DN."
        return ([ink.yellow(warning)] + listed + more).joined(separator: "\n") + "\n"
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
