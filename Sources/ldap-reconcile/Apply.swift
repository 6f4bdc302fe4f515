internal import ArgumentParser
internal import Workflow

/// `apply PLAN`
struct Apply: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the corrected file of a plan.",
        discussion: """
            Reads every entry that a change rests on again, refuses a plan that has gone stale (and says which row and attribute moved), \
            then writes the corrected file beside, flushes it, gives it its name, and reads it back. Only decided cells change; \
            every other byte stays. Which directory to ask is remembered in the plan, the password is not.

            EXAMPLE
              ldap-reconcile apply users.csv.plan.jsonl --output users.corrected.csv

            EXIT STATUS
            \(Command.apply.statusTable)
            """)

    @Argument(help: "The plan.", completion: .file())
    var plan: String
    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The corrected file's path. Default: users.corrected.csv for users.csv.", valueName: "file"))
    var output: String?
    @Flag(help: "Replace a user list that stands there already; it is kept under another name.")
    var replace = false
    @OptionGroup(title: "Directory") var directory: DirectoryOptions
    @OptionGroup(title: "Output") var show: OutputOptions

    func run() {
        var layer = SettingLayer()
        directory.add(to: &layer)
        show.add(to: &layer)
        layer.set(.output, to: output)
        layer.set(.replace, to: replace)
        end(show, layer) { context throws(Failure) in try ApplyCommand(plan: plan).run(context) }
    }
}
