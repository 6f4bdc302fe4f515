internal import LDAPClient
internal import Records

/// A read of everything below a base: divided among connections, entries completed, references followed, and what changed meanwhile read again.
///
/// Nothing of it gets out before all of it has succeeded.
struct FullRead {
    let directory: LiveDirectory
    let pages: PagePlan
    let progress: (ReadProgress) -> Void

    /// What the read gave.
    struct Result {
        var journal = ReadJournal()
        var outcome = ReadOutcome()
        /// How many entries the server itself gave, each as often as it came.
        var came = 0
        /// How many connections took part.
        var connections = 1
        /// References that were followed to their end.
        var followed: [String] = []
        /// How many entries changed meanwhile and were read again.
        var changedEntries = 0
        /// Entries that a server gave more than once, but for those that changed meanwhile.
        var repeated = RepeatedEntries()
        /// Whether a second look at the names showed the same.
        var isVerified = false
    }

    private var options: ReadingOptions { directory.options }

    /// Reads everything. `session` is used by this thread alone.
    func run(_ session: borrowing LiveDirectory.Session) throws(LDAPError) -> Result {
        progress(.begins)
        var result = Result()
        var mark = try session.connection.changeMark(session.root, base: session.base)
        try readParts(session, &result)
        if options.verifies {
            let outcome = result.outcome
            try verify(outcome.names, references: outcome.references, session.profile, below: session.base, over: session.connection)
            result.isVerified = true
        }
        try followReferences(session, &result)
        // Where entries are known again, asking for changes does better: it sees what was deleted, too.
        if session.profile.tracking == nil, let begin = mark { mark = try readChanges(since: begin, session, &result) }
        if result.journal.isEdited { result.outcome.tally.recount(result.journal.recipients) }
        return result
    }

    // MARK: - Parts

    private func readParts(_ session: borrowing LiveDirectory.Session, _ result: inout Result) throws(LDAPError) {
        let profile = session.profile
        let division = try DirectoryParts(
            base: session.base, filter: profile.filter, connections: options.connections, over: session.connection)
        let queue = PartQueue(division.parts)
        let others = min(options.connections, division.parts.count) - 1
        var same = directory
        same.connection = session.connection.settingsForSameServer
        for _ in 0..<others {
            let (directory, pages) = (same, pages)
            queue.beginReader { () throws(LDAPError) in
                try directory.connected { queue.failure != nil }
            } _: {
                PartReader(profile, pages, keepsNames: directory.options.verifies)
            }
        }
        result.connections = 1 + others
        var reader = PartReader(profile, pages, keepsNames: options.verifies)
        do throws(LDAPError) {
            while let part = queue.next() {
                try reader.read(part, over: session.connection) { (batch) throws(LDAPError) in
                    result.journal.take(batch, progress)
                    try take(queue, &result)
                }
            }
            while queue.isBusy {
                try take(queue, &result)
                Pause.short()
            }
        } catch { queue.fail(error) }
        while queue.isBusy { Pause.short() }  // no reader outlives this
        if let failure = queue.failure { throw failure }
        try take(queue, &result)
        var outcome = reader.outcome
        outcome.add(queue.outcome)
        try complete(outcome.partial, session, &result, &outcome)
        result.outcome.add(outcome)
        result.came = result.journal.came
        result.repeated.add(result.journal.settle(progress))
    }

    private func take(_ queue: PartQueue, _ result: inout Result) throws(LDAPError) {
        if let failure = queue.failure { throw failure }
        for batch in queue.takeBatches() { result.journal.take(batch, progress) }
    }

    /// Reads the entries whole that came in part.
    private func complete(
        _ dns: [String], _ session: borrowing LiveDirectory.Session, _ result: inout Result, _ outcome: inout ReadOutcome
    ) throws(LDAPError) {
        guard !dns.isEmpty else { return }
        var reader = PartReader(session.profile, pages, keepsNames: false)
        try reader.complete(dns, over: session.connection) { (batch) throws(LDAPError) in
            // They were counted when they came in part.
            var batch = batch
            batch.entries = 0
            result.journal.take(batch, progress)
        }
        outcome.tally.add(reader.outcome.tally)
        outcome.partial = []
    }

    // MARK: - What came meanwhile

    /// A directory that goes on changing is not waited for longer than this.
    private static let mostRounds = 3

