internal import MigrationFile
internal import PlanFormat
internal import Reconciler
internal import Records
internal import Reporting

/// `plan FILE…`: reads both sides, decides every row, writes the plans, shows what they say.
public struct PlanCommand: Sendable {
    /// The migration files.
    public var files: [String]

    /// A command from its parts.
    public init(files: [String]) { self.files = files }

    /// Runs the command. Nothing is written unless the whole directory was read.
    public func run(_ context: RunContext) throws(Failure) -> ExitStatus {
        let settings = try Settings(context)
        if settings.command.plan != nil, files.count > 1 {
            throw Failure(.usage, "--output names one plan, but there are \(files.count) files; leave it out.")
        }
        let rules = try ReconcilerSettings(settings)
        let reading = try DirectoryReading(settings, rules, context)
        let making = try making(reading, rules, settings, context)
        let files = making.inputs.indices
        let tallies = files.map(making.tally)
        if settings.command.checksOnly { return status(of: tallies, whenChanging: .wouldChange) }
        let habits = making.deliberation.habits
        let plans = try zip(files, tallies).map { (index, tally) throws(Failure) in try write(making, index, tally, habits, context) }
        show(plans, making, habits, settings, context.console)
        try reading.finishKeeping()
        // The program ends now. Giving back every text of a large directory one by one would take longer than writing the plan.
        _ = Unmanaged.passRetained(making)
        return status(of: tallies, whenChanging: .done)
    }

    /// The one way from files and directory to decisions.
    private func making(
        _ reading: DirectoryReading, _ rules: ReconcilerSettings, _ settings: Settings, _ context: RunContext
    ) throws(Failure) -> PlanMaking {
        let inputs: [MigrationInput]
        var reconciler = Reconciler(settings: rules)
        var log: FailureLog?
        do throws(Failure) {
            inputs = try MigrationInput.all(files, settings: settings, isCancelled: context.isCancelled)
            if let path = settings.map { reconciler.settings.map = try MapFile.pairs(at: path) }
            if let path = settings.command.events { log = try FailureLog(at: path, inputs, settings) }
        } catch {
            reading.cancel()
            throw error
        }
        reconciler.settings.fileNames = inputs.map(\.path)
        reconciler.settings.postoffices = inputs.map { $0.postoffice(settings) }
        let rows = reconciler.prepare(Self.rows(of: inputs))
        let snapshot = try reading.snapshot(keeps: !settings.command.checksOnly)
        // Not before: where there is no directory, nothing about rows is of use.
        if !settings.quiet { for hint in inputs.compactMap({ $0.hint(settings) }) { context.console.talk(hint) } }
        reconciler.settings.target = settings.target ?? ImportTarget(profile: snapshot.proof.profile)
        let deliberation = reconciler.deliberate(rows, snapshot: snapshot, preparation: reading.preparation)
        if context.isCancelled() { throw Failure(.interrupted, "Interrupted; nothing was written.") }
        try deliberation.refuseContradiction(settings)
        let warnings =
            SiteWarnings(
                settings: settings, nicknames: rules.site.nicknames.count, pairs: reconciler.settings.map.count, inputs: inputs,
                recipients: snapshot.recipients
            ).texts + deliberation.warnings(settings)
        if !settings.quiet { for warning in warnings { context.console.talk(warning) } }
        return PlanMaking(
            inputs: inputs, snapshot: snapshot, deliberation: deliberation, settings: settings, readAt: reading.startedAt,
            madeAt: context.now(), log: log, warnings: warnings,
            shownRows: settings.command.shownRows)
    }

    /// All rows of the run; those of a single file are not copied.
    private static func rows(of inputs: [MigrationInput]) -> [MigrationRow] {
        inputs.count == 1 ? inputs[0].file.rows : inputs.flatMap(\.file.rows)
    }

    private func status(of tallies: [PlanTally], whenChanging changing: ExitStatus) -> ExitStatus {
        if changing != .done, tallies.contains(where: { $0.changedRows > 0 }) { return changing }
        return tallies.contains { $0.waitingRows > 0 } ? .rowsWait : .done
    }

