import Foundation
import PlanFormat
import Records
import Testing

@Suite("A plan file")
struct PlanFileTests {
    private static let hostile = "a\"b\\c\n\r\t\u{1}\u{7F}\u{2028}é😀</script>"

    private static func candidate(_ name: String, fingerprint: String = "") -> PlannedCandidate {
        PlannedCandidate(
            dn: "cn=\(name),o=ORG", id: "0-1", kind: .mailbox, directoryName: name, alias: "", displayName: hostile,
            fingerprint: fingerprint, fields: fingerprint.isEmpty ? "" : "0a0b0c",
            evidence: [Evidence(name: "alias", force: .naming, text: hostile), Evidence(name: "other-suffix", force: .against, text: "Jr")])
    }

    private static func plan(rows: Int = 3) -> Plan {
        let proof = ReadProof(
            source: "ldap://h:389", protection: "plain text, integrity not protected", base: "o=ORG", filter: "(a=*)",
            profile: "exchange55", pageSize: 100,
            pages: 2, entries: 101,
            recipients: [.mailbox: 99, .customRecipient: 2], references: ["ldap://x"], gaps: ["g"], remarks: [hostile])
        let header = PlanHeader(
            file: "users.csv", sha256: "ab", size: 12, encoding: "windows-1252", dialect: "comma", filesOfRun: ["users.csv"],
            directory: proof,
            counts: [.certain: 1, .absent: 2], target: .exchange50, settings: ["base": "o=ORG"], version: "1",
            readAt: "2026-11-22T20:00:00Z",
            madeAt: "2026-11-22T20:00:01Z")
        let row = PlannedRow(
            row: 1, line: 4, mailboxName: "JSMITH", fullName: hostile, situation: .certain, reason: hostile,
            wrongOnceIn: 5054,
            factors: [
                ChanceFactor(.withoutMailbox, 0.1213), ChanceFactor(.unclaimed, 1), ChanceFactor(.namesakes, 0.000000012),
                ChanceFactor(.department, 12.5), ChanceFactor(.formerName, 1720),
            ], target: candidate("JohnS", fingerprint: "00ff"),
            rivals: [candidate("JSmith2"), candidate(hostile)], rivalRows: [RowReference(file: "b.csv", row: 7, line: 9, mailboxName: "X")],
            namesakes: [candidate("JackS"), candidate("JimS")],
            namesakeRows: [RowReference(file: "c.csv", row: 1, line: 2, mailboxName: hostile)],
            changes: [CellChange(column: "Mode", old: "Create", new: "")],
            forecast: Forecast(
                before: ImportOutcome(.updatesOther, .alias, dn: hostile), after: ImportOutcome(.updates, .corrected),
                replacedName: hostile,
                accountOf: "X"),
            events: [
                RowEvent(LoggedEvent(source: "MSExchangeMig", id: 7017, text: hostile, line: 3), isForeseen: false),
                RowEvent(LoggedEvent(source: "MSExchangeDSImp", id: 287, text: "", line: 4), isForeseen: true),
            ], missingEvent: MissingEvent(source: "MSExchangeMig", id: 7026, nameless: 2))
        let left = (0..<max(0, rows - 1)).map {
            PlannedRow(row: $0 + 2, line: $0 + 5, mailboxName: "", fullName: "", situation: .absent, reason: "")
        }
        return Plan(header: header, rows: Array(([row] + left).prefix(rows)))
    }

    @Test("is read back as it was written, hostile names included")
    func roundTrip() throws {
        let plan = Self.plan()
        #expect(try PlanReader.plan(from: PlanWriter.bytes(of: plan), file: "p") == plan)
    }

    @Test(
        "has numbers with four digits that count",
        arguments: [
            (0.06432, "0.06432"), (0.0643249, "0.06432"), (1, "1"), (0.5, "0.5"), (12.5, "12.5"), (1720.4, "1720"), (0.99999, "1"),
            (0.00000001234, "0.000000012"), (100, "100"), (0.1 + 0.2, "0.3"),
        ])
    func decimals(value: Double, text: String) {
        var row = Self.plan().rows[0]
        row.factors = [ChanceFactor(.stale, value)]
        #expect(String(decoding: PlanWriter.row(row), as: UTF8.self).contains(#""factors":{"stale":\#(text)}"#))
    }

