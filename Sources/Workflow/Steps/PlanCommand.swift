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
        if output != nil, files.count > 1 { throw Failure(.usage, "--output names one plan, but there are \(files.count) files; leave it out.") }
        let settings = try Settings(context)
        let plans = try Self.plans(for: files, settings, context)
        if checksOnly { return status(of: plans, whenChanging: .wouldChange) }
        for plan in plans { try write(plan, to: output ?? plan.header.file + ".plan.jsonl", context) }
        show(plans, settings, context.console)
        return status(of: plans, whenChanging: .done)
    }

    /// The plans for some files: the one way from files and directory to decisions.
    static func plans(for files: [String], _ settings: Settings, _ context: RunContext) throws(Failure) -> [Plan] {
        let inputs = try MigrationInput.all(files, settings: settings)
        var map: [MappedPair] = []
        if let path = settings.map { map = try MapFile.pairs(at: path) }
        let readAt = context.now()
        let snapshot = try Directory(settings, context).read()
        let reconciler = Reconciler(
            settings: ReconcilerSettings(
                postoffices: inputs.map { $0.postoffice(told: settings.postoffice) }, map: map, container: settings.container,
                homeServer: settings.homeServer, usesUniqueKey: settings.keyColumn != nil))
        let decisions = reconciler.decide(rows: inputs.flatMap(\.file.rows), snapshot: snapshot)
        return PlanMaking(inputs: inputs, snapshot: snapshot, settings: settings, readAt: readAt, madeAt: context.now()).plans(from: decisions)
    }

    private func status(of plans: [Plan], whenChanging changing: ExitStatus) -> ExitStatus {
        if changing != .done, plans.contains(where: { $0.rows.contains { !$0.changes.isEmpty } }) { return changing }
        return plans.contains(where: \.hasWaitingRows) ? .rowsWait : .done
    }

    private func write(_ plan: Plan, to path: String, _ context: RunContext) throws(Failure) {
        try PlanFile.refuseOverwritingOther(path)
        do {
            try FileReplacement(output: path, model: plan.header.file, existing: .replace).write(
                PlanWriter.bytes(of: plan), isCancelled: context.isCancelled)
        } catch { throw Failure(error) }
    }

    private func show(_ plans: [Plan], _ settings: Settings, _ console: Console) {
        guard !settings.json else { return console.data(JSONText.of(PlanSummaries(plans, output))) }
        guard !settings.quiet else { return }
        let ink = Ink(isOn: console.hasColours)
        if let proof = plans.first?.header.directory { console.data(DirectoryReport.text(of: proof, ink: ink) + "\n") }
        let limit = showsAll ? Int.max : 20
        for plan in plans {
            console.data(PlanReport.summary(of: plan, ink: ink) + "\n")
            for part in [PlanReport.changes(of: plan, limit: limit, ink: ink), PlanReport.waiting(in: plan, limit: limit, ink: ink)] where !part.isEmpty {
                console.data(part + "\n")
            }
            let path = output ?? plan.header.file + ".plan.jsonl"
            let next = plan.rows.contains { !$0.changes.isEmpty } ? " Next: \(Program.name) apply \(path.shellQuoted) --output FILE" : " Nothing to change."
            console.talk("Plan written to \(path).\(next)")
        }
    }
}

extension Plan {
    /// Whether some row waits for a person.
    var hasWaitingRows: Bool { header.counts.contains { $0.key.treatment == .review && $0.value > 0 } }
}

/// What `plan --json` says.
private struct PlanSummaries: Encodable {
    struct Summary: Encodable {
        var file, plan: String
        var counts: [String: Int]
        var changedRows, waitingRows: Int
    }
    var plans: [Summary]

    init(_ plans: [Plan], _ output: String?) {
        self.plans = plans.map { plan in
            Summary(
                file: plan.header.file, plan: output ?? plan.header.file + ".plan.jsonl",
                counts: Dictionary(uniqueKeysWithValues: plan.header.counts.map { ($0.rawValue, $1) }),
                changedRows: plan.rows.count { !$0.changes.isEmpty }, waitingRows: plan.rows.count { $0.situation.treatment == .review })
        }
    }
}
