import CSV
import Records
import Testing

@testable import MigrationFile

@Suite("In what a user list differs from what was written")
struct ListDifferencesTests {
    private static let rows = [
        "ANNA,Anna,Y,Mailbox,,AnnaB,Anna B,,,", "BEN,Ben,Y,Mailbox,Create,BEN,Ben C,,,", "CYD,Cyd,Y,Mailbox,Create,CYD,Cyd D,,,",
    ]

    private func differences(_ found: [String], header: String = UserList.header, preamble: String = "") throws -> ListDifferences {
        func text(_ rows: [String], _ header: String) -> String { ([header] + rows).map { $0 + "\r\n" }.joined() }
        return try UserList.read(preamble + text(found, header)).differences(from: UserList.read(text(Self.rows, UserList.header)))
    }

    @Test("is nothing where only quotes and line ends do")
    func spelling() throws {
        #expect(try differences(Self.rows).isEmpty)
        #expect(try differences(["\"ANNA\",Anna,Y,Mailbox,,\"AnnaB\",Anna B,,,"] + Self.rows.dropFirst()).isEmpty)
    }

    @Test("is told by line, mailbox name and column for each cell, with both texts")
    func cells() throws {
        var found = Self.rows
        found[1] = "BEN,Ben,Y,Mailbox,,Benny,Ben C,,,"
        #expect(
            try differences(found).cells == [
                .init(line: 3, mailboxName: "BEN", column: "Mode", written: "Create", found: ""),
                .init(line: 3, mailboxName: "BEN", column: "Common-Name", written: "BEN", found: "Benny"),
            ])
        found[1] = "BEN,Ben,Y"
        #expect(
            try differences(found).cells.first
                == .init(line: 3, mailboxName: "BEN", column: "Obj-Class", written: "Mailbox", found: "(no cell)"))
    }

    @Test("is told for rows that have come, are gone, or stand elsewhere, and the others are still compared")
    func rows() throws {
        let new = "NEW,New,Y,Mailbox,Create,NEW,New,,,"
        var difference = try differences([new, Self.rows[0], Self.rows[2].replacing("Cyd D", with: "Cyd E")])
        #expect(difference.rowsNew == [.init(line: 2, mailboxName: "NEW")] && difference.rowsGone == [.init(line: 3, mailboxName: "BEN")])
        #expect(difference.cells == [.init(line: 4, mailboxName: "CYD", column: "Display-Name", written: "Cyd D", found: "Cyd E")])
        #expect(!difference.isReordered)
        difference = try differences(Self.rows.reversed())
        #expect(difference == ListDifferences(isReordered: true))
        // Two rows of one name are the first and the second.
        difference = try differences(Self.rows + [Self.rows[1]])
        #expect(difference == ListDifferences(rowsNew: [.init(line: 5, mailboxName: "BEN")]))
    }

    @Test("is told for columns and for the lines before the header")
    func columns() throws {
        let header = UserList.header.replacing("Given-Name", with: "Nickname")
        let difference = try differences(Self.rows, header: header, preamble: "Postoffice,NET/PO\r\n")
        #expect(difference.columnsGone == ["Given-Name"] && difference.columnsNew == ["Nickname"] && difference.preambleDiffers)
    }

    @Test("is told of the changed cells alone where what was written is not to be had")
    func partly() throws {
        let found = try UserList.read(UserList.text(Self.rows[0].replacing("AnnaB", with: "AnnaX"), Self.rows[2]))
        func row(_ number: Int, _ name: String, _ new: String) -> AppliedRow {
            AppliedRow(row: number, line: number + 1, mailboxName: name, changes: [CellChange(column: "Common-Name", old: name, new: new)])
        }
        let difference = found.differences(from: [row(1, "ANNA", "AnnaB"), row(2, "BEN", "BenC"), row(3, "CYD", "CYD")])
        #expect(difference.cells == [.init(line: 2, mailboxName: "ANNA", column: "Common-Name", written: "AnnaB", found: "AnnaX")])
        #expect(difference.rowsGone == [.init(line: 3, mailboxName: "BEN")])
    }

    @Test("A file that was read can be read again in the same way", arguments: ["windows-1252", "UTF-8"])
    func spellings(_ encoding: String) throws {
        let list = try UserList.read(UserList.text("ANNA;Ännä".replacing(";", with: ",") + ",Y,Mailbox,,AnnaB,,,,"), encoding: encoding)
        let again = try MigrationFile.read(bytes: list.corrected([]), name: "again.csv", options: ReadOptions(list.spelling))
        #expect(again.rows == list.rows && again.spelling == list.spelling)
    }
}
