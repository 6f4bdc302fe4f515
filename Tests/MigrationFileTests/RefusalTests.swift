import CSV
import MigrationFile
import Testing

@Suite("What is not a user list is refused with what to do instead") struct RefusalTests {
    static let columns = "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode"
    static let expectedOrder = "the first five columns must be SFS_UserName, SFS_FullName, MigrateUser, Obj-Class, Mode, in this order"
    static let listInstead = "give the user list (.csv) that the wizard extracts from MS Mail for PC Networks"

    @Test(
        "Each with its own sentence",
        arguments: [
            (
                "u.csv", "",
                "u.csv: the file is empty, expected a user list with the header SFS_UserName; extract the list again with the wizard's first step."
            ),
            (
                "u.xlsx", "PK\u{3}\u{4}abc",
                "u.xlsx: this is a spreadsheet, not text; save it as CSV (comma delimited) in the spreadsheet program, or use the original list."
            ),
            (
                "u.csv", "name;mail\n",
                "u.csv, line 1: the first line is \"name;mail\" and does not start with SFS_UserName, the first column of a user list's header; "
                    + "give the file as the wizard's first step wrote it, or put the header line back."
            ),
            (
                "u.pkl", "850\r\n\r\nu.pri,1\r\n",
                "u.pkl: this is a packing list file of another mail system's extractor (.pkl, .pri, .sec), which needs no correction of this kind; \(listInstead)."
            ),
            (
                "u.txt", "DIRECTORY\r\nObj-Class,Mode\r\n",
                "u.txt: this is a primary file of another mail system's extractor (.pkl, .pri, .sec), which needs no correction of this kind; \(listInstead)."
            ),
            (
                "u.SEC", "abc",
                "u.SEC: this is a secondary file of another mail system's extractor (.pkl, .pri, .sec), which needs no correction of this kind; \(listInstead)."
            ),
            (
                "c.ini", "Mode,MSMAILPC\r\nFunction,IMPORT\r\nFile,c:\\users.csv\r\n",
                "c.ini: this is a control file of mailmig /C, not the user list; give the file that its line File,... names."
            ),
            (
                "d.csv", "Obj-Class,Mode,Alias Name\r\n",
                "d.csv, line 1: there is no column Common-Name (or Directory Name), which the correction is written to; the header has Obj-Class, Mode, Alias Name. Add it, or correct its name."
            ),
            (
                "d.csv", "From the export of Monday\r\nObj-Class,Mode,Common-Name\r\n",
                "d.csv, line 2, column 1: the first column is Obj-Class, so this is a directory import or export file, in which nothing may stand before the header; "
                    + "take those lines out."
            ),
            (
                "i.csv", "IMAP_Mailbox,IMAP_Password\r\n",
                "i.csv, line 1, column 1: the first column is IMAP_Mailbox, so this is a user list for IMAP; "
                    + "expected the user list of the MS Mail wizard, which starts with SFS_UserName."
            ),
            (
                "u.csv", "SFS_UserName,SFS_FullName,Obj-Class,MigrateUser,Mode,Common-Name\r\n",
                "u.csv, line 1, column 3: this column is \"Obj-Class\", expected MigrateUser: \(expectedOrder)."
            ),
            (
                "u.csv", "x\r\nSFS_UserName,SFS_FullName\r\n",
                "u.csv, line 2, column 3: the header ends before this column, expected MigrateUser: \(expectedOrder)."
            ),
            (
                "u.csv", "\(columns),Comment\r\n",
                "u.csv, line 1: there is no column Common-Name (or Directory Name), which the correction is written to; the header has \(columns.replacing(",", with: ", ")), Comment. Add it, or correct its name."
            ),
            (
                "u.csv", "SFS_FullName,SFS_UserName,MigrateUser,Obj-Class,Mode,Common-Name\r\nAnn,A,Y,Mailbox,Create,A\r\n",
                "u.csv, line 1: the first line is \"SFS_FullName,SFS_UserName,MigrateUser,Obj-Class,Mode,Common-...\" and none of the first 2 lines starts with SFS_UserName, the first column of a user list's header; the header is there, but its first five columns must be SFS_UserName, SFS_FullName, MigrateUser, Obj-Class, Mode, in this order."
            ),
            (
                "u.plan.jsonl", "{\"ldapReconcilePlan\":1,\"header\":{}}\n",
                "u.plan.jsonl, line 1: the first line is \"{\"ldapReconcilePlan\":1,\"header\":{}}\" and does not start with SFS_UserName, the first column of a user list's header; this is a plan: give it to 'explain' or 'apply', and the user list here."
            ),
            (
                "u.csv", "\(columns),Common-Name,Comment,directory name\r\n",
                "u.csv, line 1, column 8: the column directory name is the same as column 6, Common-Name; take one of them out."
            ),
            (
                "u.csv", "\(columns),Common-Name,Comment,COMMENT\r\n",
                "u.csv, line 1, column 8: the column COMMENT is the same as column 7, Comment; take one of them out."
            ),
            (
                "u.csv", "\(columns),Common-Name\r\nA,\"Ann,Y,Mailbox,Create,A\r\nB,Bob,Y,Mailbox,Create,B\r\n",
                "u.csv, line 2, column 2: the quote that opens here is never closed, so everything behind it would be one cell (event 220); close it, or double it."
            ),
        ])
    func refusals(name: String, text: String, message: String) {
        let error = #expect(throws: MigrationFileError.self) { try UserList.read(text, name: name) }
        #expect(error?.description == message)
        #expect(error?.exitStatus == 65)
    }

