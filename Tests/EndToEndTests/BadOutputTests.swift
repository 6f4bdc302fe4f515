import Foundation
import TestSupport
import Testing

/// Issue 2, "Bad input": what can be wrong where the corrected file is to go.
@Suite("An output that cannot be written")
struct BadOutputTests {
    private func apply(_ work: Workplace, to output: String) throws -> ProgramRun.Result {
        try work.run("apply", "users.csv.plan.jsonl", "--password-file", "password", "--output", output)
    }

    @Test("One that exists, is a folder, is the source, or is below a folder that does not exist")
    func places() throws {
        let work = try Workplace()
        try work.plan()
        try work.folder.write("precious", to: "there.csv")
        try work.folder.write("", to: "folder.csv/inside")
        expectRefusal(try apply(work, to: "there.csv"), status: 73, saying: ["there.csv", "exist", "--replace"])
        #expect(try work.folder.read("there.csv") == Array("precious".utf8))
        expectRefusal(try apply(work, to: "folder.csv"), status: 73, saying: ["folder.csv", "this is a folder"])
        expectRefusal(try apply(work, to: "nowhere/new.csv"), status: 73, saying: ["nowhere", "does not exist"])
        expectRefusal(try apply(work, to: "users.csv"), status: 73, saying: ["users.csv"])
        #expect(try work.folder.read("users.csv") == SampleCase.demo.bytes("users.csv"))
        #expect(try work.newFiles() == ["folder.csv", "there.csv", "users.csv.plan.jsonl"])
    }

    @Test("A disk that is full half-way: nothing half written stays")
    func fullDisk() throws {
        let work = try Workplace()
        try work.plan()
        // A limit on the size of files stands for the disk: 4 blocks of 512 bytes, less than the file needs.
        let command = "trap '' XFSZ; ulimit -f 4; exec \"$0\" apply users.csv.plan.jsonl --password-file password --output new.csv"
        let run = try ProgramRun.run(["-c", command, BuiltProgram.path()], executable: "/bin/sh", directory: work.folder.path)
        #expect([73, 74].contains(run.status), "\(run.errors)")
        #expect(run.errors.contains("new.csv"))
        #expect(try work.newFiles() == ["users.csv.plan.jsonl"])
    }

    @Test("Several runs that write one file: one of them does, whole; the others say that it is there or being written")
    func severalRuns() throws {
        let work = try Workplace()
        try work.plan()
        let arguments = ["apply", "users.csv.plan.jsonl", "--password-file", "password", "--output", "new.csv"]
        let runs = try (1...6).map { _ in try work.start(arguments) }
        let results = try runs.map { try $0.finish() }
        #expect(results.count { $0.status == 3 } == 1, "\(results.map(\.status)) \(results.map(\.errors))")
        #expect(results.allSatisfy { [3, 73, 75].contains($0.status) }, "\(results.map(\.status)) \(results.map(\.errors))")
        #expect(try work.folder.read("new.csv") == SampleCase.demo.bytes("expected.csv"))
        #expect(try work.newFiles() == ["new.csv", "users.csv.plan.jsonl"])
    }

    @Test("Several plans of one file at once: the plan that stays is whole")
    func severalPlans() throws {
        let work = try Workplace()
        let arguments =
            ["plan", "users.csv"] + Workplace.connection(try SampleServer.shared().uri) + SampleServer.planOptions
        let runs = try (1...4).map { _ in try work.start(arguments) }
        let results = try runs.map { try $0.finish() }
        #expect(results.allSatisfy { [3, 73, 75].contains($0.status) }, "\(results.map(\.status)) \(results.map(\.errors))")
        #expect(try work.newFiles() == ["users.csv.plan.jsonl"])
        #expect(try work.run("explain", "users.csv.plan.jsonl", "COLLINSR").status == 0)
    }
}
