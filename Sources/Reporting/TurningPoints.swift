internal import Foundation
internal import Records

/// Which single fact would change what was decided for a row: what would settle one that waits, or make one wait that was decided.
enum TurningPoints {
    /// The section's heading and lines. `maxError`: the line that the plan was made with.
    static func section(of row: PlannedRow, maxError: Double) -> (heading: String, lines: [String])? {
        switch row.situation {
        case .certain, .correct: ("What would make it wait", whatHoldsBack(row, maxError))
        case .probable: ("What would decide it", whatDecides(row, maxError))
        case .ambiguous: ("What would decide it", whatSetsApart(row))
        case .contested: ("What would decide it", whatSettles(row))
        case .elsewhere: ("What would decide it", ["another --container or --home-server, or none, if the run imports there as well"])
        case .trap:
            (
                "What would decide it",
                [onOne(of: mailboxes(of: row)), "another Common-Name in the row, if its person is to get a new mailbox"].compactMap(\.self)
            )
        case .notMailbox:
            (
                "What would decide it",
                excluded(row) + [
                    "\(isMapped(row) ? "another" : "a") line of the map, if the person has a mailbox all the same",
                    "a mailbox of the person's in the directory",
                ]
            )
        case .absent:
            (
                "What would make it wait",
                excluded(row) + ["an entry with the row's full name or one like it, its mailbox name, its Common-Name or its address"]
            )
        case .unknown:
            (
                "What would decide it",
                row.reason.hasSuffix("which the directory does not have")
                    ? ["that entry in the directory, another line of the map in place of this one, or none"]
                    : ["a read without the gaps, after which 'no such mailbox' can be said", onOne]
            )
        case .invalid, .skipped: nil
        }
    }

    /// That somebody is excluded, where the row's reason speaks of that.
    private static func excluded(_ row: PlannedRow) -> [String] {
        row.reason.contains("the excluded ") ? ["the excluded entry left in the run (--exclude without it), if it is the person's"] : []
    }

    private static func isMapped(_ row: PlannedRow) -> Bool { row.target?.evidence.contains { $0.name == "explicit-map" } ?? false }

    static let onOne = "a line of the map, or the row's MS Mail address or a unique key on one mailbox"

    /// Facts beside which a chance is computed all the same.
    private static let mild: Set<String> = ["namesake", "other-container"]

    // MARK: a row that was decided

    private static func whatHoldsBack(_ row: PlannedRow, _ maxError: Double) -> [String] {
        guard let target = row.target else { return [] }
        let evidence = Set(target.evidence.map(\.name))
        if target.evidence.contains(where: { $0.force == .identifying }) {
            return evidence.contains("explicit-map")
                ? ["another line of the map", "another recipient with the row's address"]
                : [
                    "names on the mailbox that flatly disagree with the row's",
                    "the row's address on another recipient, or another row that claims the mailbox",
                ]
        }
        var lines = [
            "another recipient, of any kind, or another row that its names fit as well", "the row's MS Mail address on somebody else",
        ]
        guard let once = row.wrongOnceIn else { return lines }
        if evidence.contains("home-container"), !isSupported(evidence.subtracting(["home-container"]).union(["other-container"])) {
            lines.append("another container for the mailbox: nothing independent of the names would agree then")
        }
        for factor in row.factors where factor.value < 1 {
            let missed = facts(behind: factor.name)
            if missed.isEmpty { continue }
            let without = chance(row.factors.filter { $0 != factor })
            if !isSupported(evidence.subtracting(missed)) {
                lines.append("\(missing(factor.name)): nothing independent of the names would agree then")
            } else if without > limit(evidence.subtracting(missed), maxError) {
                lines.append("\(missing(factor.name)): wrong once in \(Int((1 / without).rounded())) then")
            }
        }
        let times = times(evidence)
        return lines + ["--max-error \(ChanceWords.number(Self.below(1 / Double(once + 1) / times))) or less\(share(times))"]
    }

    /// The facts that a factor stands for; none for one that is there for every row.
    private static func facts(behind name: ChanceFactor.Name) -> Set<String> {
        switch name {
        case .department: ["home-department"]
        case .shortNames: ["alias", "directory-name"]
        case .middleInitial: ["middle-initial"]
        case .carriedOver: ["carried-over"]
        case .formerName: ["former-mailbox-name"]
        default: []
        }
    }

    private static func missing(_ name: ChanceFactor.Name) -> String {
        switch name {
        case .department: "no department on the mailbox"
        case .shortNames: "another alias or Directory Name"
        case .middleInitial: "no middle initial on one side"
        case .carriedOver: "a short name made as those of its container are"
        default: "no old MS Mail address of the row's mailbox name"
        }
    }

    // MARK: a row that waits

