import CSV
import MigrationFile
import Records
import Testing

@Suite("A correction changes the cells that differ") struct CorrectionTests {
    static let rows = ["A,Ann,Y,Mailbox,Create,A,Ann,,,", "B,Bob,Y,Mailbox,,BLee,Bob,,,", "C,\"Cy\",Y,Mailbox,\"modify\",\"C\",,,,"]
    static let text = UserList.header + "\r\n" + rows.joined(separator: "\r\n")

    @Test("Columns that are told become empty where a row is corrected, by either vocabulary's name, and no others")
    func blanks() throws {
        let text = UserList.text(
            "A,Ann,Y,Mailbox,Create,A,Ann Lee,Ann,Lee,x", "B,Bob,Y,Mailbox,,Bob,Bob,,,", "C,\"C, C\",Y,Mailbox,Create,C,\"C, C\",,Cee,")
        let options = ReadOptions(blankedColumns: ["last NAME"], keepsDisplayName: true)
        let file = try UserList.read(text, options: options)
        #expect(file.blanksDisplayName)
        let ann = try file.correction(forRow: 0, to: MailboxValues(directoryName: "AnnL"))
        #expect(ann.map(\.column) == ["Common-Name", "Mode", "Display-Name", "Surname"])
        #expect(ann.map(\.new) == ["AnnL", "", "", ""] && ann.map(\.old) == ["A", "Create", "Ann Lee", "Lee"])
        #expect(try file.correction(forRow: 1, to: MailboxValues(directoryName: "Bob")).isEmpty, "right already")
        let corrections = try [0, 2].map {
            RowCorrection(row: $0 + 1, changes: try file.correction(forRow: $0, to: MailboxValues(directoryName: "X\($0)")))
        }
        let bytes = try file.corrected(corrections)
        try file.verify(bytes, against: corrections)
        let expected = UserList.text("A,Ann,Y,Mailbox,,X0,,Ann,,x", "B,Bob,Y,Mailbox,,Bob,Bob,,,", "C,\"C, C\",Y,Mailbox,,X2,,,,")
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
        #expect(try !UserList.read(text).blanksDisplayName)
        let error = #expect(throws: MigrationFileError.self) { try UserList.read(text, options: ReadOptions(blankedColumns: ["Fax"])) }
        #expect(error?.description.contains("there is no column Fax, which was named to be blanked; the header has SFS_UserName,") == true)
    }

    @Test(
        "Common-Name becomes the Directory Name, Mode what was chosen",
        arguments: [
            (1, "ALee", CorrectedMode.blank, ["A,Ann,Y,Mailbox,,ALee,Ann,,,", rows[1], rows[2]]),
            (1, "ALee", .modify, ["A,Ann,Y,Mailbox,Modify,ALee,Ann,,,", rows[1], rows[2]]),
            (1, "A", .blank, ["A,Ann,Y,Mailbox,,A,Ann,,,", rows[1], rows[2]]),
            (1, "Lee, Ann", .blank, ["A,Ann,Y,Mailbox,,\"Lee, Ann\",Ann,,,", rows[1], rows[2]]),
            (2, "BLee", .blank, rows),
            (2, "Blee", .blank, [rows[0], "B,Bob,Y,Mailbox,,Blee,Bob,,,", rows[2]]),
            (3, "CLee", .blank, [rows[0], rows[1], "C,\"Cy\",Y,Mailbox,,\"CLee\",,,,"]),
            (3, "CLee", .modify, [rows[0], rows[1], "C,\"Cy\",Y,Mailbox,\"modify\",\"CLee\",,,,"]),
        ])
    func corrections(row: Int, name: String, mode: CorrectedMode, expected: [String]) throws {
        let file = try UserList.read(Self.text)
        let correction = RowCorrection(
            row: row, changes: try file.correction(forRow: row - 1, to: MailboxValues(directoryName: name), mode: mode))
        let result = try file.corrected([correction])
        #expect(String(decoding: result, as: UTF8.self) == UserList.header + "\r\n" + expected.joined(separator: "\r\n"))
        try file.verify(result, against: [correction])
    }

