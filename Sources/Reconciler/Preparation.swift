import Dispatch
public import Records
import Synchronization

/// Rows, folded and indexed: everything about them that needs no directory.
public struct PreparedRows: Sendable {
    let rows: [MigrationRow]
    let names: [RowNames]
    let readings: [NameReading]
    let list: RowIndex

    init(_ rows: [MigrationRow], settings: ReconcilerSettings) {
        self.rows = rows
        let folded = FoldedRows(rows, settings: settings)
        names = folded.names
        readings = folded.readings
        list = RowIndex(folded)
    }

    /// The key of a row's postoffice; where that is unknown, of its list, since the migration wizard writes one for each postoffice.
    func group(of row: Int) -> Key { list.mailboxes[row]?.postoffice ?? Key(rows[row].file).mixed }

    /// All such keys, and for each row which of them is its own.
    var groups: (keys: [Key], places: [Int32]) {
        var (known, keys, places): ([Key: Int32], [Key], [Int32]) = ([:], [], [])
        places.reserveCapacity(rows.count)
        // Rows of a postoffice mostly stand together.
        for row in rows.indices {
            let key = group(of: row)
            if let last = places.last, keys[Int(last)] == key {
                places.append(last)
            } else {
                let place = known[key] ?? Int32(keys.count)
                if Int(place) == keys.count {
                    known[key] = place
                    keys.append(key)
                }
                places.append(place)
            }
        }
        return (keys, places)
    }
}

/// Folds recipients on other threads while the rest is still being read. What it makes is the same as when all are folded at once.
public final class RecipientPreparation: Sendable {
    private struct State {
        /// Which beginning the batches belong to.
        var generation = 0
        /// How many recipients came.
        var count = 0
        var pieces: [FoldedRecipients?] = []
    }

    private let rules: FoldingRules
    private let state = Mutex(State())
    private let work = DispatchGroup()

    /// A preparation for a reconciler with these settings.
    public init(_ settings: ReconcilerSettings) { rules = FoldingRules(settings) }

    /// Forgets all that came: the read begins again.
    public func begin() {
        state.withLock { state in
            state = State(generation: state.generation + 1)
        }
    }

    /// Begins to fold the recipients that follow those that came before. Returns at once.
    public func add(_ recipients: [Recipient]) {
        guard !recipients.isEmpty else { return }
        let (generation, place, first) = state.withLock { state in
            state.pieces.append(nil)
            state.count += recipients.count
            return (state.generation, state.pieces.count - 1, state.count - recipients.count)
        }
        DispatchQueue.global().async(group: work) { [self] in
            let piece = FoldedRecipients(recipients, recipients.indices, first: first, rules)
            state.withLock { state in
                if state.generation == generation { state.pieces[place] = piece }
            }
        }
    }

    /// The recipients of a snapshot, folded; waits for what is under way.
    func folded(_ recipients: [Recipient]) -> FoldedRecipients {
        work.wait()
        var pieces = state.withLock { state in
            defer { state = State(generation: state.generation) }
            return state.count == recipients.count ? state.pieces.compactMap(\.self) : []
        }
        // Nothing came, or not these.
        return pieces.isEmpty ? FoldedRecipients(recipients, rules) : FoldedRecipients(joining: &pieces)
    }
}
