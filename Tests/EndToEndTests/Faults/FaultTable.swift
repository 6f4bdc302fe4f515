import Foundation
import TestSupport

/// What came of many runs: a line for each server, step and kind of fault.
struct FaultTable: Sendable {
    private struct Line: Sendable {
        var runs = 0
        var reached = 0
        var verdicts: [FaultyRun.Verdict: Int] = [:]
        var time = Duration.zero
        var processorTime = Duration.zero
        var peakMemory = 0
    }

    private var lines: [String: Line] = [:]
    private var order: [String] = []

    /// Counts a run.
    mutating func add(_ run: FaultyRun, server: FaultyServer, phase: String, fault: String) {
        let key = [server.rawValue, phase, fault].joined(separator: " | ")
        if lines[key] == nil { order.append(key) }
        var line = lines[key] ?? Line()
        line.runs += 1
        line.reached += run.hasHappened ? 1 : 0
        line.verdicts[run.verdict, default: 0] += 1
        line.time = max(line.time, run.time)
        line.processorTime = max(line.processorTime, run.processorTime)
        line.peakMemory = max(line.peakMemory, run.peakMemory)
        lines[key] = line
    }

    static let head =
        "server | step | fault | runs | reached | complete | error | partial | hang | crash | unclear | worst time, s | worst processor time, s | most memory, MB"

    /// The table's lines, as Markdown has them.
    var text: String {
        order.sorted().map { key in
            let line = lines[key] ?? Line()
            let counts = FaultyRun.Verdict.allCases.map { line.verdicts[$0, default: 0] }
            let columns = ([line.runs, line.reached] + counts).map(String.init)
            let times = [line.time, line.processorTime].map { String(format: "%.2f", $0 / .seconds(1)) }
            return "| " + ([key] + columns + times + ["\(line.peakMemory >> 20)"]).joined(separator: " | ") + " |\n"
        }.joined()
    }

    /// Adds the lines to the file that `LDAP_RECONCILE_FAULT_TABLE` names, if it does.
    func write() throws {
        guard let path = ProcessInfo.processInfo.environment["LDAP_RECONCILE_FAULT_TABLE"] else { return }
        let before = (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data()
        try (before + Data(text.utf8)).write(to: URL(fileURLWithPath: path))
    }
}

/// How many runs a server meets: few in every test run; in a campaign as many as `LDAP_RECONCILE_FAULTS` says over wires that break, and as
/// many with each kind of damage.
enum FaultCount {
    static let told = ProcessInfo.processInfo.environment["LDAP_RECONCILE_FAULTS"].flatMap { Int($0) }
    /// How many runs at the same time: those that wait for a time limit need no processor. In a campaign nothing else is running.
    static let atOnce = told == nil ? 6 : 16
}

/// Lets a few runs go on at the same time, whichever test they are of: a machine with more to do than it can would be taken for a slow program.
private let gate = DispatchSemaphore(value: FaultCount.atOnce)

/// Runs `body` for every case, a few at the same time, each on a thread of its own.
func inParallel<Case: Sendable, Answer: Sendable>(
    _ cases: [Case], _ body: @escaping @Sendable (Case) throws -> Answer
) async throws -> [(Case, Answer)] {
    try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
        var results: [Int: Answer] = [:]
        for (index, item) in cases.enumerated() {
            if index >= FaultCount.atOnce, let (done, answer) = try await group.next() { results[done] = answer }
            group.addTask {
                try await withCheckedThrowingContinuation { continuation in
                    Thread.detachNewThread {
                        gate.wait()
                        defer { gate.signal() }
                        continuation.resume(with: Result { (index, try body(item)) })
                    }
                }
            }
        }
        for try await (index, answer) in group { results[index] = answer }
        return cases.enumerated().compactMap { index, item in results[index].map { (item, $0) } }
    }
}
