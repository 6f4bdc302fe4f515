public import Records

/// What differs between a file and its corrected form, as a unified diff for a terminal: texts decoded, control characters shown.
public enum UnifiedDiff {
    /// The diff; empty where nothing differs.
    public static func text(of hunks: [DiffHunk], old: String, new: String, ink: Ink) -> String {
        guard !hunks.isEmpty else { return "" }
        var lines = [ink.bold("--- \(old.printable)"), ink.bold("+++ \(new.printable)")]
        for hunk in hunks {
            let counts = hunk.counts
            lines.append(ink.faint("@@ -\(hunk.oldStart),\(counts.old) +\(hunk.newStart),\(counts.new) @@"))
            for line in hunk.lines {
                switch line {
                case .same(let text): lines.append(" " + text.printable)
                case .removed(let text): lines.append(ink.red("-" + text.printable))
                case .added(let text): lines.append(ink.green("+" + text.printable))
                case .withoutEnd: lines.append("\\ No newline at end of file")
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
