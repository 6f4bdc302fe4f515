import CSV
import MigrationFile
import Records
import Testing

@Suite("A user list becomes rows") struct MigrationFileTests {
    @Test("Every field of a row, behind a preamble of two lines")
    func wholeRow() throws {
        let row =
            "JSMITH,\"Smith, John\",n,Mailbox,Create,JSMITH,John Smith,John,Smith,migrate:MS:CONTOSO/PO1/JSMITH%SMTP:j\\%s@contoso.com"
        let file = try UserList.read("\\\\SERVER\\MAILDATA\r\nCONTOSO/PO1\r\n" + UserList.text(row))
        let expected = MigrationRow(
            number: 1, line: 4, mailboxName: "JSMITH", fullName: "Smith, John", isToBeMigrated: false, objectClass: "Mailbox",
            mode: .create,
            commonName: "JSMITH", displayName: "John Smith", givenName: "John", surname: "Smith",
            addresses: [MailAddress(type: "MIGRATE", value: "MS:CONTOSO/PO1/JSMITH"), MailAddress(type: "SMTP", value: "j%s@contoso.com")])
        #expect(file.rows == [expected])
        #expect(file.problems.isEmpty)
        #expect(file.preamble == ["\\\\SERVER\\MAILDATA", "CONTOSO/PO1"])
        #expect(file.headerLine == 3)
        #expect(file.postoffices == [Postoffice("CONTOSO/PO1")])
    }

    @Test("Columns are found in either vocabulary, in any case, in any order behind the fifth")
    func vocabularies() throws {
        let text = UserList.text(
            "A,Ann,Y,Mailbox,,4711,Lee,Ann,Ann Lee,ALee,MS:N/P/A",
            header:
                "sfs_username,SFS_FULLNAME,MigrateUser,Obj-Class,Mode,Badge,Last name,first name,DISPLAY NAME,Directory Name,E-mail Addresses"
        )
        let row = try #require(try UserList.read(text, options: ReadOptions(keyColumn: "badge")).rows.first)
        #expect(row.mode == .blank)
        #expect([row.surname, row.givenName, row.displayName, row.commonName, row.key] == ["Lee", "Ann", "Ann Lee", "ALee", "4711"])
        #expect(row.ownMailbox?.description == "N/P/A")
    }

    @Test(
        "Modes compare without case",
        arguments: [("Create", ImportMode.create), ("MODIFY", .modify), ("update", .update), ("Delete", .delete), ("", .blank)])
    func modes(spelled: String, expected: ImportMode) throws {
        #expect(try UserList.read(UserList.text("A,Ann,Y,Mailbox,\(spelled),A,,,,")).rows.first?.mode == expected)
    }

    @Test("Empty lines and the end-of-file mark of DOS are no rows and stay in the file")
    func emptyLines() throws {
        let text = UserList.text("", "A,Ann,Y,Mailbox,Create,A,,,,", "", "B,Bob,Y,Mailbox,Create,B,,,,") + "\r\n\u{1A}"
        let file = try UserList.read(text)
        #expect(file.rows.map(\.mailboxName) == ["A", "B"])
        #expect(file.rows.map(\.number) == [1, 2])
        #expect(file.rows.map(\.line) == [3, 5])
        #expect(file.problems.isEmpty)
        #expect(try file.corrected([]) == Array(text.utf8))
    }

    @Test(
        "The unique key is the cell, or the first group of a pattern",
        arguments: [
            (nil, "E-4711 x", "E-4711 x"), ("E-([0-9]+)", "E-4711 x", "4711"), ("[0-9]+", "E-4711 x", "4711"), ("^[0-9]+$", "E-4711 x", ""),
            ("(a)?[0-9]+", "4711", ""),
        ] as [(String?, String, String)])
    func keys(pattern: String?, cell: String, expected: String) throws {
        let text = UserList.text(
            "A,Ann,Y,Mailbox,Create,A,\(cell)", header: "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Comment")
        #expect(try UserList.read(text, options: ReadOptions(keyColumn: "Comment", keyPattern: pattern)).rows.first?.key == expected)
    }

