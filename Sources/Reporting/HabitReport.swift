public import Records

/// The habits that were found, as a section of a page.
public enum HabitReport {
    /// More lines say little to a person; `--json` has them all.
    private static let mostLines = 20

    /// The section; empty where there is none. `isWhole`: with every line.
    public static func text(of habits: FoundHabits, isWhole: Bool = false, ink: Ink) -> String {
        let limit = isWhole ? Int.max : mostLines
        var lines: [String] = []
        if !habits.containers.isEmpty {
            lines.append(ink.bold("How Directory Names are made"))
            lines += list(habits.containers.map(words), limit)
        }
        let postoffices = habits.postoffices.map(words).filter { !$0.isEmpty }
        if !postoffices.isEmpty {
            lines += (lines.isEmpty ? [] : [""]) + [ink.bold("What the postoffices' people have in common")]
            lines += list(postoffices, limit)
        }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    private static func list(_ texts: [String], _ limit: Int) -> [String] {
        texts.prefix(limit).map { "  " + $0 } + (texts.count > limit ? ["  and \(texts.count - limit) more; --json has them all"] : [])
    }

    private static func words(_ container: FoundHabits.Container) -> String {
        let aliases = container.aliases.isEmpty || container.aliases == container.forms ? "" : "; aliases: \(words(container.aliases))"
        return "\(container.dn.printable): \(container.forms.isEmpty ? "no habit" : words(container.forms))\(aliases)"
    }

    private static func words(_ postoffice: FoundHabits.Postoffice) -> String {
        let found = [
            postoffice.forms.isEmpty ? nil : "mailbox names are \(words(postoffice.forms))",
            postoffice.kept.map { "\($0.count) of \($0.of) kept theirs as alias and Directory Name" },
            postoffice.home.map { "\($0.count) of \($0.of) live in \($0.name.printable)\($0.isTold == true ? ", as told" : "")" },
            postoffice.department.map { "\($0.count) of \($0.of) work in \($0.name.printable)" },
        ].compactMap(\.self)
        let name = postoffice.name.isEmpty ? "rows without a postoffice" : postoffice.name.printable
        return found.isEmpty ? "" : "\(name), \(postoffice.rows) rows: \(found.joined(separator: "; "))"
    }

    private static func words(_ forms: [FoundHabits.Form]) -> String {
        forms.map { "\($0.count * 100 / max(1, $0.of)) % \($0.form)" }.joined(separator: ", ")
    }
}
