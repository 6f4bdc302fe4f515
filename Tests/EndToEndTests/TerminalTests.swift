import Foundation
import TestSupport
import Testing

@Suite("On a terminal")
struct TerminalTests {
    /// Runs the program on a pseudo-terminal of so many columns; lines as it shows them.
    private func lines(_ work: Workplace, columns: Int, _ arguments: [String]) throws -> [String] {
        let words = ([try BuiltProgram.path()] + arguments).map { "'\($0)'" }.joined(separator: " ")
        let command = "stty cols \(columns); \(words) 2>errors"
        let run = try ProgramRun.run(
            ["-qec", command, "/dev/null"], executable: "/usr/bin/script", environment: ["SHELL": "/bin/sh", "TERM": "dumb"],
            directory: work.folder.path)
        return run.output.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("check fits its page into the terminal, and breaks what is longer between words", arguments: [80, 120])
    func check(_ columns: Int) throws {
        let work = try Workplace()
        let check = ["check", "users.csv"] + Workplace.connection(try SampleServer.shared().uri)
        let shown = try lines(work, columns: columns, check)
        #expect(shown.contains { $0.contains("users.csv:47:11") })
        for line in shown {
            #expect(line.count <= columns || !line.trimmingCharacters(in: .whitespaces).contains(" "), "\(line)")
        }
        #expect(try work.run(check).output.split(separator: "\n").contains { $0.count > 120 })
    }

    @Test("plan and explain break lines between words; through a pipe each stays one line", arguments: [60, 100])
    func width(_ columns: Int) throws {
        let work = try Workplace()
        let plan = ["plan", "users.csv", "--all"] + Workplace.connection(try SampleServer.shared().uri) + SampleServer.planOptions
        for arguments in [plan, ["explain", "users.csv.plan.jsonl", "PJW"]] {
            let shown = try lines(work, columns: columns, arguments)
            let piped = try work.run(arguments).output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let isCommand: (String) -> Bool = { $0.hasPrefix("  ldapsearch ") }
            for line in shown where !isCommand(line) {
                #expect(line.count <= columns || !line.trimmingCharacters(in: .whitespaces).contains(" "), "\(line)")
            }
            #expect(piped.contains { $0.count > columns && !isCommand($0) })
            #expect(shown.filter(isCommand) == piped.filter(isCommand))
            let words = { (lines: [String]) in lines.joined(separator: " ").split(whereSeparator: \.isWhitespace) }
            #expect(words(shown) == words(piped))
        }
    }
}
