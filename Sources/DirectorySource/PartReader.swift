internal import LDAPClient
internal import Records

/// What one search reads of a directory.
struct ReadPart: Sendable, Equatable {
    var base: String
    var filter: String
}

/// What is known of a read beside its recipients.
struct ReadOutcome: Sendable {
    var tally = ReadTally()
    /// How many searches there were.
    var parts = 0
    var pages = 0
    /// How many pages had fewer entries than they were asked for, although others followed.
    var shortPages = 0
    /// How many entries the fullest page had.
    var fullestPage = 0
    /// How many entries the largest page was asked for; `nil` when nothing was paged.
    var largestPage: Int?
    /// Why nothing was paged although it was asked for.
    var unpaged: ReadProof.Unpaged?
    /// At how many entries a search ended in which the server passed over the wish for pages, if that is a number that limits have.
    var roundEnd: Int?
    /// References to other servers, each once, in the order in which they came.
    var references: [String] = []
    /// The DNs of entries of which some attribute came in part.
    var partial: [String] = []
    /// The DN of every entry, where they were kept.
    var names: [String] = []

    /// Adds what another reader knows.
    mutating func add(_ other: ReadOutcome) {
        tally.add(other.tally)
        parts += other.parts
        pages += other.pages
        shortPages += other.shortPages
        fullestPage = max(fullestPage, other.fullestPage)
        largestPage = [largestPage, other.largestPage].compactMap(\.self).max()
        unpaged = unpaged ?? other.unpaged
        roundEnd = roundEnd ?? other.roundEnd
        add(other.references)
        partial += other.partial
        names += other.names
    }

    /// Adds what a search gave beside its entries.
    mutating func add(_ summary: SearchSummary) {
        parts += 1
        pages += summary.pages
        shortPages += summary.shortPages
        fullestPage = max(fullestPage, summary.fullestPage)
        largestPage = [largestPage, summary.largestPage].compactMap(\.self).max()
        if summary.ignoredPaging {
            unpaged = .ignored
            if RoundNumber.isLikelyLimit(summary.entries) { roundEnd = summary.entries }
        }
        add(summary.references)
    }

    private mutating func add(_ more: [String]) {
        for reference in more where !references.contains(reference) { references.append(reference) }
    }
}

/// Reads parts of a directory, one after the other, over one connection.
struct PartReader: ~Copyable {
    private var translator: EntryTranslator
    private var collector: ReadCollector
    private var searches = ReadOutcome()
    private let profile: DirectoryProfile
    private let pages: PagePlan

    init(_ profile: DirectoryProfile, _ pages: PagePlan, keepsNames: Bool) {
        translator = EntryTranslator(profile)
        collector = ReadCollector(keepsNames: keepsNames, withholdsParts: true)
        self.profile = profile
        self.pages = pages
    }

    /// Reads a part to its end, and hands on what comes.
    mutating func read(
        _ part: ReadPart, over connection: borrowing LDAPConnection, _ handOn: (ReadBatch) throws(LDAPError) -> Void
    ) throws(LDAPError) {
        let request = pages.request(base: part.base, filter: part.filter, attributes: profile.attributes)
        let summary = try connection.search(request) { (entry) throws(LDAPError) in
            try entry.lend { translator.take(dn: $0, attributes: $1) }
            try collector.add(&translator, handOn)
        }
        try collector.handOn(handOn)
        searches.add(summary)
    }

    /// Reads entries whole of which attributes came in part, and hands them on.
    mutating func complete(
        _ dns: [String], over connection: borrowing LDAPConnection, _ handOn: (ReadBatch) throws(LDAPError) -> Void
    ) throws(LDAPError) {
        for dn in dns {
            guard try connection.readWhole(dn, profile.attributes, wasSeen: true, into: &translator) else { continue }
            try collector.add(&translator, handOn)
        }
        try collector.handOn(handOn)
    }

    /// What is known when all is read.
    var outcome: ReadOutcome {
        var outcome = searches
        outcome.tally = translator.tally
        outcome.partial = collector.partial
        outcome.names = collector.names
        return outcome
    }
}
