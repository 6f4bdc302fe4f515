import MigrationFile
import Records
import StrictYAML
import Testing

@Suite("Kinds of files") struct ListKindTests {
    private static let own = """
        name: hr-export
        headerStartsWith: PersNo
        linesBefore: 1
        columns: {mailboxName: Login, givenName: First, surname: Last, mail: [NewAddress, Address], commonName: Target}
        required: [mailboxName, commonName]
        fullNameFrom: [givenName, surname]
        writes:
          - {column: commonName, from: alias}
          - {column: mail, from: mail}
        secret: [PIN]

        """

    @Test("that are shipped are whole, and named as their files are")
    func shipped() throws {
        for name in ListKindReader.shippedNames { #expect(try ListKindReader.shipped(name)?.name == name) }
        #expect(try ListKindReader.shipped("klingon") == nil)
    }

    @Test("of one's own say which column is what, and what is written")
    func ownKind() throws {
        let kind = try ListKindReader.kind(parsing: Self.own, file: "hr.yaml")
        let text =
            "from HR\r\nPersNo,PIN,Login,First,Last,Address,Target\r\n1,0815,JS,John,Smith,old@x.example,JS\r\n2,4711,AL,Ann,,,AL\r\n"
        let file = try UserList.read(text, options: ReadOptions(kind: kind))
        #expect(file.rows.map(\.fullName) == ["John Smith", "Ann"] && file.rows.map(\.mailboxName) == ["JS", "AL"])
        #expect(file.rows[0].mode == .update && file.rows[0].objectClass == "Mailbox" && file.rows[0].isToBeMigrated)
        #expect(file.rows[0].addresses == [MailAddress(type: "SMTP", value: "old@x.example")] && file.preamble == ["from HR"])
        let mailbox = MailboxValues(directoryName: "x", alias: "jsmith", mail: "john@x.example")
        let changes = try file.correction(forRow: 0, to: mailbox)
        #expect(changes.map(\.column) == ["Target", "Address"] && changes.map(\.new) == ["jsmith", "john@x.example"])
        let right = try file.correction(forRow: 0, to: MailboxValues(directoryName: "x", alias: "JS", mail: "OLD@x.example"))
        #expect(right.isEmpty, "mail addresses compare without case")
        let error = #expect(throws: MigrationFileError.self) {
            try file.correction(forRow: 1, to: MailboxValues(directoryName: "x", alias: "al"))
        }
        #expect(error?.description.contains("line 4, column 6: the mailbox's SMTP address, which belongs into Address, is missing") == true)
        let corrected = try file.reread(file.corrected([RowCorrection(row: 1, changes: changes)]))
        let shown = "\(file.unifiedDiff(to: corrected))"
        #expect(shown.contains("***") && !shown.contains("0815") && !shown.contains("4711") && shown.contains("PIN"))
        let none = #expect(throws: MigrationFileError.self) { try UserList.read(UserList.text("A"), options: ReadOptions(kind: kind)) }
        #expect(none?.description.contains("expected a file of the kind hr-export, which starts with PersNo") == true)
    }

    @Test(
        "are refused with line and column where something is wrong",
        arguments: [
            ("secret: [PIN]", "secrets: [PIN]", "hr.yaml:10:1: unknown key 'secrets'; did you mean 'secret'?"),
            ("name: hr-export\n", "", "hr.yaml:1:1: a kind of file needs a 'name'"),
            ("mailboxName: Login, ", "", "hr.yaml:4:1: 'columns' needs 'mailboxName'"),
            ("surname: Last", "sirname: Last", "hr.yaml:4:49: unknown key 'sirname'; did you mean 'surname'?"),
            (
                "[mailboxName, commonName]", "[mailboxName, mode]",
                "hr.yaml:5:25: 'required' has 'mode'; expected one of those in 'columns':"
            ),
            ("from: alias", "from: aliass", "hr.yaml:8:32: 'from' is 'aliass'; expected directoryName, alias,"),
            ("column: mail,", "column: mode,", "hr.yaml:9:14: 'column' is 'mode'; expected one of those in 'columns'"),
            ("from: mail", "from: mode", "goes into the column 'mode' and nowhere else"),
            ("column: mail,", "column: commonName,", "the column 'commonName' is written twice"),
            ("secret: [PIN]", "secret: [Login]", "hr.yaml:10:1: the column 'Login' is secret, but 'mailboxName' is read from it"),
            ("linesBefore: 1", "linesBefore: 21", "hr.yaml:3:14: 'linesBefore' is '21'; expected a number from 0 to 20"),
        ])
    func faults(text: String, replacement: String, message: String) throws {
        let yaml = Self.own.replacing(text, with: replacement)
        try #require(yaml != Self.own)
        let problem = #expect(throws: YAMLProblem.self) { try ListKindReader.kind(parsing: yaml, file: "hr.yaml") }
        #expect(problem?.description.contains(message) == true, "\(problem?.description ?? "")")
    }

