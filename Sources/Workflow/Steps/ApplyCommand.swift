internal import LDAPClient
internal import DirectorySource
internal import MigrationFile
internal import PlanFormat
internal import Records
internal import Reporting

/// `apply PLAN`: reads every entry that a change rests on again, then writes the corrected file.
public struct ApplyCommand: Sendable {
    /// The plan's path.
    public var plan: String
    /// The corrected file's path; `nil` puts `.corrected` before the source's suffix.
    public var output: String?
    /// Whether a file that stands there already is replaced; it is kept under another name.
    public var replaces: Bool

    /// A command from its parts.
    public init(plan: String, output: String? = nil, replaces: Bool = false) {
        self.plan = plan
        self.output = output
        self.replaces = replaces
    }

    /// Runs the command. Nothing is written when the source or an entry has changed since the plan.
    public func run(_ context: RunContext) throws(Failure) -> ExitStatus {
        let plan = try PlanFile.read(self.plan)
        var context = context
        context.remembered = .remembered(plan.header.settings, by: self.plan)
        if let path = plan.header.settings[Settings.configurationKey], ConfigurationFile.path(context) == nil {
            throw Failure(
                .usage,
                "The plan was made with the configuration file '\(path)': give --config \(path.shellQuoted), or the one that takes its place."
            )
        }
        let settings = try Settings(context)
        if !settings.quiet { context.console.talk("Reading the mailboxes of the plan again on \(settings.placesInWords).") }
        let source = try unchangedSource(of: plan, settings)
        try checkEntries(of: plan, Directory(settings, context))
        let corrections = plan.rows.filter { !$0.changes.isEmpty }.map { RowCorrection(row: $0.row, changes: $0.changes) }
        let path = output ?? Self.correctedName(of: source.path)
        let outcome = try write(corrections, source, to: path, context)
        show(plan, outcome, settings, context.console)
        return plan.hasWaitingRows ? .rowsWait : .done
    }

    /// `users.csv` becomes `users.corrected.csv`.
    static func correctedName(of path: String) -> String {
        guard let dot = path.lastIndex(of: "."), dot > path.startIndex, !path[dot...].contains("/"), path[path.index(before: dot)] != "/"
        else {
            return path + ".corrected"
        }
        return path[..<dot] + ".corrected" + path[dot...]
    }

    private func unchangedSource(of plan: Plan, _ settings: Settings) throws(Failure) -> MigrationInput {
        let source = try MigrationInput(
            path: plan.header.file, index: 0, settings: settings.encoding == "auto" ? settings.reading(plan.header.encoding) : settings)
        guard source.sha256 == plan.header.sha256 else {
            throw Failure(
                .planStale,
                "The file '\(source.path)' is not the one that the plan was made for: its SHA-256 is \(source.sha256) instead of \(plan.header.sha256). Nothing was written; make the plan again."
            )
        }
        return source
    }

    /// Reads every target again and refuses when one is gone or no longer what the decision saw.
    private func checkEntries(of plan: Plan, _ directory: Directory) throws(Failure) {
        let changed = plan.rows.filter { !$0.changes.isEmpty }
        let now = try directory.current(changed.compactMap { $0.target?.dn })
        let moved = changed.compactMap { row in row.target.flatMap { StaleEntry(row: row, was: $0, now: now[$0.dn]) } }
        guard let first = moved.first else { return }
        let more = moved.count > 1 ? " \(moved.count - 1) more have changed, too." : ""
        throw Failure(.planStale, "\(first.description)\(more) Nothing was written; make the plan again.")
    }

    private func write(_ corrections: [RowCorrection], _ source: MigrationInput, to path: String, _ context: RunContext) throws(Failure)
        -> FileReplacement.Outcome
    {
        do {
            let bytes = try source.file.corrected(corrections)
            try source.file.verify(bytes, against: corrections)
            return try FileReplacement(output: path, model: source.path, existing: replaces ? .replaceKeepingPrevious : .refuse).write(
                bytes, isCancelled: context.isCancelled)
        } catch { throw Failure(error) }
    }

    private func show(_ plan: Plan, _ outcome: FileReplacement.Outcome, _ settings: Settings, _ console: Console) {
        let changed = plan.rows.count { !$0.changes.isEmpty }
        let waiting = plan.rows.count { $0.situation.treatment == .review }
        if settings.json {
            console.data(
                JSONText.of(
                    ApplyResult(
                        certificateCheckOff: settings.certificateCheckOff, file: plan.header.file, output: outcome.path,
                        kept: outcome.previous, changedRows: changed, waitingRows: waiting,
                        notes: outcome.notes)))
        } else if !settings.quiet {
            let kept = outcome.previous.map { "; the file that stood there is kept as \($0.printable)" } ?? ""
            let unchecked = settings.certificateCheckOff.map { UncheckedCertificate.words($0) + "\n" } ?? ""
            console.data("\(changed) of \(plan.rows.count) rows corrected in \(outcome.path.printable)\(kept).\n\(unchecked)")
        }
        for note in outcome.notes { console.talk(note.printable) }
        if waiting > 0, !settings.quiet {
            console.talk("\(waiting) row\(waiting == 1 ? " waits" : "s wait") for a person and stand\(waiting == 1 ? "s" : "") as before.")
        }
    }
}

extension Plan {
    /// Whether some row waits for a person.
    fileprivate var hasWaitingRows: Bool { header.counts.contains { $0.key.treatment == .review && $0.value > 0 } }
}

/// What `apply --json` says.
private struct ApplyResult: Encodable {
    /// Why the server's certificate was not checked; left out where it was.
    var certificateCheckOff: String?
    var file, output: String
    var kept: String?
    var changedRows, waitingRows: Int
    var notes: [String]
}

/// An entry that is no longer what a decision saw.
private struct StaleEntry: CustomStringConvertible {
    let description: String

    /// `nil` when nothing has changed.
    init?(row: PlannedRow, was: PlannedCandidate, now: Recipient?) {
        let place = "Line \(row.line) (\(row.mailboxName)): the entry '\(was.dn)'"
        guard let now else {
            description = "\(place) is gone or can no longer be seen."
            return
        }
        guard Digest.fingerprint(of: now) != was.fingerprint else { return nil }
        let pairs = [
            ("Directory Name", was.directoryName, now.directoryName), ("alias", was.alias, now.alias),
            ("display name", was.displayName, now.displayName),
            ("kind", was.kind.rawValue, now.kind.rawValue), ("id", was.id, now.id),
        ]
        if let (name, old, new) = pairs.first(where: { $0.1 != $0.2 }) {
            description = "\(place) has changed since the plan: \(name) was '\(old)' and is '\(new)'."
        } else {
            description = "\(place) has changed since the plan (a name, address, server or key)."
        }
    }
}

extension Directory {
    /// The recipients at some DNs: one by one while they are few, by a full read when that is cheaper.
    fileprivate func current(_ dns: [String]) throws(Failure) -> [String: Recipient] {
        if dns.count <= 500 { return try recipients(at: dns) }
        return Dictionary(try read().recipients.map { ($0.dn, $0) }) { first, _ in first }
    }
}

extension Settings {
    /// Which servers are asked, and as whom.
    fileprivate var placesInWords: String { Self.words(places) + (login.name.isEmpty ? "" : " as \(login.name)") }

    /// The same settings with another encoding.
    fileprivate func reading(_ encoding: String) -> Settings {
        var copy = self
        copy.encoding = encoding
        return copy
    }
}
