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
                == "if this were not so: the same-name")
        #expect(
            lines(row(.probable, [("ms-address", .identifying), ("other-names", .against)])).last
                == "if this were not so: the other-names")
        #expect(
            lines(row(.probable, named + [("same-name", .against), ("lone-suffix", .against)], once: 1001, factors: factors)).suffix(3)
                == ["if none of this were so:", "  the same-name", "  the lone-suffix"])
        #expect(
            lines(row(.probable, [("initial-and-surname", .naming), ("home-container", .naming)])).last?.hasPrefix(
                "the given name written out") == true)
        #expect(lines(row(.probable, [("full-name", .naming)])).last?.hasPrefix("something independent of the names") == true)
        #expect(
            lines(row(.probable, [("familiar-name", .naming), ("alias", .naming)], once: 9, factors: factors)).last?.hasPrefix(
                "something independent") == true)
    }

    @Test("does not ask for a given name that is there, nor for what agrees already")
    func notThere() {
        let short = lines(row(.probable, [("directory-name", .naming), ("carried-over", .naming)], once: 9, factors: factors))
        #expect(short.last == "a given name and a surname that agree: the row has 'Ann', the entry 'a'")
        let initial = lines(row(.probable, [("initial-and-surname", .naming), ("middle-initial", .naming)]))
        #expect(initial.last?.hasSuffix("beside the surname and the initial, an old MS Mail address that agrees") == true)
        let elsewhere = lines(row(.probable, [("full-name", .naming), ("other-container", .against)]))
        #expect(elsewhere.last?.contains("container") == false, "\(elsewhere)")
        let mapped = lines(row(.probable, [("explicit-map", .identifying)]))
        #expect(mapped == ["the row's address taken from whoever else has it"])
        let trap = lines(row(.trap, [("ms-address", .identifying), ("other-names", .against)]))
        #expect(trap.first == "a line of the map")
    }

    /// A row that mailboxes with this evidence fit.
    private func several(_ evidence: [(name: String, force: Evidence.Force)]...) -> PlannedRow {
        var several = row(.ambiguous, [])
        several.rivals = evidence.enumerated().map { place, facts in
            PlannedCandidate(
                dn: "cn=\(place),o=ORG", id: "", kind: .mailbox, directoryName: "", alias: "", displayName: "Box \(place)", fingerprint: "",
                evidence: facts.map { Evidence(name: $0.name, force: $0.force, text: "the \($0.name), 1 other entry") })
        }
        several.target = nil
        return several
    }

    @Test("tells of several that fit what would set one apart, and nothing that is there already")
    func severalFit() {
        let address = (name: "ms-address", force: Evidence.Force.identifying)
        let doubt = (name: "other-names", force: Evidence.Force.against)
        let one = lines(several([address, ("middle-initial", .naming)], [address, doubt]))
        #expect(one.first == "a line of the map for Box 0, if that is the person's")
        #expect(
            one.dropFirst() == [
                "all of these but the right one taken away:", "  Box 0: the ms-address, 1 other entry",
                "  Box 1: the ms-address, 1 other entry",
            ])
        let mapped = lines(several([("explicit-map", .identifying), doubt], [address]))
        #expect(!mapped.contains { $0.contains("a line of the map") } && mapped.first == "all of these but the right one taken away:")
        let named = lines(several([address, doubt], [("full-name", .naming)]))
        #expect(named.prefix(2) == ["a line of the map for Box 0, if that is the person's", "this taken away, if it is wrong:"])
        let shared = lines(
            several([("full-name", .naming), ("home-container", .naming), ("same-name", .against)], [("same-name", .against)]))
        #expect(shared.count == 2 && shared.last?.contains("--exclude") == true)
        let alike = lines(several([("initial-and-surname", .naming), ("home-container", .naming)], [("initial-and-surname", .naming)]))
        #expect(alike.last == "a middle initial on both sides, or a department where the row's people are, that sets one of them apart")
    }

    @Test("tells of somebody excluded to leave that entry in the run, and asks for no map line that is there")
    func excluded() {
        var absent = row(.absent, [])
        absent.reason = "nothing fits; but the excluded mailbox Ann (cn=a) has the row's name"
        #expect(lines(absent).first?.contains("--exclude without it") == true && lines(absent).count == 2)
        var mapped = row(.notMailbox, [("explicit-map", .identifying)])
        mapped.reason = "the excluded mailbox Ann (cn=a) fits: line 1 of the map"
        #expect(lines(mapped).count == 3 && lines(mapped)[1].hasPrefix("another line of the map"))
        #expect(lines(row(.notMailbox, named)).first?.hasPrefix("a line of the map") == true)
    }

    @Test("tells of rows that claim one mailbox which proof would have to go")
    func claimed() {
        #expect(lines(row(.contested, named)).first == "a line of the map for one of the rows")
        #expect(
            lines(row(.contested, [("ms-address", .identifying)])).first?.contains("taken away, if it is wrong: the ms-address") == true)
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
        #expect(lines(needed).last == "--max-error 0.0000249 or less, of which so much evidence may have eight times")
        #expect(!lines(needed).contains { $0.hasPrefix("another container") })
        #expect(lines(row(.certain, named, once: 5001, factors: few)).last == "--max-error 0.000199 or less")
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
