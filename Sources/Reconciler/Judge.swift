import Records

/// Says what each row comes to, when all rows were heard.
struct Judge: Sendable {
    private let scene: Scene
    private let bonds: Bonds
    private let assignment: Assignment
    /// Whether "no such mailbox" may be said.
    private let provesAbsence: Bool
    private let container: DistinguishedName?

    init(scene: Scene, bonds: Bonds, assignment: Assignment, provesAbsence: Bool) {
        self.scene = scene
        self.bonds = bonds
        self.assignment = assignment
        self.provesAbsence = provesAbsence
        container = scene.settings.container.map { DistinguishedName($0) }
    }

    /// What one row comes to.
    func verdict(_ row: Int) -> Verdict {
        let choice = assignment.choices[row]
        // A row that is left out has no choice.
        if case .none = choice, let exclusion = scene.exclusion(row) { return exclusion }
        if let lost = scene.map.lostPair(of: row) { return .lostInMap(lost) }
        switch choice {
        case .one(let bond) where bond.decides(maxError: scene.settings.maxError): return settled(row, bond)
        case .one(let bond):
            return trap(row, shown: bond, owners(ofCommonNameOf: row)) ?? contested(row, bond) ?? addressHeld(row, bond) ?? .probable(bond)
        case .several: return trap(row, shown: nil, owners(ofCommonNameOf: row)) ?? .ambiguous
        case .none:
            let owners = owners(ofCommonNameOf: row)
            return trap(row, shown: nil, owners) ?? crowded(row, owners) ?? notMailbox(row, owners) ?? pointsAtMailbox(owners)
                ?? importMeets(row) ?? nobody
        }
    }

    // MARK: a mailbox that the evidence settles on

    private func settled(_ row: Int, _ bond: Bond) -> Verdict {
        if let verdict = contested(row, bond) { return verdict }
        if let holder = otherHolder(row, bond) { return .addressHeld(bond, by: holder) }
        if let misplacement = misplacement(of: bond.recipient) { return .elsewhere(bond, misplacement) }
        return isCorrect(row, bond.recipient) ? .correct(bond) : .certain(bond)
    }

    /// Whether the row already points at the mailbox, and its Mode would update it. Directory Names compare without case.
    private func isCorrect(_ row: Int, _ recipient: Int) -> Bool {
        scene.rows[row].mode?.updatesExisting == true
            && scene.rows[row].commonName.equalsWithoutCase(scene.recipients[recipient].directoryName)
    }

    /// Why the run's import would not reach the mailbox; `nil` when it would.
    private func misplacement(of recipient: Int) -> Verdict.Misplacement? {
        if let container, !DistinguishedName(scene.recipients[recipient].dn).isWithin(container) { return .otherContainer }
        guard let server = scene.settings.homeServer else { return nil }
        return server.equalsWithoutCase(scene.recipients[recipient].homeServer) ? nil : .otherServer
    }

    /// The mailbox has the row's full name, but the address is somebody's who is no mailbox.
    private func addressHeld(_ row: Int, _ bond: Bond) -> Verdict? {
        guard bond.strength < .doubted, bond.strength >= .likely || !bond.facts.isDisjoint(with: .wholeNames) else { return nil }
        return holderOfAddress(row).map { .addressHeld(bond, by: $0) }
    }

    /// Another recipient of any kind that has the row's address, where the mailbox has not: the importer would go there, whatever a map, a key or names
    /// say.
    private func otherHolder(_ row: Int, _ bond: Bond) -> Int? {
        let addresses = Facts(.migrateAddress, .msAddress)
        guard bond.facts.isDisjoint(with: addresses) else { return nil }
        return scene.firstByName(
            bonds[row].filter { $0.recipient != bond.recipient && !$0.facts.isDisjoint(with: addresses) }.map(\.recipient))
    }

    /// A recipient that is no mailbox, or excluded, and has the row's address.
    private func holderOfAddress(_ row: Int) -> Int? {
        scene.firstByName(
            bonds[row].filter { !scene.isMailbox[$0.recipient] && !$0.facts.isDisjoint(with: Facts(.migrateAddress, .msAddress)) }
                .map(\.recipient))
    }