    @Test(
        "A Directory Name that the importer would misread is not written",
        arguments: [
            ("", "the Directory Name \"\" is empty; this row must be corrected by hand"),
            (
                "A?B",
                "the Directory Name \"A?B\" holds a question mark, which stands for a character lost on the way; this row must be corrected by hand"
            ),
            ("A\tB", "the Directory Name \"A\\u{9}B\" holds a control character; this row must be corrected by hand"),
            ("A\r\nB", "the Directory Name \"A\\u{d}\\u{a}B\" holds a control character; this row must be corrected by hand"),
            ("A~Del", "the Directory Name \"A~Del\" holds ~DEL, which tells the importer to delete; this row must be corrected by hand"),
            (
                String(repeating: "x", count: 65),
                "the Directory Name \"\(String(repeating: "x", count: 65))\" has 65 characters, expected at most 64; this row must be corrected by hand"
            ),
            (
                "Dvořák",
                "\"Dvořák\" cannot be written, for \"ř\" (U+0159) does not exist in windows-1252, the code page of the file; this row must be corrected by hand"
            ),
        ])
    func badNames(name: String, reason: String) throws {
        let file = try UserList.read(Self.text)
        let error = #expect(throws: MigrationFileError.self) { try file.correction(forRow: 0, to: MailboxValues(directoryName: name)) }
        #expect(error?.description == "users.csv, line 2, column 6: \(reason).")
    }

    @Test("A Directory Name of 64 characters of the code page is written")
    func longest() throws {
        let file = try UserList.read(Self.text)
        let name = String(repeating: "ü", count: 64)
        #expect(try file.correction(forRow: 0, to: MailboxValues(directoryName: name)).first?.new == name)
    }

    @Test("A row with a problem is not corrected")
    func rowWithProblem() throws {
        let file = try UserList.read(UserList.text("A,Ann,Y,Mailbox,New,A,,,,"))
        let error = #expect(throws: MigrationFileError.self) { try file.correction(forRow: 0, to: MailboxValues(directoryName: "ALee")) }
        #expect(error?.code == .rowHasProblem)
        #expect(error?.description.hasPrefix("users.csv, line 2, column 5: the Mode \"New\" is not known") == true)
    }

    @Test(
        "Changes that do not fit the file are refused",
        arguments: [
            (
                1, [CellChange(column: "Common-Name", old: "X", new: "Y")], MigrationFileError.Code.staleCell,
                "users.csv, line 2, column 6: the column Common-Name holds \"A\" where \"X\" was expected; make a new plan for this file."
            ),
            (
                1, [CellChange(column: "Alias", old: "", new: "Y")], .noSuchCell,
                "users.csv, line 2: there is no cell of a column Alias here; make a new plan for this file."
            ),
            (
                9, [CellChange(column: "Mode", old: "", new: "Y")], .noSuchCell,
                "users.csv: there is no row 9, the file has 3; make a new plan for this file."
            ),
            (
                0, [CellChange(column: "Mode", old: "", new: "Y")], .noSuchCell,
                "users.csv: there is no row 0, the file has 3; make a new plan for this file."
            ),
            (
                2, [CellChange(column: "Mode", old: "", new: "Modify"), CellChange(column: "Mode", old: "", new: "Update")], .changedTwice,
                "users.csv, line 3, column 5: the column Mode of this row is changed twice; make a new plan."
            ),
        ])
    func misfits(row: Int, changes: [CellChange], code: MigrationFileError.Code, message: String) throws {
        let file = try UserList.read(Self.text)
        let error = #expect(throws: MigrationFileError.self) { try file.corrected([RowCorrection(row: row, changes: changes)]) }
        #expect(error?.code == code)
        #expect(error?.description == message)
    }

    @Test("An old value in another normalization is another value")
    func normalization() throws {
        let file = try UserList.read(UserList.text("A,Ann,Y,Mailbox,Create,M\u{FC}ller,,,,"))
        let change = CellChange(column: "Common-Name", old: "Mu\u{308}ller", new: "X")
        let error = #expect(throws: MigrationFileError.self) { try file.corrected([RowCorrection(row: 1, changes: [change])]) }
        #expect(error?.code == .staleCell)
    }

    @Test(
        "Bytes that are not what was decided do not pass the verification",
        arguments: [
            (",,ALee", ",,ALe"), (",,ALee", ",\"\",ALee"), (",,ALee", ", ,ALee"), ("Bob,Y", "Bob,N"), ("\"Cy\"", "Cy"), ("\r\nB,", "\nB,"),
            ("\r\nB,", "\r\n\r\nB,"), ("SFS_FullName", "SFS_Fullname"), ("PRE", "PRF"), ("C,\"Cy\"", "D,\"Cy\""),
        ])
    func tampered(from: String, to: String) throws {
        let file = try UserList.read("PRE\r\n" + Self.text)
        let corrections = [RowCorrection(row: 1, changes: try file.correction(forRow: 0, to: MailboxValues(directoryName: "ALee")))]
        let right = String(decoding: try file.corrected(corrections), as: UTF8.self)
        try file.verify(Array(right.utf8), against: corrections)
        let wrong = right.replacing(from, with: to)
        #expect(wrong != right)
        let error = #expect(throws: MigrationFileError.self) { try file.verify(Array(wrong.utf8), against: corrections) }
        #expect(error?.code == .verificationFailed)
        #expect(error?.exitStatus == 70)
    }
}
