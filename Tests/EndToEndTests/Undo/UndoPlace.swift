import Foundation
import TestSupport
import Testing

/// A folder with the sample's user list and its plan, made of the sample's LDIF file, so that no server is needed.
struct UndoPlace {
    let folder: TemporaryFolder

    private static let plan = Result {
        let folder = try TemporaryFolder()
        try folder.write(try SampleCase.demo.bytes("users.csv"), to: "users.csv")
        let directory = "ldif:\(SampleCase.demo.path("directory.ldif"))"
        let run = try ProgramRun.run(["plan", "users.csv", "--directory", directory] + SampleServer.planOptions, directory: folder.path)
        try #require(run.status == 3, "\(run.errors)")
        return try folder.read("users.csv.plan.jsonl")
    }

    /// What the user list holds before and after the plan is applied.
    static let old = Result { try SampleCase.demo.bytes("users.csv") }
    static let new = Result { try SampleCase.demo.bytes("expected.csv") }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(try Self.old.get(), to: "users.csv")
        try folder.write(try Self.plan.get(), to: "users.csv.plan.jsonl")
    }

    /// `apply` to the user list itself, or to a file that is not there yet.
    static func apply(to output: String = "users.csv") -> [String] {
        ["apply", "users.csv.plan.jsonl", "--output", output] + (output == "users.csv" ? ["--replace"] : [])
    }

    func run(_ arguments: [String]) throws -> ProgramRun.Result { try ProgramRun.run(arguments, directory: folder.path) }

    func run(_ arguments: String...) throws -> ProgramRun.Result { try run(arguments) }

    /// Runs what must succeed with that status.
    @discardableResult
    func succeed(_ arguments: [String], status: Int32, sourceLocation: SourceLocation = #_sourceLocation) throws -> ProgramRun.Result {
        let run = try run(arguments)
        #expect(run.status == status, "\(arguments): \(run.errors)", sourceLocation: sourceLocation)
        return run
    }

    /// What an output is.
    enum Content: Hashable { case old, new, nothing, third }

    func content(_ name: String = "users.csv") throws -> Content {
        guard folder.contains(name) else { return .nothing }
        let bytes = try folder.read(name)
        return try bytes == Self.old.get() ? .old : bytes == Self.new.get() ? .new : .third
    }

    /// What is in the folder beside the list and its plan.
    func newFiles() throws -> [String] { try folder.list().filter { !["users.csv", "users.csv.plan.jsonl"].contains($0) } }
}
