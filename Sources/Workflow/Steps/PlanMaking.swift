internal import CSV
internal import MigrationFile
internal import PlanFormat
internal import Reconciler
internal import Records

/// Decisions become plans: names in place of indices, cells in place of situations.
struct PlanMaking {
    let inputs: [MigrationInput]
    let snapshot: DirectorySnapshot
    let settings: Settings
    let readAt: String
    let madeAt: String

    /// One plan for each file, from decisions in the order of all rows of all files.
    func plans(from decisions: [Decision]) -> [Plan] {
        let starts = inputs.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.file.rows.count) }
        return inputs.indices.map { index in
            let rows = zip(inputs[index].file.rows, decisions[starts[index]..<starts[index + 1]]).map { row, decision in
                planned(row, decision, inputs[index].file, starts)
            }
            return Plan(header: header(inputs[index], rows), rows: rows)
        }
    }

    private func planned(_ row: MigrationRow, _ decision: Decision, _ file: MigrationFile, _ starts: [Int]) -> PlannedRow {
        var planned = PlannedRow(
            row: row.number, line: row.line, mailboxName: row.mailboxName, fullName: row.fullName, situation: decision.situation,
            reason: decision.reason, target: decision.target.map(candidate), rivals: decision.rivals.map(candidate),
            rivalRows: decision.rivalRows.map { reference(toRow: $0, starts) })
        guard decision.situation.treatment == .write, let target = decision.target else { return planned }
        do throws(MigrationFileError) {
            let name = snapshot.recipients[target.recipient].directoryName
            planned.changes = try file.correction(for: row, directoryName: name, mode: settings.mode == .modify ? .modify : .blank)
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
            displayName: recipient.displayName, fingerprint: Digest.fingerprint(of: recipient), evidence: candidate.evidence)
    }

    private func reference(toRow index: Int, _ starts: [Int]) -> RowReference {
        let place = (starts.firstIndex { $0 > index } ?? starts.count) - 1
        let row = inputs[place].file.rows[index - starts[place]]
        return RowReference(file: inputs[place].path, row: row.number, mailboxName: row.mailboxName)
    }

    private func header(_ input: MigrationInput, _ rows: [PlannedRow]) -> PlanHeader {
        var counts: [Situation: Int] = [:]
        for row in rows { counts[row.situation, default: 0] += 1 }
        return PlanHeader(
            file: input.path, sha256: input.sha256, size: input.size, encoding: input.file.encoding.codePage.name,
            dialect: input.file.dialect.dialect.description, filesOfRun: inputs.map(\.path), directory: snapshot.proof, counts: counts,
            settings: settings.told, version: Program.version, readAt: readAt, madeAt: madeAt)
    }
}