    @Test(
        "UTF-16 is named as such",
        arguments: [
            ([0xFF, 0xFE], "it starts with the byte-order mark of UTF-16 or UTF-32"),
            ([], "4 of its first 8 bytes are zero, as in UTF-16 without a mark"),
        ] as [([UInt8], String)])
    func utf16(mark: [UInt8], evidence: String) {
        let bytes = mark + "SFS_".utf8.flatMap { [$0, 0] }
        let error = #expect(throws: MigrationFileError.self) { try MigrationFile.read(bytes: bytes, name: "u.csv") }
        #expect(
            error?.description
                == "u.csv: this is UTF-16, for \(evidence); save it again as ANSI (windows-1252), which the importer expects, or as UTF-8.")
    }

    @Test("A header further down than line 21 is not looked for")
    func limit() throws {
        let header = UserList.text("A,Ann,Y,Mailbox,Create,A,,,,")
        #expect(try UserList.read(String(repeating: "x\r\n", count: 20) + header).headerLine == 21)
        let error = #expect(throws: MigrationFileError.self) { try UserList.read(String(repeating: "x\r\n", count: 21) + header) }
        #expect(error?.code == .noHeader)
    }

    @Test(
        "What was told wrongly is a setting to correct",
        arguments: [
            (
                ReadOptions(encoding: "klingon"),
                "u.csv: The code page \"klingon\" is not known; name one such as windows-1252, 850 or UTF-8 (iconv -l lists them all).", 78
            ),
            (
                ReadOptions(keyColumn: "Badge"),
                "u.csv, line 1: there is no column Badge, which was named as the unique key; correct the setting.", 65
            ),
        ])
    func settings(options: ReadOptions, message: String, status: Int32) {
        let error = #expect(throws: MigrationFileError.self) {
            try UserList.read(UserList.text(), name: "u.csv", options: options)
        }
        #expect(error?.description == message)
        #expect(error?.exitStatus == status)
    }

    @Test("A pattern that is no regular expression is a setting to correct")
    func pattern() {
        let error = #expect(throws: MigrationFileError.self) {
            try UserList.read(UserList.text(), options: ReadOptions(keyColumn: "Surname", keyPattern: "(a"))
        }
        #expect(error?.code == .badKeyPattern)
        #expect(error?.description.hasPrefix("users.csv: the pattern of the unique key, (a, is not a regular expression (") == true)
    }
}
