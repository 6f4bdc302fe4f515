internal import ArgumentParser
internal import Workflow

/// `plan FILE…`
struct PlanFiles: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Decide for every row which mailbox is that person's, and write the decisions as a plan.",
        discussion: """
            Reads the whole directory (with --snapshot only what changed since the last run) and all files, decides every row, writes FILE.plan.jsonl beside each file, and shows the summary, \
            the changes and the rows that wait for a person. The files themselves are not touched: 'apply' does that. \
            Rows that are claimed in several files are seen when the files are given together.

            EXAMPLES
              ldap-reconcile plan users.csv --directory ldap://ex01:390 \\
                  --bind-name cn=mig,cn=CONTOSO,cn=admin --ask-password
              ldap-reconcile plan po1.csv po2.csv --directory ldif:export.ldif --json

            EXIT STATUS
            \(Command.plan.statusTable)
            """)

    @Argument(help: ArgumentHelp("Migration files.", valueName: "file"), completion: .file())
    var files: [String]
    @Flag(help: "Write nothing; answer by exit status alone (2: something would change).")
    var check = false
    @Option(name: [.short, .long], help: ArgumentHelp("The plan's path. Default: FILE.plan.jsonl.", valueName: "file"))
    var output: String?
    @Flag(help: "Show every change and every waiting row, not just the first 20, and the habits that were found.")
    var all = false
    @Option(
        help: ArgumentHelp(
            "The application log of an earlier import, as Event Viewer or dumpel exports it: its events are tied to the rows and held against the forecast.",
            valueName: "file"))
    var events: String?
    @OptionGroup(title: "Directory") var directory: DirectoryOptions
    @OptionGroup(title: "Snapshot") var snapshot: SnapshotOptions
    @OptionGroup(title: "Files") var file: FileOptions
    @OptionGroup(title: "Site") var site: SiteOptions
    @OptionGroup(title: "Decisions") var decisions: DecisionOptions
    @OptionGroup(title: "Output") var show: OutputOptions

    func run() {
        var layer = SettingLayer()
        directory.add(to: &layer)
        snapshot.add(to: &layer)
        file.add(to: &layer)
        site.add(to: &layer)
        decisions.add(to: &layer)
        show.add(to: &layer)
        layer.set(.check, to: check)
        layer.set(.output, to: output)
        layer.set(.all, to: all)
        layer.set(.events, to: events)
        end(show, layer) { context throws(Failure) in
            try PlanCommand(files: files).run(context)
        }
    }
}
