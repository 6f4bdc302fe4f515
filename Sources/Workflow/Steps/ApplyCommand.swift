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

    /// A command from its parts.
    public init(plan: String) { self.plan = plan }

    /// Runs the command. Nothing is written when the source or an entry has changed since the plan.
    public func run(_ context: RunContext) throws(Failure) -> ExitStatus {
        let (plan, sha256) = try PlanFile.readWithDigest(self.plan, context)
        var context = context
        context.remembered = .remembered(plan.header.settings, by: self.plan)
        if let path = plan.header.settings[Settings.configurationKey], ConfigurationFile.path(context) == nil {
            throw Failure(
                .usage,
                "The plan was made with the configuration file '\(path)': give --config \(path.shellQuoted), or the one that takes its place."
            )
        }
        let settings = try Settings(context)
        let outputs = settings.command.outputs
        let path = settings.command.corrected ?? Self.correctedName(of: plan.header.file, isPart: outputs.certainOnly)
        if !outputs.splitsByContainer {
            try CorrectedFile.refuse(path, replaces: settings.command.replaces, kind: settings.fileKind)
            try checkJournal(of: path, like: plan.header.file)
        }
        if settings.json, settings.command.showsDifference {
            throw Failure(.usage, "--diff is text for a person: leave it out with --json, which has the changes in the plan.")
        }
        if !settings.quiet { context.console.talk("Reading the mailboxes of the plan again on \(settings.placesInWords).") }
        let source = try unchangedSource(of: plan, settings, context)
        try checkEntries(of: plan, Directory(settings, context), context.console)
        let written = try ApplyOutputs(
            plan: plan, planFile: AppliedFile.Named(path: self.plan, sha256: sha256), source: source, path: path, settings: settings
        ).write(context)
        show(plan, written, settings, context.console)
        return plan.hasWaitingRows ? .rowsWait : .done
    }

    /// `users.csv` becomes `users.corrected.csv`; a part of it, which must not look like the whole, `users.corrected.certain.csv`.
    static func correctedName(of path: String, isPart: Bool = false) -> String {
        let whole = OutputName.inserting("corrected", into: path)
        return isPart ? OutputName.inserting("certain", into: whole) : whole
    }

    private func unchangedSource(of plan: Plan, _ settings: Settings, _ context: RunContext) throws(Failure) -> MigrationInput {
        let source = try MigrationInput(
            path: plan.header.file, index: 0, settings: settings.encoding == "auto" ? settings.reading(plan.header.encoding) : settings,
            isCancelled: context.isCancelled)
        guard source.sha256 == plan.header.sha256 else {
            throw Self.stale(source.path, source.sha256, plan.header.sha256)
        }
        // The digest is right, so the plan's rows are not those that were planned.
        guard source.file.rows.count == plan.rows.count else {
            throw Failure(
                .badData,
                "\(self.plan): the plan has \(plan.rows.count) rows, and the file that it was made for has \(source.file.rows.count). Nothing was written; make the plan again."
            )
        }
        return source
    }

    static func stale(_ path: String, _ now: String, _ then: String) -> Failure {
        Failure(
            .planStale,
            "The file '\(path)' is not the one that the plan was made for: its SHA-256 is \(now) instead of \(then). Nothing was written; make the plan again."
        )
    }

    /// Reads every target again and refuses when one is gone or no longer what the decision saw.
    private func checkEntries(of plan: Plan, _ directory: Directory, _ console: Console) throws(Failure) {
        let changed = plan.rows.filter { !$0.changes.isEmpty }
        let now = try directory.current(changed.compactMap { $0.target?.dn })
        let moved = changed.compactMap { row in row.target.flatMap { StaleEntry(row: row, was: $0, now: now[$0.dn]) } }
        guard let first = moved.first else { return }
        guard moved.count > 1 else { throw Failure(.planStale, "\(first.description) Nothing was written; make the plan again.") }
        for entry in moved.prefix(Self.shownEntries) { console.talk(entry.description) }
        let more = moved.count > Self.shownEntries ? ", of which the first \(Self.shownEntries) are listed" : ""
        throw Failure(
            .planStale, "\(moved.count) entries have changed since the plan\(more). Nothing was written; make the plan again.")
    }

    /// How many of the entries that have changed are listed.
    private static let shownEntries = 20

    /// What is wrong with the journal is said before the directory is asked.
    private func checkJournal(of path: String, like model: String) throws(Failure) {
        do { _ = try JournalStore.entries(beside: try OutputUnderLock.followed(path), like: model) } catch { throw Failure(error) }
    }

    private func show(_ plan: Plan, _ written: ApplyOutputs.Written, _ settings: Settings, _ console: Console) {
        let changed = plan.rows.count { !$0.changes.isEmpty }
        let waiting = plan.rows.count { $0.situation.treatment == .review }
        let notes = written.files.flatMap(\.outcome.notes)
        if settings.json {
            console.data(
                JSONText.of(
                    ApplyResult(
                        certificateCheckOff: settings.certificateCheckOff, file: plan.header.file, output: written.whole?.outcome.path,
                        apply: written.whole?.apply, kept: written.whole?.outcome.previous, changedRows: changed, waitingRows: waiting,
                        notes: notes, files: written.files.map(ApplyResult.File.init))))
        } else if !settings.quiet {
            let ink = Ink(isOn: console.hasColours)
            var text = written.words(changed: changed, of: plan.rows.count)
            if let reason = settings.certificateCheckOff { text += UncheckedCertificate.words(reason) + "\n" }
            if settings.command.showsDifference {
                text += UnifiedDiff.text(of: written.difference, old: plan.header.file, new: written.name, ink: ink)
            }
            console.data(text)
        }
        if !settings.quiet { for note in notes + written.remarks { console.talk(note.printable) } }
        // Whoever is quiet is a job as a rule, and this is what its mail is for.
        if waiting > 0 {
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
    /// One of the files that were written.
    struct File: Encodable {
        var path: String
        /// Its number, for `undo`; left out where it is no user list.
        var apply: Int?
        var kept: String?
        var rows: Int
        var words: String

        init(_ written: ApplyOutputs.WrittenFile) {
            path = written.outcome.path
            apply = written.apply
            kept = written.outcome.previous
            rows = written.file.rows
            words = written.file.words
        }
    }

    /// Why the server's certificate was not checked; left out where it was.
    var certificateCheckOff: String?
    var file: String
    /// The corrected file; left out where it was written in parts.
    var output: String?
    /// Its number, for `undo`.
    var apply: Int?
    var kept: String?
    var changedRows, waitingRows: Int
    var notes: [String]
    /// All files that were written, the corrected one or its parts first.
    var files: [File]
}

extension Directory {
    /// The recipients at some DNs: one by one while they are few, by a full read when that is cheaper, or when some may be where references lead, under
    /// names that the first server does not know.
    fileprivate func current(_ dns: [String]) throws(Failure) -> [String: Recipient] {
        if dns.count <= 500, !followsReferences { return try recipients(at: dns) }
        return Dictionary(try read().snapshot.recipients.map { ($0.dn, $0) }) { first, _ in first }
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
