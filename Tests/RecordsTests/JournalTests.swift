import Records
import Testing

@Suite("A journal and the file together")
struct JournalTests {
    private static func digest(_ name: String) -> FileDigest { FileDigest(sha256: name, size: name.utf8.count) }

    /// An apply of that number, from one content to another.
    private static func apply(_ number: Int, _ before: String?, _ after: String, at: String = "") -> AppliedFile {
        AppliedFile(
            number: number, at: at, plan: .init(path: "p", sha256: ""), source: .init(path: "s", sha256: ""), output: "o",
            before: before.map(digest), after: digest(after),
            spelling: ListSpelling(encoding: "UTF-8", separator: ",", quote: "", lineEnd: "mixed"), rowCount: 0, rows: [])
    }

    private static let first = [JournalEntry.apply(apply(1, "B", "A")), .applied(1, at: "")]
    private static let second = first + [.apply(apply(2, "A", "C")), .applied(2, at: "")]

    private static let table: [(name: String, entries: [JournalEntry], file: String?, states: [Journal.State], last: Int?)] = [
        ("nothing noted", [], "X", [], nil),
        ("done", first, "A", [.inPlace], 1),
        ("announced, and not done", [.apply(apply(1, "B", "A"))], "B", [.notDone], nil),
        ("announced, done, and not confirmed", [.apply(apply(1, "B", "A"))], "A", [.inPlace], 1),
        ("made where nothing was, and not confirmed", [.apply(apply(1, nil, "A"))], "A", [.inPlace], 1),
        ("announced where nothing was, and not done", [.apply(apply(1, nil, "A"))], nil, [.notDone], nil),
        ("changed since", first, "X", [.changed], 1),
        ("gone since", first, nil, [.changed], 1),
        ("two, one over the other", second, "C", [.superseded(by: 2), .inPlace], 2),
        ("a second that was not done", first + [.apply(apply(2, "A", "C"))], "A", [.inPlace, .notDone], 1),
        ("a second that was not done, and a change since", first + [.apply(apply(2, "A", "C"))], "X", [.changed, .notDone], 1),
        ("undone", first + [.undo(1, at: ""), .undone(1, at: "", keptAs: "u")], "B", [.undone], nil),
        ("undone, and changed since", first + [.undo(1, at: ""), .undone(1, at: "", keptAs: "u")], "X", [.undone], nil),
        ("undo announced, and not done", first + [.undo(1, at: "")], "A", [.inPlace], 1),
        ("undone, and not confirmed", first + [.undo(1, at: "")], "B", [.undone], 1),
        ("the old file put back by hand", first, "B", [.undone], 1),
        ("the second undone, and not confirmed: not the first", second + [.undo(2, at: "")], "A", [.inPlace, .undone], 2),
        ("the second undone", second + [.undo(2, at: ""), .undone(2, at: "", keptAs: "")], "A", [.inPlace, .undone], 1),
        (
            "the same plan again", first + [.undone(1, at: "", keptAs: ""), .apply(apply(2, "B", "A")), .applied(2, at: "")], "A",
            [.undone, .inPlace], 2
        ),
        ("an apply that changed nothing", [.apply(apply(1, "A", "A")), .applied(1, at: "")], "A", [.inPlace], 1),
        (
            "a clock that went back",
            [
                .apply(apply(1, "B", "A", at: "2030")), .applied(1, at: "2030"), .apply(apply(2, "A", "C", at: "1999")),
                .applied(2, at: "1999"),
            ], "C", [.superseded(by: 2), .inPlace], 2
        ),
    ]

    @Test("tell what has become of each apply", arguments: table.indices)
    func states(_ place: Int) {
        let (name, entries, file, states, last) = Self.table[place]
        let journal = Journal(entries, now: file.map(Self.digest), at: "T")
        #expect(journal.items.map(\.state) == states, "\(name)")
        #expect(journal.last?.apply.number == last, "\(name)")
        #expect(journal.nextNumber == states.count + 1, "\(name)")
        // What is missing settles it: with those lines nothing is, and the states are the same.
        let settled = Journal(entries + journal.missing, now: file.map(Self.digest), at: "T")
        #expect(settled.missing.isEmpty && settled.items.map(\.state) == states, "\(name)")
    }

    @Test("tell which lines a run that was broken off left out")
    func missing() {
        let apply = Self.apply(1, "B", "A")
        #expect(Journal([.apply(apply)], now: apply.after, at: "T").missing == [.applied(1, at: "T")])
        #expect(Journal(Self.first + [.undo(1, at: "")], now: apply.before, at: "T").missing == [.undone(1, at: "T", keptAs: "")])
        #expect(Journal(Self.first, now: apply.after, at: "T").missing.isEmpty)
    }
}

@Suite("The first byte that differs")
struct ByteDifferenceTests {
    @Test(
        "is told by number, line and both bytes; the end is one, too",
        arguments: [
            ("a\nb", "a\nc", 3, 2, "b", "c"), ("ab", "a", 2, 1, "b", nil), ("a", "ab", 2, 1, nil, "b"), ("", "x", 1, 1, nil, "x"),
        ] as [(String, String, Int, Int, String?, String?)])
    func place(_ written: String, _ found: String, _ number: Int, _ line: Int, _ was: String?, _ now: String?) throws {
        let difference = try #require(ByteDifference(written: Array(written.utf8), found: Array(found.utf8)))
        #expect((difference.number, difference.line) == (number, line))
        #expect(difference.written == was?.utf8.first && difference.found == now?.utf8.first)
        #expect(ByteDifference(written: Array(written.utf8), found: Array(written.utf8)) == nil)
    }
}