    @Test(
        "Values of a multi-valued cell are split at the separator that is not escaped",
        arguments: [
            ("", []), ("SMTP:a", ["SMTP:a"]), ("SMTP:a%X400:b", ["SMTP:a", "X400:b"]), ("SMTP:a\\%b%%MS:c\\\\d", ["SMTP:a%b", "MS:c\\d"]),
            ("MS:a\\b%", ["MS:a\\b"]), ("none%:x%SMTP:", ["SMTP:"]),
        ])
    func multiValues(cell: String, expected: [String]) throws {
        let row = try UserList.read(UserList.text("A,Ann,Y,Mailbox,Create,A,,,,\(cell)")).rows.first
        #expect(row?.addresses.map(\.description) == expected)
    }

    @Test(
        "A postoffice in the preamble is offered when it is the only one",
        arguments: [
            ("CONTOSO/PO1\r\n", "line 1 of the file says CONTOSO/PO1"),
            ("Postoffice,\"contoso/po1\"\r\n", "line 1 of the file says CONTOSO/PO1"),
            ("\r\nNET/PO\r\nNET/PO\r\n", "line 2 of the file says NET/PO"), ("NET/PO\r\nNET/PO2\r\n", nil), ("11/96\r\n", nil),
            ("see NET/PO\r\n", nil), ("NETWORKNAME/PO\r\n", nil), ("", nil),
        ] as [(String, String?)])
    func preamblePostoffice(preamble: String, evidence: String?) throws {
        let file = try UserList.read(preamble + UserList.text("A,Ann,Y,Mailbox,Create,A,,,,"))
        #expect(file.preamblePostoffice?.evidence == evidence)
        #expect(file.postoffices.isEmpty)
    }

    @Test("The code page is found, or told", arguments: [(nil, "Müller"), ("850", "Mⁿller"), ("1252", "Müller")] as [(String?, String)])
    func encodings(told: String?, expected: String) throws {
        let text = UserList.text("A,Müller,Y,Mailbox,Create,A,,,,")
        let file = try UserList.read(text, encoding: "1252", options: ReadOptions(encoding: told == "850" ? "437" : told))
        #expect(file.rows.first?.fullName == expected)
    }
}

@Suite("What is wrong with a row is said with line and column") struct RowProblemTests {
    @Test(
        "One problem each",
        arguments: [
            (
                "A,Ann,Y,Mailbox,Create,A", 7,
                "the row has 6 fields, expected 10 as in the header (event 291); add the separators that are missing at the end, which Excel drops"
            ),
            (
                "A,Lee, Ann,Y,Mailbox,Create,A,,,,,", 11,
                "the row has 12 fields, expected 10 as in the header (event 291); quote the cell that holds a separator"
            ),
            (
                "A,Ann,Y,Mailbox,Creat,A,,,,", 5,
                "the Mode \"Creat\" is not known (event 221), expected Create, Modify, Update, Delete or nothing; correct the cell"
            ),
            (
                "A,Ann,Y,Mailbox, ,A,,,,", 5,
                "a Mode of blanks is not an empty one (event 221), expected Create, Modify, Update, Delete or nothing; correct the cell"
            ),
            (",Ann,Y,Mailbox,Create,A,,,,", 1, "SFS_UserName is empty, expected the MS Mail mailbox name; take it from the postoffice"),
            (
                "A,Ann \"Annie\",Y,Mailbox,Create,A,,,,", 2,
                "a quote stands inside a cell without quotes (event 220); double the quotes inside and put the whole cell in quotes"
            ),
            (
                "A,\"Ann\" Lee,Y,Mailbox,Create,A,,,,", 2,
                "there is text behind the closing quote (event 220); double the quotes inside and put the whole cell in quotes"
            ),
            ("A,Ann\0,Y,Mailbox,Create,A,,,,", 2, "the cell holds a zero byte; take it out, the importer would cut the text there"),
        ])
    func problems(row: String, column: Int, text: String) throws {
        let file = try UserList.read(UserList.text("B,Bob,Y,Mailbox,Create,B,,,,", row, "C,Cy,Y,Mailbox,Create,C,,,,"))
        let expected = RowProblem(position: FilePosition(line: 3, column: column), text: text)
        #expect(file.rows.map(\.problem) == [nil, expected, nil])
        #expect(file.problems.first == expected)
    }