    @Test("A row with fields missing or too many is invalid and no more, and a secret stays one")
    func raggedRows() throws {
        let list = "Obj-Class,Common-Name,Display-Name,Mail-nickname\r\nMailbox,HOLLOWAYM,Margaret Holloway\r\n"
        let short = try UserList.read(list)
        #expect(short.rows[0].problem != nil && short.rows[0].commonName == "HOLLOWAYM")
        let text = "EmailAddress,UserName,Password\r\na@b,x,Zx9\r\nc@d,Zx9\r\ne@f,y,Zx9,Zx9\r\ng@h,z,other\r\n"
        let file = try UserList.read(text)
        #expect(file.rows.count == 4 && file.rows[1].mailboxName.isEmpty && file.rows[2].mailboxName.isEmpty)
        let changes = try file.correction(forRow: 0, to: MailboxValues(directoryName: "x", mail: "new@b"))
        let corrected = try file.reread(file.corrected([RowCorrection(row: 1, changes: changes)]))
        #expect(!"\(file.unifiedDiff(to: corrected))".contains("Zx9"))
        let other = try file.reread(Array(text.replacing(",x,Zx9", with: ",x,Qq7").utf8))
        let said = "\(other.differences(from: file))"
        #expect(said.contains("Password") && !said.contains("Zx9") && !said.contains("Qq7"))
        for options in [ReadOptions(keyColumn: "password"), ReadOptions(blankedColumns: ["Password"])] {
            let error = #expect(throws: MigrationFileError.self) { try UserList.read(text, options: options) }
            #expect(error?.description.contains("is secret in a file of the kind exchange-online-imap") == true)
        }
    }

    @Test("A column that is written has to be there, and is one field's alone")
    func writtenColumns() throws {
        let kind = try ListKindReader.kind(parsing: Self.own, file: "hr.yaml")
        for (text, message) in [
            ("PersNo,PIN,First,Last,Address,Target\r\n1,2,A,B,C,D\r\n", "there is no column Login"),
            ("PersNo,PIN,Login,First,Last,Target\r\n1,2,A,B,C,D\r\n", "there is no column NewAddress (or Address), which the correction"),
        ] {
            let error = #expect(throws: MigrationFileError.self) { try UserList.read(text, options: ReadOptions(kind: kind)) }
            #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
        }
        let twice = try ListKindReader.kind(parsing: Self.own.replacing("commonName: Target", with: "commonName: Address"), file: "hr.yaml")
        let text = "PersNo,PIN,Login,First,Last,Address\r\n1,2,A,B,C,D\r\n"
        let error = #expect(throws: MigrationFileError.self) { try UserList.read(text, options: ReadOptions(kind: twice)) }
        #expect(error?.description.contains("the column Address is both commonName and mail") == true)
    }

    @Test("Directory import: either vocabulary, a full name from its parts, Mode only where it is")
    func directoryImport() throws {
        let file = try UserList.read("Obj-Class,Directory Name,First Name,Last name,Alias Name\r\nMailbox,JS,John,Smith,jsmith\r\n")
        #expect(file.kind.name == "exchange-directory-import")
        #expect(file.rows[0].mailboxName == "jsmith" && file.rows[0].fullName == "John Smith" && file.rows[0].commonName == "JS")
        #expect(file.rows[0].mode == .update)
        #expect(try file.correction(forRow: 0, to: MailboxValues(directoryName: "john.s")).map(\.column) == ["Directory Name"])
        let moded = try UserList.read("Obj-Class,Mode,Common-Name\r\nMailbox,Create,JS\r\n")
        let changes = try moded.correction(forRow: 0, to: MailboxValues(directoryName: "john.s"), mode: .blank)
        #expect(changes.map(\.new) == ["john.s", "Modify"])
    }
}
