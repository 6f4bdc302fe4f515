internal import PlanFormat
internal import Reconciler
internal import Records
internal import Reporting

/// `explain PLAN ROW`: the evidence for one row.
public struct ExplainCommand: Sendable {
    /// The plan's path.
    public var plan: String
    /// The row's line number in the file, or its mailbox name.
    public var row: String

    /// A command from its parts.
    public init(plan: String, row: String) {
        self.plan = plan
        self.row = row
    }

    /// Runs the command. Reads the plan alone.
    public func run(_ context: RunContext) throws(Failure) -> ExitStatus {
        let output = try OutputSettings(context)
        let plan = try PlanFile.read(self.plan, context)
        let rows = try rows(of: plan)
        if output.json {
            // A row stands as in the plan, whose header has the reason.
            if let reason = plan.header.directory.certificateCheckOff, !output.quiet {
                context.console.talk(UncheckedCertificate.words(reason))
            }
            for row in rows { context.console.data(String(decoding: PlanWriter.row(row), as: UTF8.self)) }
        } else {
            let ink = Ink(isOn: context.console.hasColours)
            context.console.data(
                rows.map {
                    Explanation.text(
                        of: $0, in: plan, ink: ink, width: context.console.width, maxError: ReconcilerSettings.defaultMaxError)
                }.joined(separator: "\n"))
        }
        return .done
    }

    private func rows(of plan: Plan) throws(Failure) -> [PlannedRow] {
        if let line = Int(row), let found = plan.rows.first(where: { $0.line == line }) { return [found] }
        let named = plan.rows.filter { $0.mailboxName.lowercased() == row.lowercased() }
        if !named.isEmpty { return named }
        let last = plan.rows.last?.line ?? 0
        let what =
            Int(row).map { "no row begins on line \($0); the rows stand on lines \(plan.rows.first?.line ?? 0) to \(last)" }
            ?? "no row has the mailbox name '\(row)'"
        throw Failure(.usage, "In the plan for '\(plan.header.file)', \(what). Give a line number of the file, or a mailbox name.")
    }
}
