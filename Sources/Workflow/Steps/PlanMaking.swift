internal import CSV
internal import MigrationFile
internal import Parallel
internal import PlanFormat
internal import Reconciler
internal import Records
internal import Reporting
internal import Texts

/// Decisions become plans: names in place of indices, cells in place of situations.
///
/// Twice over the rows: first their situations, which are quickly told and stand in the header, then their words, which are written batch by
/// batch, since the evidence of all rows together would take more memory than the directory.
final class PlanMaking: Sendable {
    let inputs: [MigrationInput]
    let snapshot: DirectorySnapshot
    let deliberation: Deliberation
    let settings: Settings
    let readAt: String
    let madeAt: String
    /// What an earlier import logged, where that was given.
    let log: FailureLog?
    /// What was remarked on what was told.
    let warnings: [String]
    /// How many rows of each sort are kept for showing.
    let shownRows: Int

    /// Where each file's rows begin among all rows.
    private let starts: [Int]

    init(
        inputs: [MigrationInput], snapshot: DirectorySnapshot, deliberation: Deliberation, settings: Settings, readAt: String,
        madeAt: String, log: FailureLog?, warnings: [String], shownRows: Int
    ) {
        self.inputs = inputs
        self.snapshot = snapshot
        self.deliberation = deliberation
        self.settings = settings
        self.readAt = readAt
        self.madeAt = madeAt
        self.log = log
        self.warnings = warnings
        self.shownRows = shownRows
        starts = inputs.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.file.rows.count) }
    }

    /// How many rows of a file are in each situation, and how many change.
    func tally(ofFile index: Int) -> PlanTally {
        let input = inputs[index]
        let start = starts[index]
        let pieces = Parallel.map(input.file.rows.count, inPiecesOf: 1024) { range in
            var tally = PlanTally()
            for place in range {
                let outcome = self.deliberation.outcome(start + place)
                switch outcome.certainTarget.map({ correction(ofRow: place, in: input.file, to: $0) }) {
                case nil: tally.add(outcome.situation, isChanged: false, chanceOfError: outcome.chanceOfError)
                case .success(let changes):
                    // A kind of file may say in its own way that a row is right already.
                    tally.add(
                        changes.isEmpty ? .correct : outcome.situation, isChanged: !changes.isEmpty, chanceOfError: outcome.chanceOfError)
                case .failure: tally.add(.invalid, isChanged: false)
                }
            }
            return tally
        }
        return pieces.reduce(into: PlanTally()) { $0.add($1) }
    }

    /// How many rows are put into words before they are written: enough for all processors, and little memory.
    private static let batch = 16 * pieceSize
    /// How many of these one processor takes at a time.
    private static let pieceSize = 256

    /// Hands the lines of a file's plan behind its header to `append`, and gives what a terminal shows of it.
    func write(
        rowsOfFile index: Int, _ tally: PlanTally, to append: (Span<UInt8>) throws(FileAccessError) -> Void
    ) throws(FileAccessError) -> PlanOverview {
        let input = inputs[index]
        let start = starts[index]
        let rows = input.file.rows
        var overview = PlanOverview(tally, limit: shownRows)
        let pieces = stride(from: 0, to: min(Self.batch, rows.count), by: Self.pieceSize).map { _ in Piece() }
        for first in stride(from: 0, to: rows.count, by: Self.batch) {
            let count = min(Self.batch, rows.count - first)
            let seen = overview
            _ = Parallel.map(count, inPiecesOf: Self.pieceSize) { range in
                let piece = pieces[range.lowerBound / Self.pieceSize]
                piece.begin(PlanOverview(limit: shownRows), seen)
                for place in range { add(first + place, of: input.file, start: start, to: piece) }
            }
            for piece in pieces.prefix((count + Self.pieceSize - 1) / Self.pieceSize) {
                overview.add(piece.overview)
                for (container, count) in piece.changes { overview.countChanges(count, in: deliberation.containerNames[container]) }
                try piece.text.withBytes(append)
            }
        }
        try append(PlanWriter.end(rows: rows.count).span)
        return overview
    }

    /// Rows that follow one another, as they are written and as they are shown, in memory that serves again for the next ones. Belongs to one
    /// thread at a time.
    private final class Piece: @unchecked Sendable {
        var overview = PlanOverview(limit: 0)
        /// What the rows before all of these show.
        private var seen = PlanOverview(limit: 0)
        /// How many rows change whose mailboxes lie in each container.
        var changes: [Int: Int] = [:]
        var text = TextBuffer(capacity: 1 << 19)
        var decision = WordedDecision()

        func begin(_ overview: PlanOverview, _ seen: PlanOverview) {
            self.overview = overview
            self.seen = seen
            changes.removeAll(keepingCapacity: true)
            text.removeAll()
        }

        /// Whether the row at hand may be one of those that are shown.
        func wants(isChanged: Bool, _ forecast: Forecast?) -> Bool {
            seen.wants(decision.situation, isChanged: isChanged, forecast)
                && overview.wants(decision.situation, isChanged: isChanged, forecast)
        }
    }

    /// Adds the row at `place` of a file whose rows begin at `start` among all.
    private func add(_ place: Int, of file: MigrationFile, start: Int, to piece: Piece) {
        deliberation.write(start + place, to: &piece.decision)
        var facts = PlanWriter.RowFacts(
            row: file.rows[place].number, line: file.rows[place].line, mailboxName: file.rows[place].mailboxName,
            fullName: file.rows[place].fullName, rivalRows: piece.decision.rivalRows.map(reference),
            namesakeRows: piece.decision.namesakeRows.map(reference))
        if piece.decision.situation.treatment == .write, let target = piece.decision.target?.recipient {
            switch correction(ofRow: place, in: file, to: target) {
            case .success(let changes):
                if changes.isEmpty { piece.decision.situation = .correct }
                facts.changes = changes
                let fingerprint = Fingerprint(of: snapshot.recipients[target])
                (facts.fingerprint, facts.fields) = (fingerprint.whole, fingerprint.fields)
            case .failure(let error):
                piece.decision.situation = .invalid
                piece.decision.setReason { $0.add(error.reason) }
            }
        }
        if file.kind.importer == .wizard {
            facts.forecast = deliberation.forecast(
                start + place, isCorrected: !facts.changes.isEmpty, mode: settings.mode, keepsName: file.blanksDisplayName)
            deliberation.add(facts.forecast, ofRow: start + place, to: &piece.decision)
        }
        if let log {
            facts.events = log.events(ofRow: start + place, facts.forecast)
            facts.missingEvent = log.missingEvent(facts.events, facts.forecast)
        }
        PlanWriter.append(facts, piece.decision, recipients: snapshot.recipients, to: &piece.text)
        note(facts, piece)
    }

    /// Counts the row where it changes, and keeps it where it is one of those that are shown.
    private func note(_ facts: PlanWriter.RowFacts, _ piece: Piece) {
        if let forecast = facts.forecast { piece.overview.add(forecast, piece.decision.situation) }
        if !facts.events.isEmpty { piece.overview.add(facts.events) }
        if let missing = facts.missingEvent { piece.overview.add(missing) }
        if !facts.changes.isEmpty, let target = piece.decision.target {
            piece.changes[deliberation.container(of: target.recipient), default: 0] += 1
        }
        if piece.wants(isChanged: !facts.changes.isEmpty, facts.forecast) {
            piece.overview.add(planned(facts, piece.decision.decision))
        }
    }

    /// The cells that make the row point at the recipient; fails where the file cannot hold its name.
    private func correction(ofRow place: Int, in file: MigrationFile, to recipient: Int) -> Result<[CellChange], MigrationFileError> {
        let mailbox = MailboxValues(snapshot.recipients[recipient], for: file.kind)
        do throws(MigrationFileError) {
            return .success(try file.correction(forRow: place, to: mailbox, mode: settings.mode == .modify ? .modify : .blank))
        } catch { return .failure(error) }
    }

    private func planned(_ facts: PlanWriter.RowFacts, _ decision: Decision) -> PlannedRow {
        PlannedRow(
            row: facts.row, line: facts.line, mailboxName: facts.mailboxName, fullName: facts.fullName, situation: decision.situation,
            reason: decision.reason, wrongOnceIn: decision.wrongOnceIn, factors: decision.factors, target: decision.target.map(candidate),
            rivals: decision.rivals.map(candidate), rivalRows: facts.rivalRows,
            namesakes: decision.namesakes.map(candidate), namesakeRows: facts.namesakeRows, changes: facts.changes,
            forecast: facts.forecast,
            events: facts.events, missingEvent: facts.missingEvent)
    }

    private func candidate(_ candidate: Candidate) -> PlannedCandidate {
        let recipient = snapshot.recipients[candidate.recipient]
        return PlannedCandidate(
            dn: recipient.dn, id: recipient.id, kind: recipient.kind, directoryName: recipient.directoryName, alias: recipient.alias,
            displayName: recipient.displayName, fingerprint: "", evidence: candidate.evidence)
    }

    private func reference(toRow index: Int) -> RowReference {
        let place = (starts.firstIndex { $0 > index } ?? starts.count) - 1
        let row = inputs[place].file.rows[index - starts[place]]
        return RowReference(file: inputs[place].path, row: row.number, line: row.line, mailboxName: row.mailboxName)
    }

    /// How many recipients stand in each container.
    private var containers: [DirectorySurvey.Count] {
        var counts = [Int](repeating: 0, count: deliberation.containerNames.count)
        let hasDeleted = snapshot.proof.deleted != 0
        for index in snapshot.recipients.indices where !hasDeleted || !snapshot.recipients[index].isDeleted {
            counts[deliberation.container(of: index)] += 1
        }
        return DirectorySurvey.sorted(zip(deliberation.containerNames, counts).map { DirectorySurvey.Count(name: $0, count: $1) })
    }

    /// The header of a file's plan.
    func header(ofFile index: Int, _ tally: PlanTally, _ habits: FoundHabits) -> PlanHeader {
        let input = inputs[index]
        var proof = snapshot.proof
        proof.containers = containers
        return PlanHeader(
            file: input.path, sha256: input.sha256, size: input.size, encoding: input.file.encoding.codePage.name,
            dialect: input.file.dialect.dialect.description, filesOfRun: inputs.map(\.path), directory: proof,
            counts: tally.counts, expectedWrong: tally.roundedExpectedWrong, target: deliberation.target, habits: habits,
            settings: settings.told, version: Program.version, readAt: readAt, madeAt: madeAt)
    }
}