    /// Reads again what changed after `mark`, until nothing does. Gives the mark up to which all is known.
    private func readChanges(
        since mark: ChangeMark, _ session: borrowing LiveDirectory.Session, _ result: inout Result
    ) throws(LDAPError) -> ChangeMark {
        var mark = mark
        var all = Set<EntryDigest>()
        for _ in 0..<Self.mostRounds {
            guard let now = try session.connection.changeMark(session.root, base: session.base), let filter = mark.filter(until: now)
            else { break }
            var changed = ReadJournal()
            var reader = PartReader(session.profile, pages, keepsNames: false)
            let part = ReadPart(base: session.base, filter: "(&\(session.profile.filter)\(filter))")
            try reader.read(part, over: session.connection) { (batch) in changed.take(batch) { _ in } }
            try reader.complete(reader.outcome.partial, over: session.connection) { (batch) in changed.take(batch) { _ in } }
            _ = changed.settle { _ in }
            all.formUnion(changed.allDigests)
            result.changedEntries = all.count
            result.journal.update(with: changed, progress)
            result.outcome.tally.add(reader.outcome.tally)
            result.repeated.remove(changed: changed.allDigests)
            mark = now
        }
        return mark
    }

    // MARK: - The second look

    /// Reads the names of all entries once more; throws `.unverified` when they are not the same, each as often, or the references are others (`nil`: none are
    /// known to compare).
    func verify(
        _ names: [String], references: [String]?, _ profile: DirectoryProfile, below base: String, over connection: borrowing LDAPConnection
    ) throws(LDAPError) {
        var counts: [String: Int] = [:]
        for name in names + (references ?? []) { counts[name, default: 0] += 1 }
        let request = pages.request(base: base, filter: profile.filter, attributes: ["1.1"])
        let summary = try connection.search(request) { (entry) throws(LDAPError) in
            counts[try entry.forEachValue { _, _ in }, default: 0] -= 1
        }
        // The same reference may come in several pages.
        if references != nil { for reference in Set(summary.references) { counts[reference, default: 0] -= 1 } }
        let lost = counts.filter { $0.value < 0 }.keys.sorted()
        let more = counts.filter { $0.value > 0 }.keys.sorted()
        guard !lost.isEmpty || !more.isEmpty else { return }
        let example = (lost.first ?? more.first).map { ", such as '\($0)'" } ?? ""
        throw LDAPError(
            .unverified, doing: "reading the names below '\(base)' on \(connection.settings.address) a second time",
            because: "\(lost.count) of them had not come the first time, and \(more.count) had come that do not come again\(example)",
            advice:
                "Nothing that was read is used. Entries were lost or doubled on the way, or the directory changed between the two; try again, over ldaps:// or with --start-tls."
        )
    }

    // MARK: - References

    /// Reads what references lead to, as far as the options allow it; the others stay for the proof to tell of.
    private func followReferences(_ session: borrowing LiveDirectory.Session, _ result: inout Result) throws(LDAPError) {
        guard !options.followedServers.isEmpty else { return }
        var walk = ReferenceWalk(directory, base: session.base)
        try walk.follow(result.outcome.references) { (reference) throws(LDAPError) in
            try read(reference, session, &result)
        }
        (result.followed, result.outcome.references) = (walk.followed, walk.left)
    }

    /// Reads what a reference leads to; gives the references met there.
    private func read(
        _ reference: Reference, _ session: borrowing LiveDirectory.Session, _ result: inout Result
    ) throws(LDAPError) -> [String] {
        let connection = try directory.elsewhere(reference.address).connected { false }
        var reader = PartReader(session.profile, pages, keepsNames: options.verifies)
        var found = ReadJournal()
        try reader.read(ReadPart(base: reference.base, filter: session.profile.filter), over: connection) { (batch) in
            found.take(batch) { _ in }
        }
        try reader.complete(reader.outcome.partial, over: connection) { (batch) in found.take(batch) { _ in } }
        var outcome = reader.outcome
        if options.verifies {
            try verify(outcome.names, references: outcome.references, session.profile, below: reference.base, over: connection)
        }
        let references = outcome.references
        (outcome.references, outcome.partial) = ([], [])
        result.outcome.add(outcome)
        // Two servers may hold the same part, or the reference may lead back here.
        result.repeated.add(found.settle { _ in })
        result.journal.add(found, progress)
        return references
    }
}
