import Records

/// Turns what a row comes to into its situation, with the reason in words.
final class Judge: Sendable {
    let scene: Scene
    let bonds: Bonds
    let assignment: Assignment
    let proof: ReadProof
    private let container: DistinguishedName?

    init(scene: Scene, bonds: Bonds, assignment: Assignment, proof: ReadProof) {
        self.scene = scene
        self.bonds = bonds
        self.assignment = assignment
        self.proof = proof
        container = scene.settings.container.map { DistinguishedName($0) }
    }

    /// What can be said of one row.
    func decision(_ row: Int) -> Decision {
        if let exclusion = scene.rows[row].exclusion(scene.settings) { return exclusion }
        if let lost = scene.map.lostPair(of: row) { return lostInMap(row, lost) }
        switch assignment.choices[row] {
        case .one(let bond) where bond.strength == .identified || bond.strength == .agreed: return settled(row, bond)
        case .one(let bond): return trap(row, shown: bond) ?? contested(row, bond) ?? probable(row, bond)
        case .several: return trap(row, shown: nil) ?? ambiguous(row)
        case .none: return trap(row, shown: nil) ?? crowded(row) ?? notMailbox(row) ?? nobody(row)
        }
    }

    // MARK: a mailbox that the evidence settles on

    private func settled(_ row: Int, _ bond: Bond) -> Decision {
        if let decision = contested(row, bond) { return decision }
        if bond.strength == .agreed, let holder = holderOfAddress(row) {
            return shown(row, candidate(row, bond), .probable, "the names agree, but \(describe(holder)) has the row's address")
        }
        let target = candidate(row, bond)
        let reason = target.grounds + (scene.recipients[bond.recipient].isHidden ? " (hidden from the address book)" : "")
        if let place = misplaced(bond.recipient) { return shown(row, target, .elsewhere, "\(place); \(reason)") }
        return shown(row, target, isCorrect(row, bond.recipient) ? .correct : .certain, reason)
    }

    /// Whether the row already points at the mailbox, and its Mode would update it. Directory Names compare without case.
    private func isCorrect(_ row: Int, _ recipient: Int) -> Bool {
        scene.rows[row].mode?.updatesExisting == true
            && lowered(scene.rows[row].commonName) == lowered(scene.recipients[recipient].directoryName)
    }

    /// Why the run's import would not reach the mailbox; `nil` when it would.
    private func misplaced(_ recipient: Int) -> String? {
        let recipient = scene.recipients[recipient]
        if let container, !DistinguishedName(recipient.dn).isWithin(container) {
            return "the mailbox is not in the container that the run imports into, but in \(DistinguishedName(recipient.dn).parent)"
        }
        guard let server = scene.settings.homeServer, lowered(server) != lowered(recipient.homeServer) else { return nil }
        return
            "the mailbox is not on the server that the run imports to, but on \(recipient.homeServer.isEmpty ? "no known one" : recipient.homeServer)"
    }

    /// A recipient that is no mailbox and has the row's address.
    private func holderOfAddress(_ row: Int) -> Int? {
        bonds[row].first {
            scene.recipients[$0.recipient].kind != .mailbox && !$0.facts.isDisjoint(with: Facts(.migrateAddress, .msAddress))
        }?.recipient
    }

    // MARK: what a person has to look at

    private func contested(_ row: Int, _ bond: Bond) -> Decision? {
        guard let rivals = assignment.rivals(of: row) else { return nil }
        let names = rivals.prefix(3).map { "\(scene.rows[$0].mailboxName) (line \(scene.rows[$0].line))" }.sorted().joined(separator: ", ")
        let more = rivals.count > 3 ? " and \(rivals.count - 3) more" : ""
        let target = candidate(row, bond)
        var decision = shown(row, target, .contested, "\(describe(bond.recipient)) is also claimed by \(names)\(more); \(target.grounds)")
        decision.rivalRows = rivals
        return decision
    }

    private func probable(_ row: Int, _ bond: Bond) -> Decision {
        let target = candidate(row, bond)
        return shown(row, target, .probable, "\(target.grounds); but \(target.doubts ?? "nothing independent of it agrees")")
    }

    private func ambiguous(_ row: Int) -> Decision {
        let count = bonds[row].filter { scene.recipients[$0.recipient].kind == .mailbox }.count
        return shown(row, nil, .ambiguous, "\(count) mailboxes fit, and nothing decides between them")
    }

    /// Somebody else's mailbox under the directory name that the row points at.
    private func trap(_ row: Int, shown bond: Bond?) -> Decision? {
        guard let victim = mailbox(named: scene.rows[row].commonName, strangeTo: row),
            victim != bond?.recipient || bond?.strength == .shortNameOnly
        else { return nil }
        let reason =
            "Common-Name \(scene.rows[row].commonName) is the directory name of \(describe(victim)), whose names are not this row's"
        return shown(row, bond?.strength == .shortNameOnly ? nil : bond.map { candidate(row, $0) }, .trap, reason, with: victim)
    }

    private func mailbox(named name: String, strangeTo row: Int) -> Int? {
        let owners = owners(of: name).filter { [scene] in scene.recipients[$0].kind == .mailbox }
        guard !owners.isEmpty, owners.count <= Candidates.commonest, owners.allSatisfy({ isStranger($0, to: row) }) else { return nil }
        return owners.min { scene.recipients[$0].dn < scene.recipients[$1].dn }
    }

