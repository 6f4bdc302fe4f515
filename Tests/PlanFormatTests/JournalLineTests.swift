import PlanFormat
import Records
import Testing

@Suite("A journal's lines")
struct JournalLineTests {
    private static let hostile = "a\"b\\c\n\r\t\u{1}\u{7F}\u{2028}é😀{[}]"

    private static let apply = AppliedFile(
        number: 1, at: "2026-11-28T07:00:00Z", plan: .init(path: hostile, sha256: "aa"), source: .init(path: "users.csv", sha256: "bb"),
        output: "out.csv", before: FileDigest(sha256: "cc", size: 7), after: FileDigest(sha256: "dd", size: 8),
        spelling: ListSpelling(encoding: "windows-1252", separator: "\t", quote: "\"", lineEnd: "mixed"), rowCount: 9,
        rows: [AppliedRow(row: 3, line: 6, mailboxName: hostile, changes: [CellChange(column: "Mode", old: "Create", new: "")])])

    private static let entries: [JournalEntry] = [
        .apply(apply), .applied(1, at: "T"), .undo(1, at: "T"), .undone(1, at: "T", keptAs: hostile), .undone(1, at: "T", keptAs: ""),
        .apply(
            {
                var bare = apply
                (bare.number, bare.before, bare.rows) = (2, nil, [])
                return bare
            }()),
    ]

    private static let bytes = entries.flatMap(JournalWriter.line)

    @Test("give back what was written, one line each")
    func roundTrip() throws {
        #expect(try JournalReader.entries(in: Self.bytes, file: "j") == Self.entries)
        #expect(Self.bytes.count { $0 == 0x0A } == Self.entries.count)
        #expect(try JournalReader.entries(in: [], file: "j") == [])
    }

    @Test("are passed over wherever they are cut off, also when zeros follow, and the others are read")
    func cutOff() throws {
        for (index, entry) in Self.entries.enumerated() {
            let line = JournalWriter.line(entry)
            let before = Self.entries[..<index].flatMap(JournalWriter.line)
            let after = Self.entries[index...].flatMap(JournalWriter.line)
            for length in 0..<line.count - 1 {
                for zeros in [[], [0, 0]] as [[UInt8]] {
                    let torn = before + line.prefix(length) + zeros
                    #expect(try JournalReader.entries(in: torn, file: "j") == Array(Self.entries[..<index]), "\(length) of \(entry)")
                    #expect(try JournalReader.entries(in: torn + [0x0A] + after, file: "j") == Self.entries, "\(length) of \(entry)")
                }
            }
        }
    }

    @Test(
        "that are none, or of a newer version, are refused with line and column",
        arguments: [
            ("hello\n", 1, 1, "this is no journal of ldap-reconcile"),
            ("{\"ldapReconcilePlan\":1}\n", 1, 16, "this is no journal of ldap-reconcile"),
            ("{\"ldapReconcileJournal\":\"x\"}\n", 1, 25, "the version of the journal's format is expected here"),
            ("\n{\"ldapReconcileJournal\":2,\"new\":{}}\n", 2, 25, "the journal is of format 2, made by a newer ldap-reconcile"),
            ("{\"ldapReconcileJournal\":1,\"undo\":{\"at\":\"T\"}}\n", 1, 27, "'number' is missing here"),
            (
                "{\"ldapReconcileJournal\":1,\"undo\":{\"number\":\"1\",\"at\":\"T\"}}\n", 1, 35,
                "'undo.number' has a value that no journal has there"
            ),
            ("{\"ldapReconcileJournal\":1,\"undo\":{\"number\":5,\"at\":\"T\"}}\n", 1, 35, "no apply of the number 5 stands before this"),
            ("{\"ldapReconcileJournal\":1,\"undo\":x}\n", 1, 34, "the line is damaged here"),
        ])
    func refused(_ text: String, _ line: Int, _ column: Int, _ words: String) {
        let problem = #expect(throws: JournalProblem.self) { try JournalReader.entries(in: Array(text.utf8), file: "j") }
        #expect(problem?.description.hasPrefix("j:\(line):\(column): \(words)") == true, "\(String(describing: problem))")
        #expect(problem?.description.contains("Nothing was done") == true)
    }

    @Test("with a number that was there already are refused")
    func repeated() {
        let twice = JournalWriter.line(Self.entries[0]) + JournalWriter.line(Self.entries[0])
        let problem = #expect(throws: JournalProblem.self) { try JournalReader.entries(in: twice, file: "j") }
        #expect(problem?.line == 2 && problem?.text.hasPrefix("the apply has the number 1, but 1 stands before it") == true)
    }
}
