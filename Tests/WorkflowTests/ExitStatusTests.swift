import Testing

@testable import Workflow

@Suite("Exit statuses")
struct ExitStatusTests {
    /// The table of the documentation; sysexits(3) from 64 on.
    @Test("are the documented ones, each with its meaning")
    func table() {
        #expect(ExitStatus.allCases.map(\.rawValue) == [0, 2, 3, 4, 5, 64, 65, 66, 69, 70, 73, 74, 75, 77, 78, 130, 143])
        #expect(Set(ExitStatus.allCases.map(\.meaning)).count == ExitStatus.allCases.count)
        #expect(
            ExitStatus.table([.done, .interrupted]) == "  0    done, nothing waits for anyone\n  130  interrupted; nothing half written")
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