    private func isStranger(_ recipient: Int, to row: Int) -> Bool {
        let facts = bonds[row].first { $0.recipient == recipient }?.facts
        if let facts, facts.isDisjoint(with: .identifying) { return facts.has(.otherNames) }
        return !Pair(scene, row: row, recipient: recipient).namesHaveSomethingInCommon
    }

    private func lostInMap(_ row: Int, _ pair: MappedPair) -> Decision {
        shown(row, nil, .unknown, "line \(pair.line) of the map names \(pair.recipient), which the directory does not have")
    }

    // MARK: no mailbox

    private func crowded(_ row: Int) -> Decision? {
        guard bonds.crowds[row] > 0 else { return nil }
        return shown(row, nil, .ambiguous, "\(bonds.crowds[row]) recipients have this name, too many to tell apart by names")
    }

    private func notMailbox(_ row: Int) -> Decision? {
        let others = bonds[row].filter { scene.recipients[$0.recipient].kind != .mailbox }
        if let best = others.max(by: { (right, left) in precedes(left, right) }) {
            let target = candidate(row, best)
            return shown(row, target, .notMailbox, "\(describe(best.recipient)) is no mailbox: \(target.grounds)")
        }
        guard let owner = other(named: scene.rows[row].commonName) else { return nil }
        let reason = "Common-Name \(scene.rows[row].commonName) is the directory name of \(describe(owner))"
        return shown(row, nil, .notMailbox, reason, with: owner)
    }

    private func other(named name: String) -> Int? {
        owners(of: name).filter { scene.recipients[$0].kind != .mailbox }.min { scene.recipients[$0].dn < scene.recipients[$1].dn }
    }

    /// The recipients whose Directory Name this is. Directory Names compare without case.
    private func owners(of name: String) -> [Int] {
        guard !name.isEmpty else { return [] }
        let wanted = lowered(name)
        return Folding.joined(name).flatMap { scene.directory.byShortName[Key($0)] }.map(Int.init).filter {
            lowered(scene.recipients[$0].directoryName) == wanted
        }
    }

    private func nobody(_ row: Int) -> Decision {
        if proof.provesAbsence { return Decision(situation: .absent, reason: "nothing in the directory fits, and the read was complete") }
        return Decision(situation: .unknown, reason: "nothing fits, but that does not prove absence: \(proof.gaps.joined(separator: "; "))")
    }
}

// MARK: - showing

extension Judge {
    /// At most this many rivals are shown.
    static let mostRivals = 10

    private func shown(_ row: Int, _ target: Candidate?, _ situation: Situation, _ reason: String, with extra: Int? = nil) -> Decision {
        let rivals = bonds[row].filter { $0.recipient != target?.recipient && $0.recipient != extra }.sorted(by: precedes).prefix(
            Self.mostRivals)
        var shown = rivals.map { candidate(row, $0) }
        if let extra { shown.append(stranger(row, extra)) }
        shown.sort { scene.recipients[$0.recipient].dn < scene.recipients[$1.recipient].dn }
        return Decision(situation: situation, reason: reason, target: target, rivals: shown)
    }

    private func candidate(_ row: Int, _ bond: Bond) -> Candidate {
        Candidate(recipient: bond.recipient, evidence: Pair(scene, row: row, recipient: bond.recipient).evidence(of: bond.facts))
    }

    /// The recipient that owns the row's Common-Name.
    private func stranger(_ row: Int, _ recipient: Int) -> Candidate {
        let facts = bonds[row].first { $0.recipient == recipient }?.facts ?? []
        let own = Pair(scene, row: row, recipient: recipient).evidence(of: facts)
        let name = "directory name \(scene.recipients[recipient].directoryName) = Common-Name of the row, but it is somebody else's"
        return Candidate(recipient: recipient, evidence: own + [Evidence(name: "common-name", force: .against, text: name)])
    }

    /// The stronger first, then by DN.
    private func precedes(_ left: Bond, _ right: Bond) -> Bool {
        left.strength == right.strength
            ? scene.recipients[left.recipient].dn < scene.recipients[right.recipient].dn : left.strength > right.strength
    }

    private func describe(_ recipient: Int) -> String {
        let recipient = scene.recipients[recipient]
        let kind =
            switch recipient.kind {
            case .mailbox: "the mailbox"
            case .customRecipient: "the custom recipient"
            case .distributionList: "the distribution list"
            case .publicFolder: "the public folder"
            case .account: "the account without a mailbox"
            }
        return "\(kind) \(recipient.displayName.isEmpty ? recipient.directoryName : recipient.displayName) (\(recipient.dn))"
    }
}

extension Candidate {
    /// What speaks for the recipient, in words.
    fileprivate var grounds: String {
        evidence.lazy.filter { $0.force != .against }.map(\.text).joined(separator: "; ")
    }

    /// What speaks against it, in words; `nil` when nothing does.
    fileprivate var doubts: String? {
        let against = evidence.filter { $0.force == .against }
        return against.isEmpty ? nil : against.map(\.text).joined(separator: "; ")
    }
}
