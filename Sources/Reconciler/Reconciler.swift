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
    /// Indices in the decisions are those of `rows` and of `snapshot.recipients`. Takes about six microseconds for a row and a recipient.
    public func decide(rows: [MigrationRow], snapshot: DirectorySnapshot) -> [Decision] {
        let scene = Scene(rows: rows, recipients: snapshot.recipients, settings: settings)
        let bonds = Bonds(scene)
        let assignment = Assignment(bonds, scene: scene)
        let judge = Judge(scene: scene, bonds: bonds, assignment: assignment, proof: snapshot.proof)
        return rows.indices.map(judge.decision)
    }
}
