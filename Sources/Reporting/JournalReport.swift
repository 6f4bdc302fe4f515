public import Records

/// The applies of a file, as text.
public enum JournalReport {
    /// What has become of an apply, in a few words.
    public static func words(_ state: Journal.State) -> String {
        switch state {
        case .inPlace: "in place: the file is what it wrote"
        case .undone: "undone"
        case .superseded(let number): "under apply \(number)"
        case .changed: "changed: the file is no longer what it wrote"
        case .notDone: "not done: its run was broken off before that"
        }
    }

    /// A line for each apply, the oldest first.
    public static func text(of journal: Journal, file: String, ink: Ink) -> String {
        let rows = journal.items.map { item in
            let count = item.apply.rows.count
            return [
                "\(item.apply.number)", item.apply.at.printable, "\(count) row\(count == 1 ? "" : "s")", item.apply.plan.path.printable,
                words(item.state),
            ]
        }
        let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            let cells = row.enumerated().map { index, text in
                index == 0 || index == 2
                    ? String(repeating: " ", count: widths[index] - text.count) + text : index < 4 ? text.padded(to: widths[index]) : text
            }
            return "  " + cells.joined(separator: "  ")
        }
        return ([ink.bold("Applies of \(file.printable)")] + lines).joined(separator: "\n") + "\n"
    }
}
