import Records
import Texts

/// Puts verdicts into words that a person can check.
final class Wording: Sendable {
    /// At most this many recipients are shown for a row: more than a person compares.
    static let mostCandidates = 5

    /// At most this many of them are named in a reason.
    private static let mostNamed = 3

    let scene: Scene
    private let bonds: Bonds
    /// For each recipient the row whose mailbox it is without a doubt; -1 for none.
    private let owners: [Int32]
    /// What the read of the directory proves, and what not.
    private let proof: ReadProof

    init(scene: Scene, bonds: Bonds, owners: [Int32], proof: ReadProof) {
        self.scene = scene
        self.bonds = bonds
        self.owners = owners
        self.proof = proof
    }

    var recipients: [Recipient] { _read { yield scene.recipients } }
    /// Where the recipients stand.
    var tree: ContainerTree { _read { yield scene.tree } }

    /// Writes what can be said of one row into `decision`, which is empty.
    func write(_ row: Int, _ verdict: Verdict, to decision: inout WordedDecision) {
        decision.situation = verdict.situation
        decision.wrongOnceIn = verdict.target?.wrongOnceIn
        if let bond = verdict.target { bonds.factors(bond, row: row, scene) { decision.factors.append($0) } }
        writeCandidates(row, verdict, to: &decision)
        switch verdict {
        case .contested(_, let rivals): decision.rivalRows = rivals
        case .meetsMade(let maker): decision.rivalRows = [maker]
        default: break
        }
        let start = decision.text.count
        writeReason(row, verdict, to: &decision)
        if let bond = verdict.target, bond.facts.has(.sameName) { writeClaimed(besides: bond, row, to: &decision.text) }
        decision.reason = start..<decision.text.count
    }

    // MARK: reasons

    private func writeReason(_ row: Int, _ verdict: Verdict, to decision: inout WordedDecision) {
        if let vague = scene.map.vaguePair(of: row), verdict.situation != .skipped {
            decision.text.add("line \(vague.pair.line) of the map names ", vague.pair.recipient, ", as \(vague.count) entries are called; ")
        }
        switch verdict {
        case .excluded(_, let reason): decision.text.add(reason)
        case .lostInMap(let pair):
            decision.text.add("line \(pair.line) of the map names ", pair.recipient, ", which the directory does not have")
        case .certain(let bond), .correct(let bond): writeSettled(bond, to: &decision)
        case .elsewhere(let bond, let misplacement):
            write(misplacement, of: bond.recipient, to: &decision.text)
            decision.text.add("; ")
            writeSettled(bond, to: &decision)
        case .addressHeld(_, let holder):
            decision.writeGrounds()
            decision.text.add("; but ")
            describe(holder, to: &decision.text)
            decision.text.add(" has the row's address")
        case .contested(let bond, let rivals):
            describe(bond.recipient, to: &decision.text)
            decision.text.add(" is also claimed by ", names(of: rivals), "; ")
            decision.writeGrounds()
        case .probable:
            decision.writeGrounds()
            decision.text.add("; but ")
            writeDoubts(verdict.target, to: &decision)
        case .ambiguous: writeSeveral(row, to: &decision)
        case .crowded:
            decision.text.add(Int(bonds.crowds[row]))
            decision.text.add(" recipients have this name or one like it, too many to tell apart by names")
        case .pointsAtCrowd:
            decision.text.add(
                "nothing fits, but more recipients are called ", scene.rows[row].commonName, ", as Common-Name is, than can be told apart")
        case .trap(let victim, _):
            writePointer(row, victim, to: &decision.text)
            decision.text.add(", whose names are not this row's")
        case .notMailbox(let bond):
            describe(bond.recipient, to: &decision.text)
            decision.text.add(scene.isExcluded(bond.recipient) ? " fits: " : " is no mailbox: ")
            decision.writeGrounds()
        case .pointsAtMailbox(let owner):
            writePointer(row, owner, to: &decision.text)
            decision.text.add(", and nothing else says that it is this row's")
        case .pointsAtOther(let owner): writePointer(row, owner, to: &decision.text)
        case .importMeets(let owner):
            decision.text.add("the import looks for the row at ")
            describe(owner, to: &decision.text)
            decision.text.add(", by its ", importedBy, ", and nothing says that it is this row's")
        case .meetsMade(let maker):
            decision.text.add("nothing in the directory fits, but ", name(ofRow: maker), " has the same Common-Name ")
            decision.text.add(scene.rows[row].commonName, ", and two rows with one Common-Name are one object")
        case .absent:
            decision.text.add("nothing in the directory fits, and the read was complete")
            writeExcluded(row, to: &decision.text)
        case .unknown:
            decision.text.add("nothing fits, but that does not prove absence: ", proof.gaps.joined(separator: "; "))
            writeExcluded(row, to: &decision.text)
        }
    }

