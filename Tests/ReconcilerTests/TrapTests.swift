import CSV
import Records
import Testing

@testable import Reconciler

/// Traps.csv: pairs of an MS Mail full name and a display name, with what they must be taken for, and why. For every tool that joins people by name.
@Suite("Names that are the same, may be the same, and are different")
struct TrapTests {
    struct Trap: CustomStringConvertible, Sendable {
        let line: Int
        let fullName, displayName, grade, language, reason: String
        var description: String { "line \(line): \(fullName) | \(displayName): \(grade) (\(language), \(reason))" }
    }

    static let traps: [Trap] = {
        let document = CSVDocument(bytes: PackageResources.Traps_csv, choice: DialectChoice(separator: UInt8(ascii: ",")))
        return (1..<document.recordCount).map { record in
            let cells = (0..<document.cellCount(ofRecord: record)).map {
                String(decoding: document.content(record: record, column: $0), as: UTF8.self)
            }
            return Trap(
                line: document.line(ofRecord: record), fullName: cells[0], displayName: cells[1], grade: cells[2], language: cells[3],
                reason: cells[4])
        }
    }()

    /// What the names alone come to: the other pieces of evidence are kept out by names that say nothing.
    private func grade(_ trap: Trap) -> String {
        let own = row("XX", trap.fullName)
        let decision = decide(own, [mailbox("yy", trap.displayName, directoryName: "zz"), ursulaKrause])
        let found = ([decision.target].compactMap(\.self) + decision.rivals).first { $0.recipient == 0 }
        let names = Set(found?.evidence.map(\.name) ?? [])
        let against = Set(found?.evidence.filter { $0.force == .against }.map(\.name) ?? [])
        if names.contains("full-name"), against.isEmpty { return "same" }
        let alike = ["full-name", "familiar-name", "partial-name", "misspelt-name", "initial-and-surname"]
        // The last look before somebody is said to have no mailbox shows relatives, too.
        if found?.evidence.contains(where: { $0.name == "shared-word" && $0.text.hasSuffix("are the same word") }) ?? false {
            return "may be"
        }
        return names.isDisjoint(with: alike) ? "different" : "may be"
    }

    @Test("Every pair has the grade that it must have")
    func grades() {
        for trap in Self.traps { #expect(grade(trap) == trap.grade, "\(trap)") }
    }

    @Test("There are three hundred pairs in a dozen languages, each with its reason, and none twice")
    func table() {
        #expect(Self.traps.count >= 300)
        #expect(Set(Self.traps.map(\.language)).count >= 12)
        #expect(Self.traps.allSatisfy { ["same", "may be", "different"].contains($0.grade) && !$0.reason.isEmpty })
        #expect(Set(Self.traps.map { $0.fullName + "|" + $0.displayName }).count == Self.traps.count)
    }
}
