import Parallel
public import Records

/// Finds for every row of a migration the mailbox that the person already has, and says why.
///
/// Pure: the same rows, snapshot and settings give the same decisions, whatever the order of entries or rows. It decides on identifying
/// evidence, or on names and something independent of them that agree, where the chance of being wrong, counted over all of both sides, is small
/// enough; everything else is put to a person. A wrong match gives
/// one person's mail to another, a missed one costs a look.
///
/// Not for: reading files or directories, writing anything, forecasts of the import.
public struct Reconciler: Sendable {
    /// What the administrator knows and the files do not say.
    public var settings: ReconcilerSettings

    /// A reconciler with these settings.
    public init(settings: ReconcilerSettings = ReconcilerSettings()) {
        self.settings = settings
    }

    /// One decision for each row, in the rows' order. All rows of all files of a run belong into one call: a mailbox goes to one row only.
    ///
    /// Indices in the decisions are those of `rows` and of `snapshot.recipients`.
    public func decide(rows: [MigrationRow], snapshot: DirectorySnapshot) -> [Decision] {
        let deliberation = deliberate(prepare(rows), snapshot: snapshot)
        return rows.indices.map(deliberation.decision)
    }

    /// What can be done for the rows before the directory is known.
    public func prepare(_ rows: [MigrationRow]) -> PreparedRows { PreparedRows(rows, settings: settings) }

    /// Decides the same, with each decision put into words only when it is asked for: the evidence of all rows together takes more memory than
    /// the directory. `preparation`, of the same unique key and site, has seen the snapshot's recipients as they came.
    public func deliberate(
        _ rows: PreparedRows, snapshot: DirectorySnapshot, preparation: RecipientPreparation? = nil
    ) -> Deliberation {
        let preparation = preparation ?? RecipientPreparation(settings)
        let scene = Scene(
            rows: rows, recipients: snapshot.recipients, folded: preparation.folded(snapshot.recipients), settings: settings)
        var bonds = Bonds(scene)
        var assignment = Assignment(bonds, scene: scene)
        let judge = Judge(scene: scene, bonds: bonds, assignment: assignment, provesAbsence: snapshot.proof.provesAbsence)
        var verdicts = Parallel.array(rows.rows.count, judge.verdict)
        let found = LastLook(scene, assignment).found(for: verdicts.indices.filter { verdicts[$0].isNobody && !scene.isAdministrator($0) })
        if !found.isEmpty {
            bonds.add(found)
            assignment.choose(found.map(\.row), bonds, scene)
            let second = Judge(scene: scene, bonds: bonds, assignment: assignment, provesAbsence: snapshot.proof.provesAbsence)
            for row in found.map(\.row) { verdicts[row] = second.verdict(row) }
        }
        let owners = Self.owners(verdicts, recipients: scene.recipients.count)
        let importer = Importer(scene, bonds, verdicts, owners: owners)
        for row in verdicts.indices {
            if case .absent = verdicts[row], let maker = importer.maker(metBy: row) { verdicts[row] = .meetsMade(by: maker) }
        }
        return Deliberation(
            verdicts: verdicts, wording: Wording(scene: scene, bonds: bonds, owners: owners, proof: snapshot.proof),
            importer: importer)
    }
}

extension Reconciler {
    /// For each recipient the row whose mailbox it is without a doubt; -1 for none.
    private static func owners(_ verdicts: [Verdict], recipients: Int) -> [Int32] {
        var owners = Array(repeating: Int32(-1), count: recipients)
        for (row, verdict) in verdicts.enumerated() { if let bond = verdict.decided { owners[bond.recipient] = Int32(row) } }
        return owners
    }
}

/// What was decided over all rows of a run. Everything is settled; only the words are still to be made.
public struct Deliberation: Sendable {
    let verdicts: [Verdict]
    let wording: Wording
    let importer: Importer

    var scene: Scene { wording.scene }

    /// What a row comes to, without words.
    public struct Outcome: Sendable {
        /// The row's situation.
        public let situation: Situation
        /// The mailbox that it is certain for.
        public let certainTarget: Int?
        /// How likely, from 0 to 1, the row's mailbox is somebody else's; 0 where none was decided without a person.
        public let chanceOfError: Double
    }

    /// What a row comes to, by its index.
    public func outcome(_ row: Int) -> Outcome {
        switch verdicts[row] {
        case .certain(let bond): Outcome(situation: .certain, certainTarget: bond.recipient, chanceOfError: bond.chance)
        case .correct(let bond): Outcome(situation: .correct, certainTarget: nil, chanceOfError: bond.chance)
        default: Outcome(situation: verdicts[row].situation, certainTarget: nil, chanceOfError: 0)
        }
    }

    /// The importer of the forecasts.
    public var target: ImportTarget { scene.settings.target }

    /// What the importer does with a row, by its index, and with its corrected form where it is corrected to `mode`; `nil` for a row that cannot be
    /// used, and where the read does not show everybody. `keepsName`: the corrected form has no Display-Name.
    public func forecast(_ row: Int, isCorrected: Bool, mode: ImportMode, keepsName: Bool = false) -> Forecast? {
        importer.forecast(row, verdicts[row], isCorrected: isCorrected, mode: mode, keepsName: keepsName)
    }

    /// The container that a recipient stands in, as a place in `containerNames`.
    public func container(of recipient: Int) -> Int { wording.tree.container(of: recipient) }

    /// The DN of each container.
    public var containerNames: [String] { wording.tree.names }

    /// The lines of the map that speak of no row.
    public var idleMapLines: [MappedPair] {
        if scene.settings.map.isEmpty { return [] }
        let used = scene.map.usedLines
        return scene.settings.map.filter { !used.contains($0.line) }
    }

    /// Two lines of the map that cannot both be right, where there are such.
    public var mapContradiction: MapContradiction? {
        return scene.settings.map.isEmpty ? nil : scene.map.contradiction(scene.rows)
    }

    /// How many mailboxes there are, and how many of these are excluded.
    public var mailboxCounts: (all: Int, excluded: Int) {
        guard scene.hasExclusions else { return (scene.isMailbox.count { $0 }, 0) }
        let all = scene.recipients.indices.filter { scene.isMailboxToImporter($0) && !scene.recipients[$0].isDeleted }
        return (all.count, all.count(where: scene.isExcluded))
    }

    /// The DN of a recipient, by its index.
    public func dn(of recipient: Int) -> String { wording.recipients[recipient].dn }

    /// Whether a recipient has this DN. Looks through all of them.
    public func hasRecipient(_ dn: String) -> Bool {
        let name = DistinguishedName(dn).normalized
        return wording.recipients.contains { DistinguishedName($0.dn).normalized == name }
    }

    /// Writes the decision for a row, by its index, over what `decision` holds. Asked twice, it says the same; from several threads, too.
    public func write(_ row: Int, to decision: inout WordedDecision) {
        decision.removeAll()
        wording.write(row, verdicts[row], to: &decision)
    }

    /// Adds to the reason of a row that is not corrected what the import does where it leads to somebody else's mailbox.
    public func add(_ forecast: Forecast?, ofRow row: Int, to decision: inout WordedDecision) {
        if let outcome = forecast?.before { wording.add(outcome, row, verdicts[row], to: &decision) }
    }

    /// The decision for a row, by its index, as it stands.
    public func decision(_ row: Int) -> Decision {
        var decision = WordedDecision()
        write(row, to: &decision)
        add(forecast(row, isCorrected: false, mode: .blank), ofRow: row, to: &decision)
        return decision.decision
    }
}
