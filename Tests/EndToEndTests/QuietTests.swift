import Foundation
import TestSupport
import Testing

@Suite("What a run says")
struct QuietTests {
    @Test("With --quiet, apply says how many rows wait and nothing else, not even a remark on what it replaced")
    func apply() throws {
        let work = try Workplace()
        try work.plan()
        let arguments = ["apply", "users.csv.plan.jsonl", "--password-file", "password", "--replace", "-o", "new.csv"]
        try work.folder.write("", to: "new.csv")
        #expect(link(work.folder["new.csv"], work.folder["other.csv"]) == 0)
        let quiet = try work.run(arguments + ["--quiet"])
        #expect(quiet.status == 3 && quiet.output == "", "\(quiet.output)")
        #expect(quiet.errors == "19 rows wait for a person and stand as before.\n")
        #expect(link(work.folder["new.csv"], work.folder["another.csv"]) == 0)
        let loud = try work.run(arguments)
        #expect(loud.status == 3 && loud.output.contains("18 of 47 rows corrected"), "\(loud.output)")
        #expect(loud.errors.contains("19 rows wait") && loud.errors.split(separator: "\n").count == 3, "\(loud.errors)")
    }

    @Test("With --quiet, raw and explain show what they were asked for")
    func data() throws {
        let work = try Workplace()
        try work.plan()
        let connection = Workplace.connection(try SampleServer.shared().uri)
        for arguments in [["raw", "ChidiO"] + connection, ["explain", "users.csv.plan.jsonl", "7"]] {
            let loud = try work.run(arguments)
            let quiet = try work.run(arguments + ["--quiet"])
            #expect(loud.status == 0 && loud.output.contains("cn=ChidiO"), "\(loud.errors)")
            #expect(quiet.output == loud.output && quiet.errors == "")
        }
        for command in [["check", "users.csv"] + connection, ["plan", "users.csv"] + connection + SampleServer.planOptions] {
            let quiet = try work.run(command + ["--quiet"])
            #expect(quiet.status == 3 && quiet.output + quiet.errors == "", "\(quiet.errors)")
        }
    }

    @Test("A plan says why rows are unknown, also to programs")
    func gaps() throws {
        let work = try Workplace()
        let server = try SampleServer.shared()
        let plan = ["plan", "users.csv"] + SampleServer.planOptions
        let connection = Workplace.connection(server.uri, name: Exchange55View.readerName)
        func json(_ arguments: [String]) throws -> [String: Any] {
            let run = try work.run(arguments + ["--json"])
            #expect(run.status == 3, "\(run.errors)")
            return try #require(try JSONSerialization.jsonObject(with: Data(run.standardOutput)) as? [String: Any])
        }
        let gaps = try #require(try json(plan + connection)["gaps"] as? [String])
        #expect(gaps.count == 1 && gaps[0].contains("hidden mailboxes do not show"), "\(gaps)")
        let text = try work.run(plan + connection)
        #expect(text.output.contains("NOT SEEN"), "\(text.output)")
        let none = try json(plan + Workplace.connection(server.uri))["gaps"] as? [String]
        #expect(none == [])
    }
}
