internal import Records

/// What has come of a directory since the last batch.
struct ReadBatch: Sendable {
    /// How many entries, recipients or not.
    var entries = 0
    var recipients: [Recipient] = []
    /// Of each recipient.
    var digests = EntryDigests()
    /// Of each entry since the batch before that is no recipient.
    var others = EntryDigests()
    /// Of every entry since the batch before that had recipients, where notes are taken.
    var notes: [EntryNote] = []
}

/// Makes batches of the recipients that one reader reads, as they come.
struct ReadCollector: ~Copyable {
    private var packer = RecipientPacker()
    private var entries = 0
    private var digests = EntryDigests()
    private var others = EntryDigests()
    private var notes: [EntryNote] = []
    /// The DNs of entries of which some attribute came in part: they are read again, whole.
    private(set) var partial: [String] = []
    /// The DN of every entry, where they are kept.
    private(set) var names: [String] = []
    private let keepsNames: Bool
    private let withholdsParts: Bool
    /// Batches are large, so that what is made of them is given back as a whole; news is frequent, so that a person sees it move.
    private static let batchSize = 4000
    private static let newsInterval = 1000

    /// `keepsNames`: whether the DN of every entry is kept. `withholdsParts`: whether an entry of which some attribute came in part is left
    /// for another reader, who gets it whole.
    init(keepsNames: Bool = false, withholdsParts: Bool = false) {
        self.keepsNames = keepsNames
        self.withholdsParts = withholdsParts
    }

    /// Takes the entry that the translator has at hand. Calls `handOn` now and then with what came since the last time.
    mutating func add<Failure: Error>(
        _ translator: inout EntryTranslator, _ handOn: (ReadBatch) throws(Failure) -> Void
    ) throws(Failure) {
        entries += 1
        if keepsNames { names.append(translator.dnText) }
        if withholdsParts, translator.hasOpenRange {
            partial.append(translator.dnText)
            translator.drop()
        } else {
            let digest = translator.digest
            if translator.finish(into: &packer) { digests.append(digest) } else { others.append(digest) }
            if let note = translator.note { notes.append(note) }
        }
        if packer.count == Self.batchSize {
            try self.handOn(handOn)
        } else if entries == Self.newsInterval {
            entries = 0
            try handOn(ReadBatch(entries: Self.newsInterval))
        }
    }

    /// Hands on what was not yet.
    mutating func handOn<Failure: Error>(_ handOn: (ReadBatch) throws(Failure) -> Void) throws(Failure) {
        let batch = ReadBatch(entries: entries, recipients: packer.take(), digests: digests, others: others, notes: notes)
        entries = 0
        digests.removeAll()
        others.removeAll()
        if !notes.isEmpty { notes.removeAll(keepingCapacity: true) }
        try handOn(batch)
    }
}
