public import Records

/// Finds for every row of a migration the mailbox that the person already has, and says why.
///
/// Pure: the same rows, snapshot and settings give the same decisions, whatever the order of entries or rows. It decides on identifying
/// evidence, or on two independent names that agree and are unique on both sides; everything else is put to a person. A wrong match gives
/// one person's mail to another, a missed one costs a look.
///
/// Not for: reading files or directories, writing anything, forecasts of the import.
public struct Reconciler: Sendable {
    /// What the administrator knows and the files do not say.
    public let settings: ReconcilerSettings

    /// A reconciler with these settings.
    public init(settings: ReconcilerSettings = ReconcilerSettings()) {
        self.settings = settings
    }

    /// One decision for each row, in the rows' order. All rows of all files of a run belong into one call: a mailbox goes to one row only.
    ///
    /// Indices in the decisions are those of `rows` and of `snapshot.recipients`.
    public func decide(rows: [MigrationRow], snapshot: DirectorySnapshot) -> [Decision] {
        let deliberation = deliberate(rows: rows, snapshot: snapshot)
        return rows.indices.map(deliberation.decision)
    }

    /// The same, with each decision put into words only when it is asked for: the evidence of all rows together takes more memory than the
    /// directory.
    public func deliberate(rows: [MigrationRow], snapshot: DirectorySnapshot) -> Deliberation {
        let scene = Scene(rows: rows, recipients: snapshot.recipients, settings: settings)
        let bonds = Bonds(scene)
        let assignment = Assignment(bonds, scene: scene)
        return Deliberation(judge: Judge(scene: scene, bonds: bonds, assignment: assignment, proof: snapshot.proof))
    }
}

/// What was decided over all rows of a run. Everything is settled; only the words are still to be made.
public struct Deliberation: Sendable {
    let judge: Judge

    /// The decision for a row, by its index. Asked twice, it says the same; from several threads, too.
    public func decision(_ row: Int) -> Decision { judge.decision(row) }
}
