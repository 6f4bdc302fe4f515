/// One event of a migration, as an exported application log has it.
public struct LoggedEvent: Sendable, Equatable, Codable {
    /// Who logged it: `MSExchangeMig`, `MSExchangeMigDS` or `MSExchangeDSImp`. The same small number means different things of each (KB Q184532).
    public var source: String
    /// The event's number.
    public var id: Int
    /// What the log says of it: the description, or only what is inserted into it, as dumpel writes.
    public var text: String
    /// The line of the export on which it begins, from 1.
    public var line: Int

    /// An event from its parts.
    public init(source: String, id: Int, text: String, line: Int) {
        self.source = source
        self.id = id
        self.text = text
        self.line = line
    }
}

/// An event that an earlier import logged for a row.
public struct RowEvent: Sendable, Equatable, Codable {
    /// What was logged.
    public var event: LoggedEvent
    /// Whether the forecast for the row as it stands has this event.
    public var isForeseen: Bool

    /// An event from its parts.
    public init(_ event: LoggedEvent, isForeseen: Bool) {
        self.event = event
        self.isForeseen = isForeseen
    }
}

/// An event that the forecast for a row as it stands has, and that an earlier import's log, which has others of its source, does not have for the row.
///
/// That need not speak against the forecast: the log may be of another run, or the event may be one of those that name no row.
public struct MissingEvent: Sendable, Hashable, Codable {
    /// Who would have logged it.
    public var source: String
    /// Its number.
    public var id: Int
    /// How many such events of the log name no row.
    public var nameless: Int

    /// A missing event from its parts.
    public init(source: String, id: Int, nameless: Int) {
        self.source = source
        self.id = id
        self.nameless = nameless
    }
}
