public import Records
internal import Texts

/// Writes the lines of a journal: JSON Lines, each of which stands for itself. docs/journal-format.md describes them.
public enum JournalWriter {
    /// The version of the format. A program refuses a journal of a newer one.
    public static let version = 1

    /// With what every line begins, up to the version's number.
    static let mark = "{\"ldapReconcileJournal\":"

    /// One line, line end included.
    public static func line(_ entry: JournalEntry) -> [UInt8] {
        var line = JSONLine(appendingTo: TextBuffer())
        line.object { line in
            line.number("ldapReconcileJournal", version)
            switch entry {
            case .apply(let apply): line.object("apply") { write(apply, to: &$0) }
            case .applied(let number, let at): line.object("applied") { write(number, at, to: &$0) }
            case .undo(let number, let at): line.object("undo") { write(number, at, to: &$0) }
            case .undone(let number, let at, let keptAs):
                line.object("undone") { line in
                    write(number, at, to: &line)
                    line.string("keptAs", keptAs)
                }
            }
        }
        let text = line.ended()
        return text.withBytes { $0.withUnsafeBufferPointer { Array($0) } }
    }

    private static func write(_ number: Int, _ at: String, to line: inout JSONLine) {
        line.number("number", number)
        line.requiredString("at", at)
    }

    private static func write(_ apply: AppliedFile, to line: inout JSONLine) {
        write(apply.number, apply.at, to: &line)
        line.object("plan") { write(apply.plan, to: &$0) }
        line.object("source") { write(apply.source, to: &$0) }
        line.requiredString("output", apply.output)
        if let before = apply.before { line.object("before") { write(before, to: &$0) } }
        line.object("after") { write(apply.after, to: &$0) }
        line.object("spelling") { line in
            line.requiredString("encoding", apply.spelling.encoding)
            line.requiredString("separator", apply.spelling.separator)
            line.requiredString("quote", apply.spelling.quote)
            line.requiredString("lineEnd", apply.spelling.lineEnd)
        }
        line.number("rowCount", apply.rowCount)
        line.list("rows", apply.rows) { line, row in
            line.number("row", row.row)
            line.number("line", row.line)
            line.requiredString("mailboxName", row.mailboxName)
            line.list("changes", row.changes) { line, change in
                line.requiredString("column", change.column)
                line.requiredString("old", change.old)
                line.requiredString("new", change.new)
            }
        }
    }

    private static func write(_ file: AppliedFile.Named, to line: inout JSONLine) {
        line.requiredString("path", file.path)
        line.requiredString("sha256", file.sha256)
    }

    private static func write(_ digest: FileDigest, to line: inout JSONLine) {
        line.requiredString("sha256", digest.sha256)
        line.number("size", digest.size)
    }
}