    // MARK: what a person has to look at

    private func contested(_ row: Int, _ bond: Bond) -> Verdict? {
        assignment.rivals(of: row).map { .contested(bond, by: $0) }
    }

    /// Somebody else's mailbox under the directory name that the row points at.
    private func trap(_ row: Int, shown bond: Bond?, _ owners: [Int]?) -> Verdict? {
        guard let victim = mailbox(strangeTo: row, owners),
            victim != bond?.recipient || bond?.strength == .shortNameOnly
        else { return nil }
        return .trap(victim: victim, shown: bond?.strength == .shortNameOnly ? nil : bond)
    }

    private func mailbox(strangeTo row: Int, _ owners: [Int]?) -> Int? {
        guard let owners = owners?.filter(scene.isMailboxToImporter), !owners.isEmpty, owners.count <= Candidates.commonest,
            owners.allSatisfy({ isStranger($0, to: row) })
        else { return nil }
        return scene.firstByName(owners)
    }

    private func isStranger(_ recipient: Int, to row: Int) -> Bool {
        let facts = bonds[row].first { $0.recipient == recipient }?.facts
        if let facts, facts.isDisjoint(with: .identifying) { return facts.has(.otherNames) }
        return !Pair(RowView(scene, row: row), recipient: recipient).namesHaveSomethingInCommon
    }

    // MARK: no mailbox

    /// Too many to look at: with the row's name, or with the Directory Name that it points at, and then one of them would be hit.
    private func crowded(_ row: Int, _ owners: [Int]?) -> Verdict? {
        if bonds.crowds[row] > 0 { return .crowded }
        guard let owners, owners.count <= Candidates.commonest else { return .pointsAtCrowd }
        return nil
    }

    /// A mailbox under the Directory Name that the row points at, although its names do not flatly disagree: the import would update it all the same.
    private func pointsAtMailbox(_ owners: [Int]?) -> Verdict? {
        let mailboxes = owners?.filter(scene.isMailboxToImporter) ?? []
        return scene.firstByName(mailboxes).map { .pointsAtMailbox($0) }
    }

    /// A mailbox at which the importer would look for the row, although nothing says that it is the row's: an excluded one, or one with an address that
    /// Exchange made.
    private func importMeets(_ row: Int) -> Verdict? { scene.mailboxMetByImporter(row).map { .importMeets($0) } }

    private func notMailbox(_ row: Int, _ owners: [Int]?) -> Verdict? {
        let others = bonds[row].filter { !scene.isMailbox[$0.recipient] }
        if let best = others.max(by: { (right, left) in scene.precedes(left, right) }) { return .notMailbox(best) }
        return scene.firstByName(owners?.filter { !scene.isMailboxToImporter($0) } ?? []).map { .pointsAtOther($0) }
    }

    /// The recipients whose Directory Name the row points at; `nil` where there are too many of such a name.
    private func owners(ofCommonNameOf row: Int) -> [Int]? {
        scene.bearers(of: scene.rows[row].commonName, in: .directoryName, row: row)
    }

    private var nobody: Verdict { provesAbsence ? .absent : .unknown }
}

extension Scene {
    /// The one with the first DN.
    func firstByName(_ recipients: [Int]) -> Int? { recipients.min { self.recipients[$0].precedes(self.recipients[$1]) } }

    /// The stronger first, then who has more of the person, then the less likely to be somebody else, then the one for which more speaks, then by
    /// DN.
    func precedes(_ left: Bond, _ right: Bond) -> Bool {
        if left.strength != right.strength { return left.strength > right.strength }
        let (own, other) = (Resemblance(left), Resemblance(right))
        if own != other { return own > other }
        if left.chance != right.chance { return left.chance < right.chance }
        if left.facts.balance != right.facts.balance { return left.facts.balance > right.facts.balance }
        return recipients[left.recipient].precedes(recipients[right.recipient])
    }
}
