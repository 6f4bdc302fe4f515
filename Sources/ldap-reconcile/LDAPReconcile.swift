internal import ArgumentParser
internal import Workflow

/// The program: one subcommand for each thing to do.
@main
struct LDAPReconcile: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: Program.name,
        abstract: "Points an MS Mail user list at the mailboxes that its people already have.",
        discussion: """
            A two-step migration from MS Mail (PC) to Exchange fails with event 7017 for everybody whose mailbox has another alias than \
            their MS Mail mailbox name (Microsoft KB Q186742). This program does the article's work-around for a whole file: it reads \
            the mailboxes from a live LDAP directory, finds each row's mailbox, and writes its Directory Name and a blank Mode. \
            What is not certain it leaves for a person. It cannot write to a directory.

            A first use:

              ldap-reconcile plan users.csv --directory ldap://ex01:390 \\
                  --bind-name cn=mig,cn=CONTOSO,cn=admin --ask-password
              ldap-reconcile apply users.csv.plan.jsonl --output users.corrected.csv

            EXIT STATUS
            \(ExitStatus.table)
            """,
        version: Program.version,
        subcommands: [Check.self, Raw.self, PlanFiles.self, Explain.self, Apply.self, Undo.self, UnknownCommand.self],
        defaultSubcommand: UnknownCommand.self)
}
