internal import Parallel
internal import DirectorySource
internal import Reconciler
internal import Records
internal import Synchronization

/// The complete read of the directory, under way while the files are read: the server does most of the work, and the network the rest.
///
/// A file that cannot be used is the more important news, so it is told first, and at once: the read is then given up.
final class DirectoryReading: Sendable {
    /// When the read began, RFC 3339 in UTC.
    let startedAt: String
    /// What is known of the recipients that have come.
    let preparation: RecipientPreparation
    private let work: Background<TrackedRead>
    private let store: SnapshotStore?
    private let saving = Mutex<Background<Void>?>(nil)
    private let isCancelled: @Sendable () -> Bool
    private let isGivenUp: Flag

    /// Begins the read.
    ///
    /// `rules`: what of the reconciler's settings is known before the rows are.
    init(_ settings: Settings, _ rules: ReconcilerSettings, _ context: RunContext) throws(Failure) {
        let isGivenUp = Flag()
        var own = context
        own.isCancelled = { context.isCancelled() || isGivenUp.isSet }
        let directory = try Directory(settings, own)
        startedAt = context.now()
        self.isGivenUp = isGivenUp
        store = directory.store
        isCancelled = context.isCancelled
        let preparation = RecipientPreparation(rules)
        self.preparation = preparation
        work = Background {
            var read = try directory.readTracked { event in
                switch event {
                case .described: break
                case .begins: preparation.begin()
                case .came(_, let recipients): preparation.add(recipients)
                }
            }
            let missed = settings.expectations.compare(&read.snapshot)
            guard missed.isEmpty else {
                throw Failure(
                    .stoppedByLimit, "Nothing is decided: \(missed.joined(separator: "; ")). Is it the right server, base and account?")
            }
            return read
        }
    }

    /// Waits for the read's end; `keeps`: begins to write it into the file for the next run, where there is to be one.
    func snapshot(keeps: Bool) throws(Failure) -> DirectorySnapshot {
        do {
            let read = try work.value()
            if keeps, let store { saving.withLock { $0 = store.save(read, isCancelled: isCancelled) } }
            return read.snapshot
        } catch { throw Failure(error) }
    }

    /// Waits until the file for the next run is written.
    func finishKeeping() throws(Failure) {
        let saving = saving.withLock { saving in
            defer { saving = nil }
            return saving
        }
        do { try saving?.value() } catch { throw Failure(error) }
    }

    /// Ends the read as soon as it looks up. Nobody waits for that.
    func cancel() { isGivenUp.set() }

    /// Something that happened, for another thread to see.
    private final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .relaxed) }
        func set() { value.store(true, ordering: .relaxed) }
    }
}
