/// One event of the migration, as an exported application log has it.
public struct LoggedEvent: Sendable, Equatable {
    /// Who logged it: `MSExchangeMig`, `MSExchangeMigDS` or `MSExchangeDSImp`. The same small number means different things of each (KB Q184532).
    public let source: String
    /// The event's number.
    public let id: Int
    /// What the log says of it: the description, or only what is inserted into it, as dumpel writes.
    public let text: String
    /// The line of the export on which it begins, from 1.
    public let line: Int

    /// An event from its parts.
    public init(source: String, id: Int, text: String, line: Int) {
        self.source = source
        self.id = id
        self.text = text
        self.line = line
    }

    /// The sources that a migration logs under.
    static let sources = ["MSExchangeMig", "MSExchangeMigDS", "MSExchangeDSImp"]

    /// The source's name as it is documented; `nil` for any other text.
    static func source(_ text: some StringProtocol) -> String? {
        let name = text.lowercased()
        return sources.first { $0.lowercased() == name }
    }
}
