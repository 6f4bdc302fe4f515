import PlanFormat
import Records
import Reporting

/// A plan that may have been changed by hand: what can be read is read the same when it is written again, and can be shown.
struct PlanInput {
    let choice: UInt8
    let bytes: [UInt8]

    func run() {
        let plan: Plan
        do { plan = try PlanReader.plan(from: bytes, file: "p") } catch { return }
        do {
            let again = try PlanReader.plan(from: PlanWriter.bytes(of: plan), file: "p")
            demand(again.rows.count == plan.rows.count && again.header == plan.header, "a plan that is written again is another one")
        } catch {
            // A plan that was read can be written and read again: libFuzzer counts the end of the process as a find.
            fatalError("\(error)")
        }
        for row in plan.rows.prefix(4) {
            let text = Explanation.text(of: row, in: plan, ink: Ink(isOn: false), width: choice & 1 == 0 ? nil : 40, maxError: 0.01)
            demand(!text.isEmpty, "nothing is said")
        }
        var overview = PlanOverview(limit: 2)
        for row in plan.rows { overview.add(row) }
        _ = PlanReport.summary(of: "p", overview, ink: Ink(isOn: false))
        _ = PlanReport.changes(overview, ink: Ink(isOn: false))
        _ = PlanReport.waiting(overview, limit: 2, ink: Ink(isOn: false))
    }
}
