public import Records

/// What an exported log of an earlier import comes to.
public struct EventSummary: Sendable, Encodable {
    /// The log's path.
    public var file: String
    /// How many events of the migration are in it, and how many records of others.
    public var events, others: Int
    /// Those that name no row.
    public var untied: [LoggedEvent]

    /// A summary from its parts.
    public init(file: String, events: Int, others: Int, untied: [LoggedEvent]) {
        self.file = file
        self.events = events
        self.others = others
        self.untied = untied
    }

    /// For a terminal: how many events there are, and the first of those that name no row.
    public func text(limit: Int, ink: Ink) -> String {
        var lines = [
            ink.bold(
                "\(file.printable): \(events) event\(events == 1 ? "" : "s") of the migration, \(events - untied.count) of them tied to rows"
            )
        ]
        for event in untied.prefix(limit) {
            lines.append("  \(ink.yellow("no row")) line \(event.line) \(event.source) \(event.id): \(event.shownText)")
        }
        if untied.count > limit { lines.append("  … and \(untied.count - limit) more that name no row; --all shows them") }
        return lines.joined(separator: "\n") + "\n"
    }
}