    /// That somebody who is excluded has the row's name.
    private func writeExcluded(_ row: Int, to text: inout TextBuffer) {
        guard let namesake = scene.excludedNamesake(of: row) else { return }
        text.add("; but ")
        describe(namesake, to: &text)
        text.add(" has the row's name")
    }

    /// Which mailboxes fit, the likeliest first, and why that does not settle it.
    private func writeSeveral(_ row: Int, to decision: inout WordedDecision) {
        let fitting = bonds[row].filter { scene.isMailbox[$0.recipient] }
        decision.text.add(fitting.count)
        decision.text.add(" mailboxes fit, and ")
        switch fitting.count(where: { $0.strength >= .doubted }) {
        case 0: decision.text.add("nothing that decides sets one apart: ")
        case 1: decision.text.add("an address, a key or the map speaks for one, the names for another: ")
        case fitting.count: decision.text.add("an address, a key or the map speaks for each: ")
        case let count: decision.text.add("an address, a key or the map speaks for \(count) of them: ")
        }
        let shown = decision.rivals.filter { scene.isMailbox[$0.recipient] }.prefix(Self.mostNamed)
        for (place, candidate) in shown.enumerated() {
            decision.text.add(place == 0 ? "" : ", ")
            let name = recipients[candidate.recipient].displayName
            decision.text.add(name.isEmpty ? recipients[candidate.recipient].directoryName : name)
            decision.text.add(" (", recipients[candidate.recipient].dn, ")")
        }
        if fitting.count > shown.count { decision.text.add(" and \(fitting.count - shown.count) more") }
    }

    /// Which of the others with the row's full name are certain for other rows.
    private func writeClaimed(besides bond: Bond, _ row: Int, to text: inout TextBuffer) {
        var rows: Set<Int> = []
        for place in scene.rowNames[row].readings.places {
            let name = scene.rowReadings[place].wholeName
            if name == 0 { continue }
            for other in scene.directory.byName[name].prefix(Candidates.commonest)
            where Int(other) != bond.recipient && owners[Int(other)] >= 0 && Int(owners[Int(other)]) != row {
                rows.insert(Int(owners[Int(other)]))
            }
        }
        if rows.isEmpty { return }
        text.add("; of those, \(rows.count) \(rows.count == 1 ? "is" : "are") certain for ", names(of: rows.sorted()))
    }

    /// Why one mailbox that stands out does not decide.
    private func writeDoubts(_ bond: Bond?, to decision: inout WordedDecision) {
        let hasDoubts = decision.writeDoubts()
        guard let bond, bond.strength.decidesAlone, let once = bond.wrongOnceIn else {
            if hasDoubts { return }
            if let bond, bond.facts.isDisjoint(with: .wholeNames) { return decision.text.add("the names do not agree in full") }
            let isSupported = bond.map { Strength.isSupported($0.facts) } ?? false
            decision.text.add(isSupported ? "another row, or another mailbox, fits as well" : "nothing independent of it agrees")
            return
        }
        decision.text.add(hasDoubts ? "; a decision like this is wrong once in " : "a decision like this is wrong once in ")
        decision.text.add(once)
        decision.text.add(", which is more than max-error allows")
    }

    private func writeSettled(_ bond: Bond, to decision: inout WordedDecision) {
        decision.writeGrounds()
        if scene.recipients[bond.recipient].isHidden { decision.text.add(" (hidden from the address book)") }
    }

    private func write(_ misplacement: Verdict.Misplacement, of recipient: Int, to text: inout TextBuffer) {
        switch misplacement {
        case .otherContainer:
            text.add(
                "the mailbox is not in the container that the run imports into, but in ",
                DistinguishedName(scene.recipients[recipient].dn).parent)
        case .otherServer:
            let server = scene.recipients[recipient].homeServer
            text.add("the mailbox is not on the server that the run imports to, but on ", server.isEmpty ? "no known one" : server)
        }
    }

    /// `JSMITH (line 7), JSMITH2 (line 9) and 3 more`; `JSMITH (line 7 of po1.csv)` where there are several files.
    private func names(of rows: [Int]) -> String {
        let names = rows.prefix(3).map(name).sorted().joined(separator: ", ")
        return rows.count > 3 ? "\(names) and \(rows.count - 3) more" : names
    }

    func name(ofRow index: Int) -> String {
        let row = scene.rows[index]
        let files = scene.settings.fileNames
        let place = files.count > 1 && files.indices.contains(row.file) ? " of \(files[row.file])" : ""
        return "\(row.mailboxName) (line \(row.line)\(place))"
    }

    private func writePointer(_ row: Int, _ owner: Int, to text: inout TextBuffer) {
        text.add("Common-Name ", scene.rows[row].commonName, " is the directory name of ")
        describe(owner, to: &text)
    }

    /// What the importer finds a row's mailbox by.
    private var importedBy: String { scene.settings.target == .exchange50 ? "alias" : "MS Mail address" }

