internal import LDAPClient
internal import Parallel
internal import Records
internal import Synchronization

/// The parts that are still to be read, shared by the readers; and what the readers on other threads bring to the one that collects.
final class PartQueue: Sendable {
    private struct State {
        var waiting: ArraySlice<ReadPart>
        var batches: [ReadBatch] = []
        var readers = 0
        var failure: LDAPError?
        var outcome = ReadOutcome()
    }

    private let state: Mutex<State>

    init(_ parts: [ReadPart]) { state = Mutex(State(waiting: parts[...])) }

    /// The next part to read; `nil` when none is left, or a reader has failed.
    func next() -> ReadPart? { state.withLock { $0.failure == nil ? $0.waiting.popFirst() : nil } }

    /// The first failure of any reader.
    var failure: LDAPError? { state.withLock(\.failure) }

    /// What the other readers brought since the last call.
    func takeBatches() -> [ReadBatch] {
        state.withLock { state in
            defer { state.batches.removeAll() }
            return state.batches
        }
    }

    /// Whether other readers are still at work.
    var isBusy: Bool { state.withLock { $0.readers > 0 } }

    /// What the other readers know when all is read.
    var outcome: ReadOutcome { state.withLock(\.outcome) }

    /// Begins to read on another thread, over a connection that it makes. Ends by itself when no part is left, or a reader has failed.
    func beginReader(_ connect: @escaping @Sendable () throws(LDAPError) -> LDAPConnection, _ reader: @escaping @Sendable () -> PartReader)
    {
        state.withLock { $0.readers += 1 }
        _ = Background { [self] in
            var own = reader()
            let result: Result<Void, LDAPError>
            do throws(LDAPError) {
                try readAll(with: &own, over: connect())
                result = .success(())
            } catch { result = .failure(error) }
            let outcome = own.outcome
            state.withLock { state in
                state.readers -= 1
                switch result {
                case .success: state.outcome.add(outcome)
                case .failure(let error): state.failure = state.failure ?? error
                }
            }
        }
    }

    private func readAll(with reader: inout PartReader, over connection: borrowing LDAPConnection) throws(LDAPError) {
        while let part = next() {
            try reader.read(part, over: connection) { (batch) throws(LDAPError) in
                try state.withLock { (state) throws(LDAPError) in
                    if let failure = state.failure { throw failure }
                    state.batches.append(batch)
                }
            }
        }
    }

    /// Ends all readers at their next batch; the first failure counts.
    func fail(_ error: LDAPError) { state.withLock { $0.failure = $0.failure ?? error } }
}
