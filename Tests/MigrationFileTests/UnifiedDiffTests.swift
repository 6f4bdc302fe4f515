import CSV
import MigrationFile
import Records
import Testing

@Suite("The lines that a correction changes, and parts of a file")
struct UnifiedDiffTests {
    private static let text = UserList.text(
        "A,Ann,Y,Mailbox,Create,A,Ann,,,", "B,\"Bob\nLee\",Y,Mailbox,Create,B,Bob,,,", "C,Cy,Y,Mailbox,Create,C,Cy,,,",
        "D,Dee,Y,Mailbox,Create,D,Dee,,,", "E,Eve,Y,Mailbox,Create,E,Eve,,,")

    private func difference(_ names: [Int: String], in text: String = Self.text, context: Int = 1) throws -> [DiffHunk] {
        let file = try UserList.read(text)
        let corrections = try names.keys.sorted().map {
            RowCorrection(row: $0 + 1, changes: try file.correction(forRow: $0, to: MailboxValues(directoryName: names[$0] ?? "")))
        }
        let bytes = try file.corrected(corrections)
        return file.unifiedDiff(to: try file.reread(bytes), context: context)
    }

    @Test("are none where nothing changes")
    func none() throws {
        #expect(try difference([:]).isEmpty)
    }

    @Test("come with rows around them, and near ones in one hunk")
    func hunks() throws {
        let far = try difference([0: "AnnL", 4: "EveE"])
        #expect(far.count == 2)
        #expect(far[0].oldStart == 1 && far[0].counts == (old: 4, new: 4))
        #expect(far[0].lines.first == .same(UserList.header) && far[0].lines[1] == .removed("A,Ann,Y,Mailbox,Create,A,Ann,,,"))
        #expect(far[0].lines[2] == .added("A,Ann,Y,Mailbox,,AnnL,Ann,,,"))
        #expect(Array(far[0].lines[3...]) == [.same("B,\"Bob"), .same("Lee\",Y,Mailbox,Create,B,Bob,,,")])
        #expect(far[1].oldStart == 6 && far[1].newStart == 6)
        let near = try difference([0: "AnnL", 2: "CyC"])
        #expect(near.count == 1 && near[0].lines.count { if case .added = $0 { true } else { false } } == 2)
        let beside = try difference([2: "CyC", 3: "DeeD"], context: 0)
        #expect(beside.count == 1 && beside[0].lines.count == 4 && beside[0].oldStart == 5)
    }

    @Test("say where the last line has no end")
    func lastLine() throws {
        let unended = String(Self.text.dropLast(Self.text.hasSuffix("\r\n") ? 1 : 0))
        let hunk = try #require(difference([4: "EveE"], in: unended.trimmingEnd, context: 0).first)
        #expect(
            hunk.lines == [
                .removed("E,Eve,Y,Mailbox,Create,E,Eve,,,"), .withoutEnd, .added("E,Eve,Y,Mailbox,,EveE,Eve,,,"), .withoutEnd,
            ])
    }

    @Test("A part has what stands before the rows, and the rows as they are; all parts together have every row")
    func parts() throws {
        let text = "preamble\r\nmore\r\n" + Self.text.trimmingEnd
        let file = try UserList.read(text)
        let head = "preamble\r\nmore\r\n" + UserList.header + "\r\n"
        #expect(String(decoding: file.part([1]), as: UTF8.self) == head + "B,\"Bob\nLee\",Y,Mailbox,Create,B,Bob,,,\r\n")
        #expect(String(decoding: file.part([]), as: UTF8.self) == head)
        #expect(String(decoding: file.part(0..<5), as: UTF8.self) == text)
        let part = try file.reread(file.part([0, 4]))
        #expect(part.rows.map(\.mailboxName) == ["A", "E"] && part.preamble == ["preamble", "more"])
    }

    @Test("A part is read as a list, also where it looks like UTF-16")
    func zeros() throws {
        let zeros = String(repeating: "\0", count: 400)
        let file = try UserList.read(
            UserList.text(
                "A,\(String(repeating: "a", count: 600)),Y,Mailbox,Create,A,Ann,,,", "B,\(zeros),Y,Mailbox,Create,B,Bob,,,"))
        #expect(try file.reread(file.part([1])).rows.map(\.mailboxName) == ["B"])
    }
}

extension String {
    /// Without a line end at its end.
    fileprivate var trimmingEnd: String { hasSuffix("\r\n") ? String(dropLast()) : self }
}
