import Records
import Testing

@testable import Reporting

@Suite("What would change a decision")
struct TurningPointTests {
    private func row(
        _ situation: Situation, _ evidence: [(name: String, force: Evidence.Force)], once: Int? = nil, factors: [ChanceFactor] = []
    ) -> PlannedRow {
        let target = PlannedCandidate(
            dn: "cn=a,o=ORG", id: "", kind: .mailbox, directoryName: "a", alias: "", displayName: "", fingerprint: "",
            evidence: evidence.map { Evidence(name: $0.name, force: $0.force, text: "the \($0.name)") })
        return PlannedRow(
            row: 1, line: 2, mailboxName: "A", fullName: "Ann", situation: situation,
            reason: "a decision like this is wrong once in 1001, which is more than max-error allows", wrongOnceIn: once, factors: factors,
            target: target)
    }

    private func lines(_ row: PlannedRow, maxError: Double = 0.0003) -> [String] {
        TurningPoints.section(of: row, maxError: maxError)?.lines ?? []
    }

    private let named: [(name: String, force: Evidence.Force)] = [("full-name", .naming), ("home-container", .naming)]
    /// Once in 1,001.
    private let factors = [ChanceFactor(.withoutMailbox, 0.1), ChanceFactor(.unclaimed, 0.2), ChanceFactor(.namesakes, 0.05)]

    @Test("names the line from which a waiting row is decided, and the initial that would do it")
    func waiting() {
        let found = lines(row(.probable, named, once: 1001, factors: factors))
        #expect(found.last == "--max-error 0.001 or more")
        #expect(found.contains("a middle initial that agrees on both sides: wrong once in 10001 then"))
        #expect(found.first?.hasPrefix("a line of the map that names this mailbox, or the row's MS Mail address") == true)
        #expect(!lines(row(.probable, named, once: 1001, factors: factors), maxError: 0.00001).contains { $0.contains("initial") })
    }

    @Test("is said with a line of 0, too, below which nothing lies")
    func lineOfZero() {
        for situation in [Situation.probable, .certain] {
            #expect(!lines(row(situation, named, once: 1001, factors: factors), maxError: 0).isEmpty)
        }
    }

    @Test("says of a chance below the line that somebody else is in question")
    func reached() {
        let found = lines(row(.probable, named, once: 1001, factors: factors), maxError: 0.01)
        #expect(found.last == "nobody else who fits: other rows and other mailboxes are in question")
    }

    @Test("tells what speaks against, what is missing beside an initial, and what is missing beside the names")
    func notWeighed() {
        #expect(
            lines(row(.probable, named + [("same-name", .against)], once: 1001, factors: factors)).last
                == "without what speaks against it: the same-name")
        #expect(
            lines(row(.probable, [("ms-address", .identifying), ("other-names", .against)])).last
                == "without what speaks against it: the other-names")
        #expect(
            lines(row(.probable, [("initial-and-surname", .naming), ("home-container", .naming)])).last?.hasPrefix(
                "the given name written out") == true)
        #expect(lines(row(.probable, [("full-name", .naming)])).last?.hasPrefix("something independent of the names") == true)
        #expect(
            lines(row(.probable, [("familiar-name", .naming), ("alias", .naming)], once: 9, factors: factors)).last?.hasPrefix(
                "something independent") == true)
    }

    @Test("names what a decided row cannot do without")
    func decided() {
        let few = [ChanceFactor(.withoutMailbox, 0.1), ChanceFactor(.unclaimed, 0.2), ChanceFactor(.namesakes, 0.01)]
        let initial = row(
            .certain, named + [("middle-initial", .naming)], once: 5001, factors: few + [ChanceFactor(.middleInitial, 1)])
        #expect(!lines(initial).contains { $0.contains("initial") })
        let needed = row(
            .certain, named + [("middle-initial", .naming)], once: 5001,
            factors: [
                ChanceFactor(.withoutMailbox, 0.1), ChanceFactor(.unclaimed, 0.2), ChanceFactor(.namesakes, 1),
                ChanceFactor(.middleInitial, 0.01),
            ])
        #expect(lines(needed).contains("no middle initial on one side: wrong once in 51 then"))
        // Two pieces may be wrong eight times as often.
        #expect(lines(needed).last == "--max-error below 0.000025, of which so much evidence may have eight times")
        #expect(!lines(needed).contains { $0.hasPrefix("another container") })
        #expect(lines(row(.certain, named, once: 5001, factors: few)).last == "--max-error below 0.0002")
        #expect(lines(row(.certain, named, once: 5001, factors: few)).contains { $0.hasPrefix("another container for the mailbox") })
        let letter = row(
            .certain, [("full-name", .naming), ("middle-initial", .naming)], once: 5001, factors: few + [ChanceFactor(.middleInitial, 0.1)])
        #expect(lines(letter).contains("no middle initial on one side: nothing independent of the names would agree then"))
        #expect(
            lines(row(.certain, [("ms-address", .identifying)], once: 90000)).first
                == "names on the mailbox that flatly disagree with the row's")
    }

    @Test("has something to say of every row but those that cannot be used or are left out", arguments: Situation.allCases)
    func every(situation: Situation) {
        let found = TurningPoints.section(of: row(situation, named), maxError: 0.001)
        #expect((found == nil) == [.invalid, .skipped].contains(situation))
        #expect(found?.lines.isEmpty != true)
    }
}
