internal import Records

/// The recipients of a read, collected, and handed on in batches as they come.
struct ReadCollector: ~Copyable {
    private(set) var recipients: [Recipient] = []
    private var packer = RecipientPacker()
    private var entries = 0
    /// Batches are large, so that what is made of them is given back as a whole; news is frequent, so that a person sees it move.
    private static let batchSize = 4000
    private static let newsInterval = 1000

    /// Takes the entry that the translator has at hand. Calls `progress` now and then.
    mutating func add(_ translator: inout EntryTranslator, _ progress: (ReadProgress) -> Void) {
        entries += 1
        _ = translator.finish(into: &packer)
        if packer.count == Self.batchSize {
            handOn(progress)
        } else if entries % Self.newsInterval == 0 {
            progress(.came(entries: entries, recipients: []))
        }
    }

    /// Hands on what was not yet.
    mutating func handOn(_ progress: (ReadProgress) -> Void) {
        let batch = packer.take()
        progress(.came(entries: entries, recipients: batch))
        recipients += batch
    }
}
