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
    @Flag(help: "Show what was changed as a unified diff, decoded for display.")
    var diff = false
    @Flag(help: "Write only the rows whose mailbox is certain.")
    var onlyCertain = false
    @Flag(help: "Write a file for each container, one for new mailboxes and one for the rest, in place of the whole file.")
    var splitByContainer = false
    @Option(
        help: ArgumentHelp("Write the rows that are left into this file, in the form of the importer's .err file.", valueName: "file"),
        completion: .file())
    var rejects: String?
    @Option(
        help: ArgumentHelp(
            "Write the wizard's control file for mailmig /C: no mailboxes, no NT accounts (KB Q198957).", valueName: "file"),
        completion: .file())
    var controlFile: String?
    @Option(
        help: ArgumentHelp(
            "Write a directory-import file of the MIGRATE addresses that mailboxes lack (event 7026).", valueName: "file"),
        completion: .file())
    var addressImport: String?
    @OptionGroup(title: "Directory") var directory: DirectoryOptions
    @OptionGroup(title: "Output") var show: OutputOptions

    func run() {
        var layer = SettingLayer()
        directory.add(to: &layer)
        show.add(to: &layer)
        layer.set(.output, to: output)
        layer.set(.replace, to: replace)
        layer.set(.diff, to: diff)
        layer.set(.onlyCertain, to: onlyCertain)
        layer.set(.splitByContainer, to: splitByContainer)
        layer.set(.rejects, to: rejects)
        layer.set(.controlFile, to: controlFile)
        layer.set(.addressImport, to: addressImport)
        end(show, layer) { context throws(Failure) in try ApplyCommand(plan: plan).run(context) }
    }
}