    private func describe(_ recipient: Int, to text: inout TextBuffer) {
        text.add(scene.isExcluded(recipient) ? "the excluded " : "the ")
        switch scene.recipients[recipient].kind {
        case .mailbox: text.add("mailbox ")
        case .customRecipient: text.add("custom recipient ")
        case .distributionList: text.add("distribution list ")
        case .publicFolder: text.add("public folder ")
        case .account: text.add("account without a mailbox ")
        }
        let name = scene.recipients[recipient].displayName
        text.add(name.isEmpty ? scene.recipients[recipient].directoryName : name, " (", scene.recipients[recipient].dn, ")")
    }

    // MARK: candidates

    /// The target, and everybody else who was in question.
    private func writeCandidates(_ row: Int, _ verdict: Verdict, to decision: inout WordedDecision) {
        if verdict.isWithoutCandidates { return }
        let view = RowView(scene, row: row)
        if let bond = verdict.target { decision.target = candidate(view, bond, in: &decision) }
        let owner = verdict.strangeOwner
        var rivals: [Bond] = []
        let least = Resemblance.least(beside: bonds[row])
        for bond in bonds[row] where bond.recipient != decision.target?.recipient && bond.recipient != owner {
            if Resemblance(bond) >= least { rivals.append(bond) }
        }
        if rivals.count > 1 { rivals.sort(by: scene.precedes) }
        let room = Self.mostCandidates - (decision.target == nil ? 0 : 1) - (owner == nil ? 0 : 1)
        for bond in rivals.prefix(room) { decision.rivals.append(candidate(view, bond, in: &decision)) }
        if case .probable(let bond) = verdict, !bond.facts.isDisjoint(with: Facts(.namesake, .sameName)) {
            writeNamesakes(view, bond, to: &decision)
        }
        if let owner { decision.rivals.append(stranger(view, owner, verdict, in: &decision)) }
    }

    /// Those of such a name for whom a row waits: a few of the entries that are not shown already, by DN, and as many rows.
    private func writeNamesakes(_ view: RowView, _ bond: Bond, to decision: inout WordedDecision) {
        let others = Pair(view, recipient: bond.recipient).others
        decision.namesakeRows = Array(others.rows.prefix(Self.mostCandidates))
        let shown = decision.rivals.map(\.recipient)
        let rest = others.recipients.filter { !shown.contains($0) }.sorted { recipients[$0].precedes(recipients[$1]) }
        for recipient in rest.prefix(Self.mostCandidates) {
            let pair = Pair(view, recipient: recipient)
            pair.examine()
            decision.namesakes.append(pair.candidate(pair.facts, in: &decision))
        }
    }

    private func candidate(_ view: RowView, _ bond: Bond, in decision: inout WordedDecision) -> WordedDecision.Candidate {
        Pair(view, recipient: bond.recipient).candidate(bond.facts, in: &decision)
    }

    /// The recipient that owns the row's Common-Name.
    private func stranger(_ view: RowView, _ recipient: Int, _ verdict: Verdict, in decision: inout WordedDecision)
        -> WordedDecision.Candidate
    {
        let facts = bonds[view.index].first { $0.recipient == recipient }?.facts ?? []
        let known = Pair(view, recipient: recipient).candidate(facts, in: &decision)
        let start = decision.text.count
        if case .importMeets = verdict {
            decision.text.add("the import looks for the row here, by its ", importedBy)
            decision.facts.append(WordedDecision.Fact(name: "import-meets", force: .against, words: start..<decision.text.count))
            return WordedDecision.Candidate(recipient: recipient, facts: known.facts.lowerBound..<decision.facts.count)
        }
        decision.text.add("directory name ", scene.recipients[recipient].directoryName, " = Common-Name of the row, ")
        if case .pointsAtMailbox = verdict {
            decision.text.add("and nothing else says that it is the row's")
        } else {
            decision.text.add("but it is somebody else's")
        }
        decision.facts.append(WordedDecision.Fact(name: "common-name", force: .against, words: start..<decision.text.count))
        return WordedDecision.Candidate(recipient: recipient, facts: known.facts.lowerBound..<decision.facts.count)
    }
}

extension WordedDecision {
    /// Adds what speaks for the target.
    fileprivate mutating func writeGrounds() { _ = writeFacts { $0 != .against } }

    /// Adds what speaks against the target; false when nothing does.
    fileprivate mutating func writeDoubts() -> Bool { writeFacts { $0 == .against } }

    private mutating func writeFacts(where fits: (Evidence.Force) -> Bool) -> Bool {
        guard let target else { return false }
        var isFirst = true
        for place in target.facts where fits(facts[place].force) {
            if !isFirst { text.add("; ") }
            text.add(again: facts[place].words)
            isFirst = false
        }
        return !isFirst
    }
}
