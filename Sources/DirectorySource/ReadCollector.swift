internal import Records

/// The recipients of a read, collected, and handed on in batches as they come.
struct ReadCollector {
    private(set) var recipients: [Recipient] = []
    private var batch: [Recipient] = []
    private var entries = 0
    /// Batches are large, so that what is made of them is given back as a whole; news is frequent, so that a person sees it move.
    private static let batchSize = 4000
    private static let newsInterval = 1000

    /// Takes an entry, and what was made of it. Calls `progress` now and then.
    mutating func add(_ recipient: Recipient?, _ progress: (ReadProgress) -> Void) {
        entries += 1
        if let recipient { batch.append(recipient) }
        if batch.count == Self.batchSize {
            handOn(progress)
        } else if entries % Self.newsInterval == 0 {
            progress(.came(entries: entries, recipients: []))
        }
    }

    /// Hands on what was not yet.
    mutating func handOn(_ progress: (ReadProgress) -> Void) {
        progress(.came(entries: entries, recipients: batch))
        recipients += batch
        batch.removeAll()
        batch.reserveCapacity(Self.batchSize)
    }
}