    @Test("A byte that is not of the code page leaves the rest of the row readable")
    func unreadable() throws {
        let bytes = Array(UserList.text("A,Ann,Y,Mailbox,Create,ALEE,,,,").utf8.map { $0 == UInt8(ascii: "Y") ? 0x81 : $0 })
        let row = try #require(try MigrationFile.read(bytes: bytes, name: "users.csv", options: ReadOptions(encoding: "1252")).rows.first)
        #expect(
            row.problem?.text
                == "the byte 0x81 does not exist in windows-1252 (byte 1 of the cell); name the right code page, or correct the cell")
        #expect(row.problem?.position == FilePosition(line: 2, column: 3))
        #expect([row.mailboxName, row.commonName] == ["A", "ALEE"])
    }

    @Test("A row may have several problems, and holds the first")
    func several() throws {
        let file = try UserList.read(UserList.text("A,Ann,Y,Mailbox,New"))
        #expect(file.problems.map(\.position.column) == [5, 6])
        #expect(file.rows.first?.problem?.position.column == 6)
    }
}

@Suite("A mailbox name stands once in a postoffice") struct DuplicateNameTests {
    /// The line that each row's problem names; 0 where there is none.
    static func named(_ rows: [String], postoffice: String? = nil) throws -> [Int] {
        let text =
            UserList.header + "\r\n"
            + rows.map { $0.split(separator: "@", omittingEmptySubsequences: false) }.map {
                "\($0[0]),Full,Y,Mailbox,Create,X,,,,\($0.count > 1 ? "MIGRATE:MS:\($0[1])/\($0[0])" : "")\r\n"
            }.joined()
        let file = try UserList.read(text, options: ReadOptions(postoffice: postoffice.flatMap { Postoffice($0) }))
        return file.rows.map { row in
            row.problem.flatMap { Int($0.text.drop { !$0.isNumber }.prefix { $0.isNumber }) } ?? 0
        }
    }

    @Test(
        "Rows that share one are all marked, and each names another's line",
        arguments: [
            (["A", "B"], nil, [0, 0]),
            (["AX", "ax"], nil, [3, 2]),
            (["AX", "B", "aX", "AX"], nil, [4, 0, 2, 2]),
            (["A@N/P", "A@N/P"], nil, [3, 2]),
            (["A@N/P", "A@N/Q"], nil, [0, 0]),
            (["A@N/P", "A"], nil, [3, 2]),
            (["A@N/P", "A", "B@N/Q"], nil, [0, 0, 0]),
            (["A@N/P", "A", "B@N/Q"], "N/P", [3, 2, 0]),
            (["A@N/P", "A", "B@N/Q"], "N/Q", [0, 0, 0]),
            (["MÜ", "A", "mü", "a"], nil, [4, 5, 2, 3]),
            // U+212A, the Kelvin sign, is a K to Unicode.
            (["K", "\u{212A}", "KK"], nil, [3, 2, 0]),
            ((0..<60).map { String(repeating: "R", count: $0 % 30 + 1) }, nil, (0..<60).map { ($0 + 30) % 60 + 2 }),
        ] as [([String], String?, [Int])])
    func duplicates(rows: [String], postoffice: String?, expected: [Int]) throws {
        #expect(try Self.named(rows, postoffice: postoffice) == expected)
    }

    @Test("The sentence says what to do")
    func sentence() throws {
        let row = "A,Ann,Y,Mailbox,Create,A,,,,"
        let file = try UserList.read(UserList.text(row, row, row))
        #expect(
            file.rows.first?.problem?.text
                == "the mailbox name A stands on line 3 and 1 more too; leave one row for each mailbox, or give each its MIGRATE address")
    }

    @Test(
        "MigrateUser is Y or N in either case; anything else makes the row unusable, at its place", arguments: ["No", "Q", "", "YES", " "])
    func migrateUser(cell: String) throws {
        let file = try UserList.read(
            UserList.text("A,Ann,y,Mailbox,Create,A,,,,", "B,Bob, N ,Mailbox,Create,B,,,,", "C,Cid,\(cell),Mailbox,Create,C,,,,"))
        #expect(file.rows.map(\.isToBeMigrated) == [true, false, true])
        let seen = cell.allSatisfy { $0 == " " } ? "MigrateUser is empty" : "MigrateUser is \"\(cell)\""
        #expect(file.problems.map(\.position) == [FilePosition(line: 4, column: 3)])
        #expect(file.problems.map(\.text) == ["\(seen), expected Y or N; say whether the row is to be migrated"])
        #expect(file.rows.map { $0.problem == nil } == [true, true, false])
    }
}
