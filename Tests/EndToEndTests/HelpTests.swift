import Foundation
import TestSupport
import Testing

@Suite("The help of a command")
struct HelpTests {
    static let commands = ["check", "raw", "plan", "explain", "apply", "undo"]

    private func help(_ command: String) throws -> String {
        let run = try ProgramRun.run([command, "--help"])
        try #require(run.status == 0, "\(run.errors)")
        return run.output
    }

    @Test("lists the exit statuses that the manual marks for it", arguments: commands)
    func statuses(_ command: String) throws {
        let manual = try String(
            contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../docs/commands.md"),
            encoding: .utf8)
        let rows = manual.split(separator: "\n").map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        let head = try #require(rows.first { $0.first == "status" && $0.count > 5 })
        let column = try #require(head.firstIndex(of: "`\(command)`"))
        let marked = rows.filter { $0.count == head.count && $0[column] == "x" }.compactMap { Int($0[0]) }
        let section = try #require(help(command).firstRange(of: "EXIT STATUS\n")).upperBound
        let listed = try help(command)[section...].split(separator: "\n", omittingEmptySubsequences: false)
            .prefix { !$0.isEmpty }.compactMap { Int($0.split(separator: " ").first ?? "") }
        #expect(listed == marked)
        #expect(!marked.isEmpty)
    }

    /// A line that the terminal wraps is two commands to a shell.
    @Test("has examples that can be pasted into a shell on a terminal of 80 columns", arguments: commands + ["--help"])
    func examples(_ command: String) throws {
        let lines = try (command == "--help" ? ProgramRun.run([command]).output : help(command)).split(
            separator: "\n", omittingEmptySubsequences: false)
        let starts = lines.indices.filter { lines[$0].hasPrefix("  ldap-reconcile ") && !lines[$0].contains("<") }
        #expect(!starts.isEmpty)
        for start in starts {
            var end = start
            while lines[end].hasSuffix(" \\") { end += 1 }
            #expect(lines[start...end].allSatisfy { $0.count < 80 }, "\(lines[start...end])")
            let next = end + 1 < lines.count ? lines[end + 1] : ""
            #expect(next.isEmpty || next.hasPrefix("  ldap-reconcile "), "\(lines[start...])")
        }
    }
}
