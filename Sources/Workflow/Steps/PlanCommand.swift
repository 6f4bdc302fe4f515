internal import MigrationFile
internal import PlanFormat
internal import Reconciler
internal import Records
internal import Reporting

/// `plan FILE…`: reads both sides, decides every row, writes the plans, shows what they say.
public struct PlanCommand: Sendable {
    /// The migration files.
    public var files: [String]
    /// Answers by exit status alone and writes nothing.
    public var checksOnly: Bool
    /// The plan's path; `nil` puts `.plan.jsonl` after each file's name.
    public var output: String?
    /// Shows every change and every waiting row.
    public var showsAll: Bool

    /// A command from its parts.
    public init(files: [String], checksOnly: Bool = false, output: String? = nil, showsAll: Bool = false) {
        self.files = files
        self.checksOnly = checksOnly
        self.output = output
        self.showsAll = showsAll
    }

    /// Runs the command. Nothing is written unless the whole directory was read.
    public func run(_ context: RunContext) throws(Failure) -> ExitStatus {
        if output != nil, files.count > 1 {
            throw Failure(.usage, "--output names one plan, but there are \(files.count) files; leave it out.")
        }
        let settings = try Settings(context)
        let plans = try plans(settings, context)
        if checksOnly { return status(of: plans, whenChanging: .wouldChange) }
        for plan in plans { try write(plan, to: path(of: plan), context) }
        show(plans, settings, context.console)
        return status(of: plans, whenChanging: .done)
    }

    /// The one way from files and directory to decisions.
    private func plans(_ settings: Settings, _ context: RunContext) throws(Failure) -> [MadePlan] {
        let inputs = try MigrationInput.all(files, settings: settings)
        var map: [MappedPair] = []
        if let path = settings.map { map = try MapFile.pairs(at: path) }
        if !settings.quiet { for hint in inputs.compactMap({ $0.hint(settings) }) { context.console.talk(hint) } }
        let readAt = context.now()
        let snapshot = try Directory(settings, context).read()
        let reconciler = Reconciler(
            settings: ReconcilerSettings(
                postoffices: inputs.map { $0.postoffice(settings) }, map: map, container: settings.container,
                homeServer: settings.homeServer, usesUniqueKey: settings.keyColumn != nil))
        let deliberation = reconciler.deliberate(rows: Self.rows(of: inputs), snapshot: snapshot)
        if context.isCancelled() { throw Failure(.interrupted, "Interrupted; nothing was written.") }
        let making = PlanMaking(
            inputs: inputs, snapshot: snapshot, settings: settings, readAt: readAt, madeAt: context.now(), shownRows: shownRows)
        do throws(FileAccessError) {
            return try making.plans(decision: deliberation.decision) { (input) throws(FileAccessError) in
                checksOnly ? nil : try Spool(for: path(for: input.path))
            }
        } catch { throw Failure(error) }
    }

    /// All rows of the run; those of a single file are not copied.
    private static func rows(of inputs: [MigrationInput]) -> [MigrationRow] {
        inputs.count == 1 ? inputs[0].file.rows : inputs.flatMap(\.file.rows)
    }

    private var shownRows: Int { showsAll ? Int.max : 20 }

    private func path(of plan: MadePlan) -> String { path(for: plan.header.file) }

    private func path(for file: String) -> String { output ?? file + ".plan.jsonl" }

    private func status(of plans: [MadePlan], whenChanging changing: ExitStatus) -> ExitStatus {
        if changing != .done, plans.contains(where: { $0.overview.changedRows > 0 }) { return changing }
        return plans.contains { $0.overview.waitingRows > 0 } ? .rowsWait : .done
    }

    private func write(_ plan: MadePlan, to path: String, _ context: RunContext) throws(Failure) {
        try PlanFile.refuseOverwritingOther(path)
        do {
            try FileReplacement(output: path, model: plan.header.file, existing: .replace).write(
                PlanWriter.header(plan.header), followedBy: plan.body, isCancelled: context.isCancelled)
        } catch { throw Failure(error) }
    }

    private func show(_ plans: [MadePlan], _ settings: Settings, _ console: Console) {
        guard !settings.json else { return console.data(JSONText.of(PlanSummaries(plans: plans.map { .init($0, path: path(of: $0)) }))) }
        guard !settings.quiet else { return }
        let ink = Ink(isOn: console.hasColours)
        if let proof = plans.first?.header.directory { console.data(DirectoryReport.text(of: proof, ink: ink) + "\n") }
        for plan in plans {
            let parts = [
                PlanReport.summary(of: plan.header.file, plan.overview, ink: ink), PlanReport.changes(plan.overview, ink: ink),
                PlanReport.containers(plan.overview, ink: ink), PlanReport.waiting(plan.overview, limit: shownRows, ink: ink),
            ]
            for part in parts where !part.isEmpty { console.data(part + "\n") }
            let next = plan.overview.changedRows > 0 ? "Next: \(Program.name) apply \(path(of: plan).shellQuoted)" : "Nothing to change."
            console.talk("Plan written to \(path(of: plan)). \(next)")
        }
    }
}

/// What `plan --json` says.
private struct PlanSummaries: Encodable {
    struct Summary: Encodable {
        var file, plan: String
        var counts: [String: Int]
        var changedRows, waitingRows: Int

        init(_ made: MadePlan, path: String) {
            file = made.header.file
            plan = path
            counts = Dictionary(uniqueKeysWithValues: made.overview.counts.map { ($0.rawValue, $1) })
            changedRows = made.overview.changedRows
            waitingRows = made.overview.waitingRows
        }
    }
    var plans: [Summary]
}
