internal import Records

/// What a directory holds, as sections of a page: numbers first, the largest at the top.
enum SurveyReport {
    /// More lines of one kind say little to a person; `--json` has them all.
    private static let mostLines = 20
    /// A network and a postoffice of MS Mail have 10 characters each (KB Q112880).
    private static let widestPostoffice = 21

    /// The sections, each after an empty line; none of what was not found at all.
    static func text(of survey: DirectorySurvey, ink: Ink) -> String {
        let width = max(String(survey.recipients).count, 5)
        func number(_ count: Int) -> String {
            String(repeating: " ", count: max(0, width - String(count).count)) + String(count)
        }
        var lines: [String] = []
        func add(_ heading: String, _ rows: [(count: Int, text: String)], more: String) {
            if rows.isEmpty { return }
            lines += ["", ink.bold(heading)]
            lines += rows.prefix(mostLines).map { "  \(number($0.count))  \($0.text.printable)" }
            let rest = rows.dropFirst(mostLines).reduce(0) { $0 + $1.count }
            if rows.count > mostLines { lines.append("  \(number(rest))  in \(rows.count - mostLines) more \(more); --json has them all") }
        }
        add("Containers", survey.containers.map { ($0.count, $0.name.isEmpty ? "(at the top)" : $0.name) }, more: "containers")
        add("Home servers of the mailboxes", homeServers(survey), more: "places")
        add("Aliases of the mailboxes", aliases(survey.aliases), more: "")
        add("Recipients with an address of type", addressTypes(survey), more: "types")
        lines += postoffices(survey, ink, number)
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    private static func homeServers(_ survey: DirectorySurvey) -> [(count: Int, text: String)] {
        survey.homeServers.map { ($0.count, $0.name) } + (survey.withoutHomeServer > 0 ? [(survey.withoutHomeServer, "(none known)")] : [])
    }

    private static func aliases(_ aliases: DirectorySurvey.Aliases) -> [(count: Int, text: String)] {
        [
            (aliases.same, "the same as the Directory Name"), (aliases.other, "differs from the Directory Name"),
            (aliases.none, "no alias"),
        ].filter { $0.0 > 0 }
    }

    private static func addressTypes(_ survey: DirectorySurvey) -> [(count: Int, text: String)] {
        survey.addressTypes.map { ($0.count, $0.name) }
            + (survey.withoutAddress > 0 ? [(survey.withoutAddress, "(no address at all)")] : [])
    }

    private static func postoffices(_ survey: DirectorySurvey, _ ink: Ink, _ number: (Int) -> String) -> [String] {
        let found = survey.postoffices
        if found.isEmpty && survey.oddAddresses == 0 { return [] }
        var lines = ["", ink.bold("Postoffices in addresses")]
        func row(_ ms: String, _ migrate: String, _ text: String) { lines.append("  \(ms)  \(migrate)  \(text)") }
        let (first, second) = (number(0).count, max(number(0).count, 7))
        func right(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(0, width - text.count)) + text }
        if !found.isEmpty { row(right("MS", first), right("MIGRATE", second), "NETWORK/POSTOFFICE") }
        let names = min(found.prefix(mostLines).map(\.name.printable.count).max() ?? 0, widestPostoffice)
        for one in found.prefix(mostLines) {
            let remark = one.isExchangesOwn ? "  taken for Exchange's own: no evidence" : ""
            row(
                right(String(one.ms), first), right(String(one.migrate), second),
                (remark.isEmpty ? one.name.printable : one.name.printable.padded(to: names)) + remark)
        }
        let rest = found.dropFirst(mostLines)
        if !rest.isEmpty {
            row(
                right(String(rest.reduce(0) { $0 + $1.ms }), first), right(String(rest.reduce(0) { $0 + $1.migrate }), second),
                "in \(rest.count) more postoffices; --json has them all")
        }
        if survey.oddAddresses > 0 {
            lines.append("  \(number(survey.oddAddresses))  MS or MIGRATE addresses that name no MS Mail mailbox")
        }
        return lines
    }
}
