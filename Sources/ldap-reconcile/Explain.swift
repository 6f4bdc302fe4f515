internal import ArgumentParser
internal import Workflow

/// `explain PLAN ROW`
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the evidence for one row of a plan.",
        discussion: """
            Says what speaks for and against the row's mailbox, which rivals there are on both sides, which cells change, and the \
            ldapsearch lines that show the same entries. Reads the plan alone.

            EXAMPLES
              ldap-reconcile explain users.csv.plan.jsonl 412
              ldap-reconcile explain users.csv.plan.jsonl JSMITH4

            EXIT STATUS
            \(Command.explain.statusTable)
            """)

    @Argument(help: "The plan.", completion: .file())
    var plan: String
    @Argument(help: "The row: the number of its line in the file, or its mailbox name.")
    var row: String
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() {
        var layer = SettingLayer()
        output.add(to: &layer)
        end(output, layer) { context throws(Failure) in try ExplainCommand(plan: plan, row: row).run(context) }
    }
}
