internal import ArgumentParser
internal import Workflow

/// `undo FILE`
struct Undo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take back what apply did to a file.",
        discussion: """
            Puts back the file that 'apply --replace' replaced, or takes away the one that 'apply' made, and keeps what was written as \
            FILE.undone. Refuses when the file is no longer what 'apply' wrote, and says by what it differs. 'apply' notes in \
            FILE.applied.jsonl what it writes. Asks no directory. To undo an undo, apply the plan again.

            EXAMPLES
              ldap-reconcile undo users.csv
              ldap-reconcile undo users.csv --list
              ldap-reconcile undo users.csv --apply 2

            EXIT STATUS
            \(Command.undo.statusTable)
            """)

    @Argument(help: "The file that apply wrote.", completion: .file())
    var file: String
    @Option(help: ArgumentHelp("Which apply. Default: the last one that is not undone.", valueName: "number"))
    var apply: Int?
    @Flag(help: "Show the applies of the file, and undo nothing.")
    var list = false
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if list, apply != nil { throw ValidationError("--list shows every apply, and --apply undoes one: give one of them.") }
    }

    func run() {
        var layer = SettingLayer()
        output.add(to: &layer)
        end(output, layer) { context throws(Failure) in try UndoCommand(file: file, number: apply, lists: list).run(context) }
    }
}
