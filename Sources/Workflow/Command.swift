internal import StrictYAML

/// The commands, and the statuses that each of them ends with: what its help lists and what the manual's table marks.
public enum Command: String, Sendable, CaseIterable {
    case check, raw, plan, explain, apply, undo

    /// Every status that the command may end with, in ascending order.
    public var statuses: [ExitStatus] { unordered.sorted { $0.rawValue < $1.rawValue } }

    private var unordered: [ExitStatus] {
        switch self {
        case .check: Self.ofAll + Self.ofDirectory + [.rowsWait, .cannotCreate]
        case .raw: Self.ofAll + Self.ofDirectory
        case .plan: Self.ofAll + Self.ofDirectory + [.wouldChange, .rowsWait, .cannotCreate]
        case .explain: Self.ofAll
        case .apply: Self.ofAll + Self.ofDirectory + [.rowsWait, .planStale, .cannotCreate]
        case .undo: Self.ofAll + [.planStale, .cannotCreate, .busy, .credentials]
        }
    }

    /// What a status of the command means, where that is more than the status itself says; `nil` for the others.
    public func ownMeaning(of status: ExitStatus) -> String? {
        switch (self, status) {
        case (.check, .rowsWait): "rows have problems, or something of the directory could not be seen"
        case (.raw, .stoppedByLimit): "stopped by a limit; or not found, and not everything could be seen"
        case (.raw, .noInput): "nothing is called so, or a file is missing or cannot be read"
        case (.explain, .usage): "the command line cannot be used, or there is no such row"
        case (.explain, .configuration), (.undo, .configuration): "the configuration cannot be used"
        case (.undo, .done): "done, or undone already"
        case (.undo, .planStale): "the file is no longer what was written; nothing undone"
        case (.undo, .usage): "the command line cannot be used, or there is no such apply"
        case (.undo, .noInput): "no apply is noted, the file that was replaced is gone, or a file cannot be read"
        default: nil
        }
    }

    /// The table of statuses for the command's help page.
    public var statusTable: String {
        ExitStatus.lines(statuses) { ownMeaning(of: $0) ?? $0.meaning }
    }

    /// What any command may meet: arguments, files, settings, stdout, signals.
    private static let ofAll: [ExitStatus] = [
        .done, .usage, .badData, .noInput, .internalError, .inputOutput, .configuration, .interrupted, .terminated,
    ]
    /// What whoever asks a directory may meet.
    private static let ofDirectory: [ExitStatus] = [.stoppedByLimit, .directoryUnavailable, .busy, .credentials]
}

extension Command {
    /// The command that is probably meant by a word that is none.
    public static func nearest(to word: String) -> Command? {
        WordSuggestion.nearest(to: word, among: allCases.map(\.rawValue)).flatMap(Command.init)
    }
}
