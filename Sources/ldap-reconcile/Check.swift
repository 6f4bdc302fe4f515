internal import ArgumentParser
internal import Workflow

/// `check [FILE…]`
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what the directory is and shows, and what migration files are and what is wrong with them.",
        discussion: """
            Reads the whole directory once, as 'plan' does, and changes nothing but the file of --snapshot. The first thing to run: it says which kind of server \
            answers and why that is believed, what its limits meant for this run, what the account cannot see; how many recipients \
            there are, in which containers and on which servers, how often the alias is not the Directory Name, what addresses they \
            carry, and from which postoffices of MS Mail; and every problem of the files with line and column.

            EXAMPLE
              ldap-reconcile check users.csv --directory ldap://ex01:390 \\
                  --bind-name cn=mig,cn=CONTOSO,cn=admin --ask-password

            EXIT STATUS
            \(Command.check.statusTable)
            """)

    @Argument(help: ArgumentHelp("Migration files.", valueName: "file"), completion: .file())
    var files: [String] = []
    @OptionGroup(title: "Directory") var directory: DirectoryOptions
    @OptionGroup(title: "Snapshot") var snapshot: SnapshotOptions
    @OptionGroup(title: "Files") var file: FileOptions
    @OptionGroup(title: "Site") var site: SiteOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() {
        var layer = SettingLayer()
        directory.add(to: &layer)
        snapshot.add(to: &layer)
        file.add(to: &layer)
        site.add(to: &layer)
        output.add(to: &layer)
        end(output, layer) { context throws(Failure) in try CheckCommand(files: files).run(context) }
    }
}