    private func write(
        _ making: PlanMaking, _ index: Int, _ tally: PlanTally, _ habits: FoundHabits, _ context: RunContext
    ) throws(Failure) -> PlanOverview {
        let file = making.inputs[index].path
        let path = making.settings.command.planPath(for: file)
        try PlanFile.refuseOverwritingOther(path)
        var overview = PlanOverview(limit: 0)
        do {
            let header = try PlanWriter.header(making.header(ofFile: index, tally, habits))
            try FileReplacement(output: path, model: file, existing: .replace).write(isCancelled: context.isCancelled) {
                (append) throws(FileAccessError) in
                try append(header.span)
                overview = try making.write(rowsOfFile: index, tally, to: append)
            }
        } catch { throw Failure(error) }
        return overview
    }

    private func show(_ plans: [PlanOverview], _ making: PlanMaking, _ habits: FoundHabits, _ settings: Settings, _ console: Console) {
        let files = making.inputs.map(\.path)
        guard !settings.json else {
            let summaries = zip(files, plans).map { file, plan in
                PlanSummaries.Summary(file, plan, path: settings.command.planPath(for: file), hasLog: making.log != nil)
            }
            let proof = making.snapshot.proof
            return console.data(
                JSONText.of(
                    PlanSummaries(
                        certificateCheckOff: proof.certificateCheckOff, plans: summaries, gaps: proof.gaps, warnings: making.warnings,
                        events: making.log?.summary)))
        }
        guard !settings.quiet else { return }
        let ink = Ink(isOn: console.hasColours)
        console.data((DirectoryReport.text(of: making.snapshot.proof, ink: ink) + "\n").wrapped(to: console.width))
        let found = HabitReport.text(of: habits, isWhole: true, ink: ink)
        if settings.command.showsAll, !found.isEmpty { console.data(found.wrapped(to: console.width) + "\n") }
        if let log = making.log {
            console.data(log.summary.text(limit: settings.command.shownRows, ink: ink).wrapped(to: console.width) + "\n")
        }
        for (file, plan) in zip(files, plans) {
            let parts = [
                PlanReport.summary(of: file, plan, ink: ink), PlanReport.forecast(plan, making.deliberation.target, ink: ink),
                PlanReport.events(plan, ink: ink),
                PlanReport.changes(plan, ink: ink), PlanReport.containers(plan, ink: ink),
                PlanReport.waiting(plan, limit: settings.command.shownRows, ink: ink),
            ]
            for part in parts where !part.isEmpty { console.data(part.wrapped(to: console.width) + "\n") }
            let path = settings.command.planPath(for: file)
            let command = ([Program.name, "apply", path.shellQuoted] + settings.toApply).joined(separator: " ")
            let next = plan.tally.changedRows > 0 ? "Next: \(command)" : "Nothing to change."
            console.talk("Plan written to \(path). \(next)")
        }
    }
}

extension CommandChoice {
    /// How many rows of each sort are shown.
    fileprivate var shownRows: Int { showsAll ? Int.max : 20 }

    /// Where a file's plan goes.
    fileprivate func planPath(for file: String) -> String { plan ?? file + ".plan.jsonl" }
}

/// What `plan --json` says.
private struct PlanSummaries: Encodable {
    struct Summary: Encodable {
        var file, plan: String
        var counts: [String: Int]
        var changedRows, waitingRows: Int
        var expectedWrong: Double
        var forecast: PlanOverview.ForecastCounts?
        /// For how many rows the log lacks the event that the forecast has; left out without a log.
        var rowsWithoutEvent: Int?

        init(_ file: String, _ plan: PlanOverview, path: String, hasLog: Bool) {
            let tally = plan.tally
            self.file = file
            self.plan = path
            counts = Dictionary(uniqueKeysWithValues: tally.counts.map { ($0.rawValue, $1) })
            changedRows = tally.changedRows
            waitingRows = tally.waitingRows
            expectedWrong = tally.roundedExpectedWrong
            forecast = plan.forecast
            rowsWithoutEvent = hasLog ? plan.rowsWithoutEvent : nil
        }
    }
    /// Why the server's certificate was not checked; left out where it was.
    var certificateCheckOff: String?
    var plans: [Summary]
    /// Why "no such mailbox" cannot be said, and rows are `unknown`, in words; empty where it can.
    var gaps: [String]
    /// What was told and comes to nothing, or to more than can be meant.
    var warnings: [String]
    var events: EventSummary?
}

extension ImportTarget {
    /// The importer that goes with a directory: Exchange 2000 keeps its mailboxes in Active Directory.
    fileprivate init(profile: String) {
        self = profile == "exchange50" ? .exchange50 : profile == "active-directory" ? .exchange2000 : .exchange55
    }
}
