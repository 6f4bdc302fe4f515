internal import CSV
internal import MigrationFile
internal import Parallel
internal import PlanFormat
internal import Reconciler
internal import Records
internal import Reporting

/// One file's plan, made: what a terminal shows of it, and the lines after its header.
struct MadePlan {
    let header: PlanHeader
    let overview: PlanOverview
    /// The lines after the header, on disk; `nil` when no plan is to be written.
    let body: Spool?
}

/// Decisions become plans: names in place of indices, cells in place of situations. Row by row, since the evidence of all rows together would
/// take more memory than the directory.
struct PlanMaking: Sendable {
    let inputs: [MigrationInput]
    let snapshot: DirectorySnapshot
    let settings: Settings
    let readAt: String
    let madeAt: String
    /// How many rows of each sort are kept for showing.
    let shownRows: Int

    /// One plan for each file; `decision` gives what was decided for a row, by its place among all rows of all files, and `spool` where a file's
    /// lines go.
    func plans(
        decision: @Sendable (Int) -> Decision, spool: (MigrationInput) throws(FileAccessError) -> Spool?
    ) throws(FileAccessError) -> [MadePlan] {
        var plans: [MadePlan] = []
        for (input, start) in zip(inputs, starts) { plans.append(try plan(of: input, start: start, decision, into: spool(input))) }
        return plans
    }

    /// How many rows are put into words before they are written: enough for all processors, and little memory.
    private static let batch = 8 * 1024

    private func plan(
        of input: MigrationInput, start: Int, _ decision: @Sendable (Int) -> Decision, into spool: Spool?
    ) throws(FileAccessError) -> MadePlan {
        let rows = input.file.rows
        var overview = PlanOverview(limit: shownRows)
        for first in stride(from: 0, to: rows.count, by: Self.batch) {
            let pieces = Parallel.map(min(Self.batch, rows.count - first), inPiecesOf: 1024) { range in
                var piece = Piece(overview: PlanOverview(limit: shownRows))
                for place in range { piece.add(planned(rows[first + place], decision(start + first + place), input.file)) }
                return piece
            }
            for piece in pieces {
                overview.add(piece.overview)
                try spool?.append(piece.bytes)
            }
        }
        try spool?.append(PlanWriter.end(rows: rows.count))
        return MadePlan(header: header(input, overview), overview: overview, body: spool)
    }

    /// Rows that follow one another, as they are written and as they are shown.
    private struct Piece: Sendable {
        var overview: PlanOverview
        var bytes: [UInt8] = []

        mutating func add(_ row: PlannedRow) {
            overview.add(row)
            PlanWriter.append(row, to: &bytes)
        }
    }

    private func planned(_ row: MigrationRow, _ decision: Decision, _ file: MigrationFile) -> PlannedRow {
        var planned = PlannedRow(
            row: row.number, line: row.line, mailboxName: row.mailboxName, fullName: row.fullName, situation: decision.situation,
            reason: decision.reason, target: decision.target.map(candidate), rivals: decision.rivals.map(candidate),
            rivalRows: decision.rivalRows.map(reference))
        guard decision.situation.treatment == .write, let target = decision.target else { return planned }
        do throws(MigrationFileError) {
            let name = snapshot.recipients[target.recipient].directoryName
            planned.changes = try file.correction(for: row, directoryName: name, mode: settings.mode == .modify ? .modify : .blank)
            planned.target?.fingerprint = Digest.fingerprint(of: snapshot.recipients[target.recipient])
        } catch {
            planned.situation = .invalid
            planned.reason = error.reason
        }
        return planned
    }

    private func candidate(_ candidate: Candidate) -> PlannedCandidate {
        let recipient = snapshot.recipients[candidate.recipient]
        return PlannedCandidate(
            dn: recipient.dn, id: recipient.id, kind: recipient.kind, directoryName: recipient.directoryName, alias: recipient.alias,
            displayName: recipient.displayName, fingerprint: "", evidence: candidate.evidence)
    }

    /// Where each file's rows begin among all rows.
    private var starts: [Int] { inputs.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.file.rows.count) } }

    private func reference(toRow index: Int) -> RowReference {
        let starts = starts
        let place = (starts.firstIndex { $0 > index } ?? starts.count) - 1
        let row = inputs[place].file.rows[index - starts[place]]
        return RowReference(file: inputs[place].path, row: row.number, line: row.line, mailboxName: row.mailboxName)
    }

    private func header(_ input: MigrationInput, _ overview: PlanOverview) -> PlanHeader {
        PlanHeader(
            file: input.path, sha256: input.sha256, size: input.size, encoding: input.file.encoding.codePage.name,
            dialect: input.file.dialect.dialect.description, filesOfRun: inputs.map(\.path), directory: snapshot.proof,
            counts: overview.counts,
            settings: settings.told, version: Program.version, readAt: readAt, madeAt: madeAt)
    }
}