    private static func whatDecides(_ row: PlannedRow, _ maxError: Double) -> [String] {
        guard let target = row.target else { return [onOne] }
        let evidence = Set(target.evidence.map(\.name))
        let against = target.evidence.filter { $0.force == .against && !mild.contains($0.name) }
        if evidence.contains("explicit-map") { return ["the row's address taken from whoever else has it"] + ifNot(against) }
        var lines = ["a line of the map that names this mailbox"]
        if target.evidence.contains(where: { $0.force == .identifying }) { return lines + ifNot(against) }
        lines[0] += ", or the row's MS Mail address or a unique key on it"
        guard against.isEmpty else { return lines + ifNot(against) }
        guard isNamed(evidence) else { return lines + [whatNames(row, target, evidence)] }
        guard let once = row.wrongOnceIn, !row.factors.isEmpty, isSupported(evidence) else {
            let places = evidence.contains("other-container") ? "a department" : "a container or department"
            return lines + [
                "something independent of the names: \(places) where the row's people are\(evidence.contains("other-container") ? "" : " (--home)"), a middle initial on both sides, an old MS Mail address"
            ]
        }
        let limit = limit(evidence, maxError)
        let now = 1 / Double(once)
        // A chance below the line that did not decide: somebody else reaches for the mailbox, or the row for another one.
        if now <= limit || !row.reason.contains("max-error") {
            return lines + ["nobody else who fits: other rows and other mailboxes are in question"]
        }
        if !evidence.contains("middle-initial") {
            let then = chance(row.factors + [ChanceFactor(.middleInitial, 0.1)])
            if then <= limit { lines.append("a middle initial that agrees on both sides: wrong once in \(Int((1 / then).rounded())) then") }
        }
        let times = times(evidence)
        return lines + ["--max-error \(ChanceWords.number(Self.above(now / times))) or more\(share(times))"]
    }

    /// What speaks against a mailbox, as what would have to be otherwise.
    private static func ifNot(_ against: [Evidence]) -> [String] {
        guard let first = against.first else { return [] }
        if against.count == 1 { return ["if this were not so: \(first.text)"] }
        return ["if none of this were so:"] + against.map { "  " + $0.text }
    }

    /// What is missing where given name and surname do not both agree.
    private static func whatNames(_ row: PlannedRow, _ target: PlannedCandidate, _ evidence: Set<String>) -> String {
        guard evidence.contains("initial-and-surname") else {
            let name = target.displayName.isEmpty ? target.directoryName : target.displayName
            return "a given name and a surname that agree: the row has '\(row.fullName)', the entry '\(name)'"
        }
        let others = [("middle-initial", "a middle initial"), ("former-mailbox-name", "an old MS Mail address")]
        let missing = others.filter { !evidence.contains($0.0) }.map(\.1).joined(separator: " or ")
        return "the given name written out on both sides"
            + (missing.isEmpty ? "" : "; or, beside the surname and the initial, \(missing) that agrees")
    }

    /// Whether given name and surname agree.
    private static func isNamed(_ evidence: Set<String>) -> Bool {
        !evidence.isDisjoint(with: ["full-name", "familiar-name", "partial-name"])
    }

    /// Whether something independent of such names does (docs/evidence.md, "How names decide").
    private static func isSupported(_ evidence: Set<String>) -> Bool {
        if !evidence.isDisjoint(with: ["home-container", "home-department", "middle-initial", "former-mailbox-name"]) { return true }
        if evidence.contains("familiar-name") { return false }
        let hasShortName = !evidence.isDisjoint(with: ["alias", "directory-name"])
        return evidence.contains("carried-over") || (hasShortName && !evidence.contains("other-container"))
    }

    /// The next number with three digits that count that is not above the value, and not below it: what is said of such a line holds on it, too.
    private static func below(_ value: Double) -> Double { rounded(value, .down) }
    private static func above(_ value: Double) -> Double { rounded(value, .up) }

    private static func rounded(_ value: Double, _ rule: FloatingPointRoundingRule) -> Double {
        guard value > 0 else { return 0 }
        // Nine decimals are written at most.
        let scale = min(1e9, pow(10, 2 - floor(log10(value))))
        return (value * scale).rounded(rule) / scale
    }

    /// The chance that such evidence may have.
    private static func limit(_ evidence: Set<String>, _ maxError: Double) -> Double { maxError * times(evidence) }

    /// How many times the line such evidence may have: eight where more is known (docs/evidence.md).
    private static func times(_ evidence: Set<String>) -> Double {
        let isTwoPieces =
            evidence.contains("full-name") && !evidence.isDisjoint(with: ["middle-initial", "carried-over", "former-mailbox-name"])
        return isTwoPieces || evidence.isSuperset(of: ["home-container", "home-department", "only-bearer"]) ? 8 : 1
    }

    private static func share(_ times: Double) -> String { times > 1 ? ", of which so much evidence may have eight times" : "" }

    private static func chance(_ factors: [ChanceFactor]) -> Double {
        let product = factors.reduce(1) { $0 * $1.value }
        return product / (1 + product)
    }
}
