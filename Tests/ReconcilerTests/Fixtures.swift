import Records

@testable import Reconciler

/// A mailbox in `cn=Recipients,ou=HQ,o=Org` with the names that a test is about.
func mailbox(
    _ alias: String, _ displayName: String = "", given: String = "", surname: String = "", addresses: [String] = [], initials: String = "",
    directoryName: String? = nil, kind: RecipientKind = .mailbox, container: String = "cn=Recipients,ou=HQ,o=Org",
    department: String = "", server: String = "HQ-EX1", key: String = "", isHidden: Bool = false, isDeleted: Bool = false
) -> Recipient {
    Recipient(
        dn: "cn=\(directoryName ?? alias),\(container)", kind: kind, directoryName: directoryName ?? alias, alias: alias,
        displayName: displayName,
        givenName: given, surname: surname, initials: initials, addresses: addresses.compactMap { MailAddress($0, separator: ":") },
        department: department, homeServer: server, key: key, isHidden: isHidden, isDeleted: isDeleted)
}

/// A row as the wizard writes it: Common-Name is the mailbox name, Mode is Create.
func row(
    _ mailboxName: String, _ fullName: String, address: String = "", file: Int = 0, number: Int = 1, mode: ImportMode? = .create,
    commonName: String? = nil, objectClass: String = "Mailbox", isToBeMigrated: Bool = true, key: String = "", problem: RowProblem? = nil
) -> MigrationRow {
    MigrationRow(
        file: file, number: number, line: number + 1, mailboxName: mailboxName, fullName: fullName, isToBeMigrated: isToBeMigrated,
        objectClass: objectClass, mode: mode, commonName: commonName ?? mailboxName, displayName: fullName,
        addresses: address.isEmpty ? [] : [MailAddress(type: "MIGRATE", value: "MS:\(address)")], key: key, problem: problem)
}

/// A complete read of these recipients; with `gaps`, one that does not prove absence.
func snapshot(_ recipients: [Recipient], gaps: [String] = []) -> DirectorySnapshot {
    DirectorySnapshot(
        recipients: recipients,
        proof: ReadProof(source: "test", protection: "file", base: "o=Org", filter: "(objectClass=*)", profile: "exchange55", gaps: gaps))
}

/// Decides `rows` against `recipients`.
func decide(
    _ rows: [MigrationRow], _ recipients: [Recipient], settings: ReconcilerSettings = ReconcilerSettings(), gaps: [String] = []
) -> [Decision] {
    Reconciler(settings: settings).decide(rows: rows, snapshot: snapshot(recipients, gaps: gaps))
}

/// Decides one row alone.
func decide(
    _ row: MigrationRow, _ recipients: [Recipient], settings: ReconcilerSettings = ReconcilerSettings(), gaps: [String] = []
) -> Decision {
    decide([row], recipients, settings: settings, gaps: gaps)[0]
}

extension Decision {
    /// The names of the target's evidence.
    var evidenceNames: [String] { target?.evidence.map(\.name) ?? [] }
}

/// John Smith, with the old MS address `CONTOSO/PO1/JSMITH4` beside the one that Exchange made.
let johnSmith = mailbox(
    "jsmith4", "Smith, John", given: "John", surname: "Smith", addresses: ["MS:ORG/HQ/JSMITH4", "MS:CONTOSO/PO1/JOHNS"])
/// John Smith as a directory has him who never met MS Mail.
let plainJohn = mailbox("jsmith4", "Smith, John", given: "John", surname: "Smith", addresses: ["MS:ORG/HQ/JSMITH4"])
/// Somebody who has nothing to do with anybody.
let ursulaKrause = mailbox("ukrause", "Ursula Krause", given: "Ursula", surname: "Krause", addresses: ["MS:ORG/HQ/UKRAUSE"])

/// A surname that is nobody's, another one for each number below 1,000.
func word(_ number: Int) -> String {
    let syllables = ["ba", "ke", "lo", "mi", "nu", "pa", "re", "so", "ti", "vu"]
    return "W" + syllables[number / 100 % 10] + syllables[number / 10 % 10] + syllables[number % 10] + "sen"
}
