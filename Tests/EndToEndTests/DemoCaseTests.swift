import Foundation
import TestSupport
import Testing

@Suite("The sample organisation")
struct DemoCaseTests {
    /// One line of the table in the sample's README.
    struct Line: Hashable {
        var row: Int
        var mailboxName, situation, directoryName: String
    }

    /// The table in the sample's README is the expectation.
    private func lines() throws -> [Line] {
        let text = String(decoding: try SampleCase.demo.bytes("README.md"), as: UTF8.self)
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 7, let row = Int(cells[1]) else { return nil }
            return Line(row: row, mailboxName: cells[2], situation: cells[3], directoryName: cells[4].filter { $0 != "`" })
        }
    }

    /// The rows that a plan holds, by number; those that are plainly left alone may be missing.
    private func plannedRows(_ folder: TemporaryFolder) throws -> [Int: [String: Any]] {
        let plan = String(decoding: try folder.read("users.csv.plan.jsonl"), as: UTF8.self)
        var rows: [Int: [String: Any]] = [:]
        for line in plan.split(separator: "\n") {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            if let number = object["row"] as? Int { rows[number] = object }
        }
        return rows
    }

    @Test("shows every situation that can arise, and each of its rows is decided as its README says")
    func situations() throws {
        let work = try Workplace()
        try work.plan()
        let planned = try plannedRows(work.folder)
        let expected = try lines()
        #expect(expected.count > 40)
        for line in expected {
            guard let row = planned[line.row] else {
                #expect(["absent", "skipped", "correct"].contains(line.situation), "row \(line.row) is not in the plan")
                continue
            }
            #expect(row["mailboxName"] as? String == line.mailboxName)
            let reason = row["reason"] as? String ?? ""
            #expect(row["situation"] as? String == line.situation, "row \(line.row), \(line.mailboxName): \(reason)")
        }
        let shown = Set(expected.map(\.situation))
        let all = [
            "correct", "certain", "probable", "ambiguous", "contested", "elsewhere", "notMailbox", "trap", "absent", "skipped", "invalid",
        ]
        #expect(shown == Set(all))
    }

    @Test("is corrected as expected, to the byte, and then there is nothing more to do")
    func corrected() throws {
        let work = try Workplace()
        try work.plan()
        let applied = try work.run("apply", "users.csv.plan.jsonl", "--password-file", "password", "--output", "new.csv")
        #expect(applied.status == 3, "\(applied.errors)")
        #expect(try work.folder.read("new.csv") == SampleCase.demo.bytes("expected.csv"))
        #expect(try work.folder.read("users.csv") == SampleCase.demo.bytes("users.csv"))

        let again = try work.run(
            ["plan", "new.csv", "--check"] + Workplace.connection(SampleServer.shared().uri) + SampleServer.planOptions)
        #expect(again.status == 3, "2 would say that something is left to change: \(again.errors)")
    }

    @Test("gives the same plan twice, but for the times in its header")
    func repeatable() throws {
        let plans = try (1...2).map { _ in
            let work = try Workplace()
            try work.plan()
            return String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self)
                .replacing(#/"(readAt|madeAt)":"[^"]*"/#) { "\($0.output.1)" }
        }
        #expect(plans[0] == plans[1])
    }

    @Test("does not show the hidden mailbox to an account without the administrator's view")
    func hidden() throws {
        let work = try Workplace()
        let connection = Workplace.connection(try SampleServer.shared().uri, name: Exchange55View.readerName)
        _ = try work.run(["plan", "users.csv"] + connection)
        let steadman = try plannedRows(work.folder).values.first { $0["mailboxName"] as? String == "STEADMANP" }
        #expect(steadman?["situation"] as? String != "certain")
    }
}
