import Foundation
import TestSupport
import Testing

/// A run of `plan` on a server behind a wire with faults, and what came of it.
struct FaultyRun: Sendable {
    /// What came of a run. The last four are what must never be.
    enum Verdict: String, CaseIterable, Sendable {
        /// The whole directory was read.
        case complete
        /// A message, a status that says so, and no plan.
        case error
        /// A plan that is not the one of the whole directory.
        case partial
        /// No end within the time that was configured.
        case hang
        /// An end by a signal.
        case crash
        /// An end without a plan and without a message, or with both.
        case unclear
    }

    /// The limits that the program is given.
    static let limits = [
        "--connect-timeout", "2s", "--response-timeout", "2s", "--server-timeout", "8s", "--total-timeout", "8s", "--retries", "0",
    ]
    /// By then it must have ended: the limit for everything, and time to start and to write on a machine that does much else.
    static let patience = Duration.seconds(8 + 6)

    var verdict: Verdict
    /// Whether the wire did what it was told.
    var hasHappened: Bool
    /// Whether nothing else than the wire made it fail.
    var hasReason: Bool { hasHappened || verdict == .complete }
    var time: Duration
    var processorTime: Duration
    var peakMemory: Int
    /// The status and what was said.
    var words: String
    /// What the plan says of the directory and of each row; `nil` without a plan.
    var plan: PlanContent?

    /// Runs `plan` through a wire on which so many faults wait, and compares with `whole`; without it, any plan counts as complete.
    init(_ server: FaultyServer, through wire: FaultProxy, faults: Int, options: [String] = [], whole: PlanContent? = nil) throws {
        let folder = try TemporaryFolder()
        try folder.write(SamplePeople.userList(PrivateSamba.people), to: "users.csv")
        let arguments = ["plan", "users.csv", "--page-size", "20", "--connections", "1"] + Self.limits + options
        let run = try ProgramRun(arguments + server.options(wire), environment: server.environment(), directory: folder.path)
        let start = ContinuousClock.now
        let ended = run.process.wait(for: Self.patience) != nil
        time = .now - start
        if !ended { run.send(.kill) }
        let result = try run.finish(within: .seconds(20))
        (processorTime, peakMemory) = (result.usage.processorTime, result.usage.peakMemory)
        words = "\(result.status): \(result.errors)"
        plan = try PlanContent(in: folder)
        verdict = ended ? Self.verdict(result, plan, whole, try folder.list()) : .hang
        // A campaign keeps thousands of runs, and its own memory counts as the program's: without the rows, which have been compared.
        if whole != nil { plan?.rows = "" }
        // The wire may come to count it a little later than the program to end for it.
        hasHappened = wire.waitForFaults(faults, within: verdict == .complete ? .zero : .seconds(2))
    }

    private static func verdict(_ result: ProgramRun.Result, _ plan: PlanContent?, _ whole: PlanContent?, _ files: [String]) -> Verdict {
        if case .killed = result.ending { return .crash }
        switch (plan, result.status) {
        case (let plan?, 0), (let plan?, 3): return whole.map { $0 == plan } ?? true ? .complete : .partial
        // Nothing written, nothing on standard output, and words: what failed, why, and the program's name before them.
        case (nil, 4), (nil, 69), (nil, 75), (nil, 77), (nil, 78):
            let isSentence = [".\n", "?\n"].contains(where: result.errors.hasSuffix)
            let isClear = result.output.isEmpty && result.errors.contains(" failed: ") && isSentence
            return isClear && files == ["users.csv"] ? .error : .unclear
        default: return .unclear
        }
    }
}

/// What a plan says that follows from the directory: not when it was made, nor by which address.
struct PlanContent: Equatable, Sendable {
    /// How many entries came, and how many of each kind.
    var entries: Int
    var recipients: [String: Int]
    var gaps: [String]
    /// The lines of the rows.
    var rows: String
    var protection: String

    /// The plan in a folder; `nil` when there is none.
    init?(in folder: TemporaryFolder) throws {
        guard folder.contains("users.csv.plan.jsonl") else { return nil }
        let text = String(decoding: try folder.read("users.csv.plan.jsonl"), as: UTF8.self)
        let lines = text.split(separator: "\n", maxSplits: 1)
        let first = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
        let directory = try #require((first?["header"] as? [String: Any])?["directory"] as? [String: Any])
        entries = try #require(directory["entries"] as? Int)
        recipients = try #require(directory["recipients"] as? [String: Int])
        gaps = try #require(directory["gaps"] as? [String])
        protection = try #require(directory["protection"] as? String)
        rows = String(lines[1])
    }
}
