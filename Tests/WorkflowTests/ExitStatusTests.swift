import Testing

@testable import Workflow

@Suite("Exit statuses")
struct ExitStatusTests {
    /// The table of the documentation; sysexits(3) from 64 on.
    @Test("are the documented ones, each with its meaning")
    func table() {
        #expect(ExitStatus.allCases.map(\.rawValue) == [0, 2, 3, 4, 5, 64, 65, 66, 69, 70, 73, 74, 75, 77, 78, 130, 143])
        #expect(Set(ExitStatus.allCases.map(\.meaning)).count == ExitStatus.allCases.count)
        #expect(ExitStatus.table.hasPrefix("  0    done, nothing waits for anyone\n  2    with --check"))
        #expect(ExitStatus.table.hasSuffix("\n  143  ended by SIGTERM; nothing half written"))
    }

    @Test(
        "are told for each command in ascending order, those of a signal and of the program's own errors always",
        arguments: Command.allCases)
    func ofCommands(_ command: Command) {
        let numbers = command.statuses.map(\.rawValue)
        #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
        #expect(Set(numbers).isSuperset(of: [0, 64, 65, 66, 70, 74, 78, 130, 143]))
        #expect(command.statusTable.split(separator: "\n").count == numbers.count)
    }

    @Test(
        "The corrected file gets its name from the source",
        arguments: [
            ("users.csv", "users.corrected.csv"), ("a.b/users", "a.b/users.corrected"), ("a/.hidden", "a/.hidden.corrected"),
            ("x.tar.gz", "x.tar.corrected.gz"),
        ])
    func names(_ source: String, _ corrected: String) {
        #expect(ApplyCommand.correctedName(of: source) == corrected)
    }
}
