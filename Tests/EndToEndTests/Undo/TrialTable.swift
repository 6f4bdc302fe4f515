import Foundation
import Glibc
import TestSupport

/// What became of the file in many trials, as a line of the table that `Benchmarks/faults/kills` prints.
struct TrialTable {
    private var counts: [UndoPlace.Content: Int] = [:]
    private var ended = 0

    /// Notes a trial that ended the run or had it fail, and what the file is then.
    mutating func add(_ content: UndoPlace.Content) { counts[content, default: 0] += 1 }

    /// Notes a run that came to its own end before.
    mutating func addEnded() { ended += 1 }

    /// How many trials ended the run or had it fail.
    var count: Int { counts.values.reduce(0, +) }

    /// Adds the line to the file that the environment names, if it names one. Where nothing stood before, nothing is the old file.
    func write(_ name: String, old: Set<UndoPlace.Content> = [.old, .nothing]) throws {
        guard let path = ProcessInfo.processInfo.environment["LDAP_RECONCILE_KILL_TABLE"] else { return }
        let before = counts.filter { old.contains($0.key) }.values.reduce(0, +)
        let cells = [count + ended, before, counts[.new] ?? 0, ended, counts[.third] ?? 0].map { "\($0)" }
        let line = "| \(name) | " + cells.joined(separator: " | ") + " |\n"
        let file = open(path, O_WRONLY | O_APPEND)
        guard file >= 0 else { throw TestSupportError("cannot open \(path)") }
        defer { close(file) }
        _ = Array(line.utf8).withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    }
}