    @Test("of a program that proved less is read, too")
    func older() throws {
        var plan = Self.plan()
        (plan.header.directory.resultCode, plan.header.directory.deleted) = (0, 2)
        plan.header.directory.certificateCheckOff = Self.hostile
        plan.header.directory.containers = [DirectorySurvey.Count(name: "o=ORG", count: 99)]
        plan.header.directory.canaries = [.init(name: "a", dn: "cn=a"), .init(name: "b", dn: nil)]
        plan.header.directory.expectation = .init(mailboxes: 100, found: 99, largestShrink: 5)
        let text = String(decoding: try PlanWriter.bytes(of: plan), as: UTF8.self)
        #expect(try PlanReader.plan(from: Array(text.utf8), file: "p") == plan)
        let new = ["resultCode", "deleted", "certificateCheckOff", "containers", "canaries", "expectation"]
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var first = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
        var header = try #require(first["header"] as? [String: Any])
        var directory = try #require(header["directory"] as? [String: Any])
        for key in new { #expect(directory.removeValue(forKey: key) != nil, "\(key)") }
        header["directory"] = directory
        first["header"] = header
        lines[0] = String(decoding: try JSONSerialization.data(withJSONObject: first), as: UTF8.self)
        let read = try PlanReader.plan(from: Array(lines.joined(separator: "\n").utf8), file: "p")
        #expect(read == Self.plan())
    }

    @Test("has one line for the header, one for each row and one for the end, and no control character but their ends")
    func lines() throws {
        let bytes = try PlanWriter.bytes(of: Self.plan())
        #expect(bytes.count { $0 == 0x0A } == 5)
        #expect(!bytes.contains { $0 < 0x20 && $0 != 0x0A })
        #expect(bytes.starts(with: Array("{\"ldapReconcilePlan\":1,\"header\":{".utf8)))
        #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("{\"end\":{\"rows\":3}}\n"))
    }

    @Test("leaves out what is empty")
    func leavesOut() {
        let row = PlannedRow(row: 2, line: 5, mailboxName: "A", fullName: "", situation: .absent, reason: "")
        #expect(
            String(decoding: PlanWriter.row(row), as: UTF8.self)
                == "{\"row\":2,\"line\":5,\"mailboxName\":\"A\",\"situation\":\"absent\"}\n")
    }

    @Test("is refused wherever it is cut off")
    func truncated() throws {
        let bytes = try PlanWriter.bytes(of: Self.plan())
        for length in stride(from: 0, to: bytes.count - 1, by: 7) {
            #expect(throws: PlanProblem.self) { try PlanReader.plan(from: Array(bytes.prefix(length)), file: "p") }
        }
        // Only the last line end may be missing.
        #expect(try PlanReader.plan(from: Array(bytes.dropLast()), file: "p") == Self.plan())
    }

    @Test("is refused with a line lost, doubled or added, and says where and what to do")
    func changedLines() throws {
        let lines = String(decoding: try PlanWriter.bytes(of: Self.plan()), as: UTF8.self).split(separator: "\n").map(String.init)
        func message(_ lines: [String]) -> String {
            let error = #expect(throws: PlanProblem.self) {
                try PlanReader.plan(from: Array(lines.joined(separator: "\n").utf8), file: "users.plan")
            }
            return error?.description ?? ""
        }
        var lost = lines
        lost.remove(at: 2)
        #expect(message(lost).hasPrefix("users.plan:3: row 3 stands where row 2 is expected"))
        var lastLost = lines
        lastLost.remove(at: 3)
        #expect(message(lastLost).hasPrefix("users.plan:4: the plan says that it has 3 rows, but 2 are there"))
        // Also where whoever took it away has corrected the number of rows.
        lost[3] = "{\"end\":{\"rows\":2}}"
        #expect(message(lost).hasPrefix("users.plan:3: row 3 stands where row 2 is expected"))
        var swapped = lines
        swapped.swapAt(2, 3)
        #expect(message(swapped).hasPrefix("users.plan:3: row 3 stands where row 2 is expected"))
        #expect(message(lines + [lines[1]]).hasPrefix("users.plan:6: there is more after the plan's end"))
        #expect(message(Array(lines.dropLast())).contains("cut off after 3 rows"))
        var damaged = lines
        damaged[1] = String(damaged[1].dropLast(20))
        #expect(message(damaged).hasPrefix("users.plan:2: the line is cut off or damaged"))
        var other = lines
        other[1] = "{\"row\":1}"
        #expect(message(other).hasPrefix("users.plan:2: this line is neither a row nor the end of a plan"))
    }

    @Test("of a newer format is refused by its number, and another file is not taken for a plan")
    func newer() throws {
        var text = String(decoding: try PlanWriter.bytes(of: Self.plan()), as: UTF8.self)
        text.replaceSubrange(text.startIndex..<text.index(text.startIndex, offsetBy: 22), with: "{\"ldapReconcilePlan\":2")
        let newer = #expect(throws: PlanProblem.self) { try PlanReader.plan(from: Array(text.utf8), file: "p") }
        #expect(newer?.description.contains("format 2") == true)
        let other = #expect(throws: PlanProblem.self) { try PlanReader.plan(from: Array("SFS_UserName,SFS_FullName\r\n".utf8), file: "p") }
        #expect(other?.description.contains("not a plan") == true)
        let empty = #expect(throws: PlanProblem.self) { try PlanReader.plan(from: [], file: "p") }
        #expect(empty?.description.contains("empty") == true)
    }
}
