import Foundation
import TestSupport
import Testing

@Suite("What the import will do, and what an earlier one logged")
struct ForecastTests {
    private let directory = ["--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))"] + SampleServer.planOptions

    private static let log = """
        1/15/98,10:23:45 AM,MSExchangeMig,Error,None,7026,N/A,EX01,Could not log onto the Message Store for Account QUILTERN.\r
        1/15/98,10:23:46 AM,MSExchangeMig,Error,None,7017,N/A,EX01,Could not log onto the Message Store for Account holloWAYM.\r
        1/15/98,10:23:47 AM,MSExchangeMig,Error,None,7032,N/A,EX01,Invalid Home-Server definition for user 'Home-\u{1B}[31mServer'\r
        1/15/98,10:23:48 AM,Print,Error,None,7017,N/A,EX01,Account HOLLOWAYM\r

        """

    @Test("plan counts both sides, and explain gives result, rule, source and surety")
    func forecast() throws {
        let work = try Workplace()
        let run = try work.run(["plan", "users.csv"] + directory)
        #expect(run.output.contains("The import, by the wizard of Exchange 5.5, the file as it stands and as corrected:"))
        #expect(run.output.contains("fail with event 7026") && run.output.contains("update SOMEBODY ELSE'S mailbox"))
        let quilter = try work.run("explain", "users.csv.plan.jsonl", "QUILTERN").output
        #expect(quilter.contains("as it stands, the wizard of Exchange 5.5 fails with event 7026"))
        #expect(quilter.contains("corrected, the wizard of Exchange 5.5 updates cn=NerysQ,"))
        #expect(quilter.contains("(KB Q242184; documented)") && quilter.contains("; inferred)"))
        let holloway = try work.run("explain", "users.csv.plan.jsonl", "HOLLOWAYM").output
        #expect(holloway.contains("as it stands and as corrected, the wizard of Exchange 5.5 updates cn=MargaretH,"))
    }

    @Test("--target chooses the wizard: 5.0 goes by the alias, and fails with 7017 where that is another")
    func target() throws {
        let work = try Workplace()
        #expect(try work.run(["plan", "users.csv", "--target", "exchange50"] + directory).output.contains("fail with event 7017"))
        let holloway = try work.run("explain", "users.csv.plan.jsonl", "HOLLOWAYM").output
        #expect(
            holloway.contains("as it stands, the wizard of Exchange 5.0 fails with event 7017")
                && holloway.contains("KB Q186742; documented"))
        expectRefusal(
            try work.run(["plan", "users.csv", "--target", "exchange6"] + directory), status: 64,
            saying: ["--target", "exchange50, exchange55, exchange2000"])
    }

    @Test("--events ties each event to its row, whatever its case, and says whether the forecast has it; the others are named")
    func events() throws {
        let work = try Workplace()
        try work.folder.write(Self.log, to: "application.csv")
        let run = try work.run(["plan", "users.csv", "--events", "application.csv"] + directory)
        #expect(run.output.contains("application.csv: 3 events of the migration, 2 of them tied to rows"))
        #expect(run.output.contains("no row line 3 MSExchangeMig 7032: Invalid Home-Server definition for user 'Home-"))
        #expect(!run.output.utf8.contains(0x1B))
        #expect(run.output.contains("1 MSExchangeMig 7017: 0 foreseen") && run.output.contains("1 MSExchangeMig 7026: 1 foreseen"))
        let quilter = try work.run("explain", "users.csv.plan.jsonl", "QUILTERN").output
        #expect(quilter.contains("MSExchangeMig 7026, line 1 of the log, foreseen: Could not log onto"))
        #expect(try work.run("explain", "users.csv.plan.jsonl", "HOLLOWAYM").output.contains("7017, line 2 of the log, not foreseen"))
        #expect(run.output.contains(" rows without MSExchangeMig 7026, which the forecast has. The log may be of another run."))
        #expect(!quilter.contains("not logged"))
        let json = try work.run(["plan", "users.csv", "--json", "--events", "application.csv"] + directory).output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let events = try #require(object["events"] as? [String: Any])
        #expect(events["events"] as? Int == 3 && events["others"] as? Int == 1 && (events["untied"] as? [Any])?.count == 1)
    }

    @Test("A log without such events, and one that is not there, are errors, and nothing is written")
    func wrongLog() throws {
        let work = try Workplace()
        try work.folder.write("1/15/98,10:23:48 AM,Print,Error,None,7017,N/A,EX01,Account HOLLOWAYM\r\n", to: "application.csv")
        expectRefusal(
            try work.run(["plan", "users.csv", "--events", "application.csv"] + directory), status: 65,
            saying: ["application.csv", "MSExchangeMig", "1 other record", "dumpel"])
        expectRefusal(try work.run(["plan", "users.csv", "--events", "nothing.csv"] + directory), status: 66, saying: ["nothing.csv"])
        try work.folder.write("ElfFile\0\0\0\0\0", to: "application.csv")
        expectRefusal(
            try work.run(["plan", "users.csv", "--events", "application.csv"] + directory), status: 65,
            saying: ["application.csv", ".evtx", "Event Viewer", "CSV"])
        #expect(try work.newFiles() == ["application.csv"])
    }

    @Test(
        "With --keep-display-name the import leaves the address book's names alone, and the corrected file has no Display-Name in corrected rows"
    )
    func keepsDisplayName() throws {
        let work = try Workplace()
        let place = ["--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))", "--profile", "exchange55"] + SampleServer.planOptions
        func rows(_ more: String...) throws -> [[String: Any]] {
            #expect(try work.run(["plan", "users.csv"] + place + more).status == 3)
            let lines = String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self).split(separator: "\n")
            return try lines.map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
        }
        func replaced(_ rows: [[String: Any]]) -> [[String: Any]] {
            rows.filter { ($0["forecast"] as? [String: Any])?["replacedName"] != nil && ($0["situation"] as? String) == "certain" }
        }
        #expect(try !replaced(rows()).isEmpty)
        let kept = try rows("--keep-display-name", "--blank", "Home-Server")
        #expect(replaced(kept).isEmpty)
        let columns = kept.compactMap { ($0["changes"] as? [[String: String]])?.compactMap { $0["column"] } }
        #expect(!columns.isEmpty && columns.allSatisfy { $0.contains("Display-Name") && $0.contains("Home-Server") }, "\(columns)")
        #expect(try work.run("apply", "users.csv.plan.jsonl").status == 3)
        let again = try work.run(["plan", "users.corrected.csv"] + place + ["--keep-display-name", "--blank", "Home-Server"])
        #expect(again.errors.contains("Nothing to change."), "\(again.errors)")
    }
}
