/// Where a run's words go, and what it asks the person who started it. The program's edge gives the real ones, a test its own.
public struct Console: Sendable {
    /// Data, for stdout. A closed pipe is the closure's affair.
    public var data: @Sendable (String) -> Void
    /// Talk, for stderr, a line at a time.
    public var talk: @Sendable (String) -> Void
    /// A line on stderr that the next one replaces; `nil` when there is no terminal to show it.
    public var progress: (@Sendable (String) -> Void)?
    /// Whether stdout shows colours.
    public var hasColours: Bool
    /// How many columns the terminal has that shows stdout; `nil` when none does, and lines stay whole.
    public var width: Int?
    /// Asks for a password without showing it; `nil` when there is nobody to ask. The bytes are the caller's to wipe.
    public var askPassword: @Sendable (_ prompt: String) -> [UInt8]?

    /// A console from its parts.
    public init(
        data: @escaping @Sendable (String) -> Void, talk: @escaping @Sendable (String) -> Void,
        progress: (@Sendable (String) -> Void)? = nil,
        hasColours: Bool = false, width: Int? = nil, askPassword: @escaping @Sendable (String) -> [UInt8]? = { _ in nil }
    ) {
        self.data = data
        self.talk = talk
        self.progress = progress
        self.hasColours = hasColours
        self.width = width
        self.askPassword = askPassword
    }
}

/// What a run is given: the words of its caller and the world around it. Time comes in here, so that no step looks at the clock itself.
public struct RunContext: Sendable {
    /// What the command line says.
    public var flags: SettingLayer
    /// The environment's variables.
    public var environment: [String: String]
    /// What a plan remembers of the run that made it; weaker than everything else.
    var remembered = SettingLayer()
    /// The configuration file named by `--config`.
    public var configuration: String?
    /// Where words go.
    public var console: Console
    /// Asked again and again; `true` ends the run with nothing half written.
    public var isCancelled: @Sendable () -> Bool
    /// The time, RFC 3339 in UTC.
    public var now: @Sendable () -> String

    /// A context from its parts.
    public init(
        flags: SettingLayer, environment: [String: String], configuration: String?, console: Console,
        isCancelled: @escaping @Sendable () -> Bool,
        now: @escaping @Sendable () -> String
    ) {
        self.flags = flags
        self.environment = environment
        self.configuration = configuration
        self.console = console
        self.isCancelled = isCancelled
        self.now = now
    }
}
