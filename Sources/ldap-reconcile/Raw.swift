internal import ArgumentParser
internal import Workflow

/// `raw NAME…`
struct Raw: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show entries as Exchange Administrator's raw mode does: every attribute, its values in words.",
        discussion: """
            A NAME is a DN, an alias, a directory name, a display name or an address (with or without its type). Every entry that fits is shown, \
            with every value of every attribute. SIDs, GUIDs, times, account flags and X.400 addresses come in words, other binary values in \
            hexadecimal. On Exchange 5.5 the name that Exchange Administrator shows stands behind that of LDAP: uid (Mail-nickname).

            EXAMPLES
              ldap-reconcile raw jsmith4 'Smith, John' MS:CONTOSO/PO1/JSMITH \\
                  --directory ldap://ex01:390
              ldap-reconcile raw cn=jsmith,cn=Recipients,ou=HQ,o=CONTOSO \\
                  --operational --ldif --directory ldap://ex01:390

            EXIT STATUS
            \(Command.raw.statusTable)
            """)

    @Argument(help: ArgumentHelp("What to look for.", valueName: "name"))
    var names: [String]
    @Flag(
        help: "Also show what the server keeps for itself: when and by whom an entry was changed, and the like. (A file shows all it has.)")
    var operational = false
    @Flag(help: "Write LDIF (RFC 2849).")
    var ldif = false
    @OptionGroup(title: "Directory") var directory: DirectoryOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() {
        var layer = SettingLayer()
        directory.add(to: &layer)
        output.add(to: &layer)
        layer.set(.operational, to: operational)
        layer.set(.ldif, to: ldif)
        end(output, layer) { context throws(Failure) in
            try RawCommand(names: names).run(context)
        }
    }
}
