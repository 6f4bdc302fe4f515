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
            lines.append("  \(number)  \(situation.painted(situation.rawValue.padded(to: 10), ink))  \(situation.meaning); \(situation.fate)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The changes as a person reads them: row, old and new cells, mailbox. At most `limit` rows; then how many more there are.
    public static func changes(of plan: Plan, limit: Int, ink: Ink) -> String {
        let changed = plan.rows.filter { !$0.changes.isEmpty }
        var lines: [String] = []
        for row in changed.prefix(limit) {
            lines.append("\(ink.bold("row \(row.row)")) (line \(row.line)) \(row.mailboxName.printable), \(row.fullName.printable)")
            for change in row.changes {
                lines.append("  \(change.column.printable): \(ink.red("-" + quoted(change.old))) \(ink.green("+" + quoted(change.new)))")
            }
            if let target = row.target { lines.append(ink.faint("  \(row.reason.printable): \(target.dn.printable)")) }
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
            lines.append("  \(situation) row \(row.row) (line \(row.line)) \(row.mailboxName.printable), \(row.fullName.printable): \(row.reason.printable)")
        }
        if waiting.count > limit { lines.append("  … and \(waiting.count - limit) more; --all shows every row") }
        return lines.isEmpty ? "" : ink.bold("Rows that wait for a person:") + "\n" + lines.joined(separator: "\n") + "\n"
    }

    private static func quoted(_ text: String) -> String { "'\(text.printable)'" }
}
