internal import Reporting
internal import CSV
internal import Records

/// A control file for the Migration Wizard's command line, `mailmig /C` (KB Q198957): the article's steps 3 and 4, no mailboxes made and no NT accounts.
enum ControlFile {
    /// The file for the import of a user list. `container`: the DN of the one container into which it goes; `nil` where that is not one.
    ///
    static func file(_ path: String, of list: OutputFile, container: String?, codePage: CodePage) throws(Failure) -> OutputFile {
        OutputFile(
            path: path, bytes: try WindowsText.bytes(of: lines(list, container), like: codePage, for: path),
            words: "the wizard's control file for \(list.path.printable)", rows: list.rows, mark: firstLine)
    }

    /// Mode has to be the first line where it is given.
    private static let firstLine = "Mode,MSMAILPC"

    private static func lines(_ list: OutputFile, _ container: String?) -> [String] {
        let file = list.path.split(separator: "/").last.map(String.init) ?? list.path
        return [
            firstLine,
            "! KB Q198957. Run on the Exchange server: mailmig /C:this file /A:account",
            "! KB Q169130, Q180876: the command line of 5.5 needs its service pack; without it every user fails with event 7034 or 7032.",
            "Function,IMPORT",
            "! The full path on that machine.",
            "File,\(file)",
            "! The folder of the MS Mail postoffice, as \\\\server\\maildata.",
            "! Postoffice,",
        ]
            + (container.flatMap(path(ofContainer:)).map { ["Container,\($0)"] } ?? ["! Container,Recipients"])
            + ["! KB Q186742, steps 3 and 4: no mailboxes are made, and no NT accounts.", "Mailbox,FALSE", "NTAccounts,NO"]
    }

    /// `cn=accnting,cn=users,cn=Recipients,ou=SITE,o=ORG` as `Recipients/cn=users/cn=accnting`; `nil` for a DN of another form.
    static func path(ofContainer dn: String) -> String? {
        let names = DistinguishedName(dn).parts.prefix { $0.lowercased().hasPrefix("cn=") }.map {
            DistinguishedName.leafValue(of: String($0))
        }
        guard !names.isEmpty else { return nil }
        return names.reversed().enumerated().map { $0.offset == 0 ? $0.element : "cn=\($0.element)" }.joined(separator: "/")
    }
}
