internal import LDAPClient
internal import Records

extension LiveDirectory {
    /// Reads what the directory holds now: only what changed since `basis`, where that fits and the server can tell; otherwise everything.
    /// The proof says which of the two it was, and why everything had to be read.
    ///
    /// `whyNot`: why there is no basis, in words. `now`: the time, RFC 3339 in UTC. `describes`: whether what the server says of itself is
    /// wanted, too. Throws like `read`: nothing of a broken read is kept.
    public func read(
        since basis: TrackedSnapshot?, whyNot: String = "", now: String, describes: Bool = false, progress: (ReadProgress) -> Void
    ) throws -> TrackedRead {
        var reason = whyNot
        if let basis {
            switch try readChanges(since: basis, now: now, describes: describes, progress) {
            case .success(let read): return read
            case .failure(let unknowable): reason = unknowable.why
            }
        }
        return try readEverything(because: reason, now: now, progress)
    }

    private func readEverything(because reason: String, now: String, _ progress: (ReadProgress) -> Void) throws -> TrackedRead {
        let all = try readEverything(tracks: true, progress)
        var read = TrackedRead(snapshot: all.snapshot, description: all.description)
        if !reason.isEmpty { read.snapshot.proof.fullReadReason = reason }
        switch all.method {
        case .failure(let unknowable): read.whyNotKept = unknowable.why
        case .success where all.hasRepeated: read.whyNotKept = "entries came more than once"
        case .success where all.table.lacksIDs:
            read.whyNotKept = "some entries do not show to this account by what they could be known again"
        case .success where all.table.places() == nil: read.whyNotKept = "two entries have the same id"
        case .success(let cookie):
            read.kept = TrackedSnapshot(snapshot: read.snapshot, fullReadAt: now, readAt: now, table: all.table, cookie: cookie)
        }
        return read
    }

    private func readChanges(
        since basis: TrackedSnapshot, now: String, describes: Bool, _ progress: (ReadProgress) -> Void
    ) throws -> Result<TrackedRead, Unknowable> {
        guard options.followedServers.isEmpty else { return .failure(Unknowable(why: "references are followed to other servers")) }
        guard !options.showsDeleted else { return .failure(Unknowable(why: "deleted entries are asked for")) }
        guard let profile = profile(of: basis.cookie) else {
            return .failure(Unknowable(why: "it was read with another profile, filter or set of attributes"))
        }
        let proof = basis.snapshot.proof
        var session = try Session(self, goingOnFrom: proof, in: basis.cookie.place.context, profile, describes: describes)
        if describes { progress(.described(session.description)) }
        if let difference = basis.cookie.place.difference(from: try session.cookiePlace(self, session.root)) {
            return .failure(Unknowable(why: difference))
        }
        session.profile.tracking = basis.cookie.tracking
        let pages = PagePlan(options.pageSize, goingOnFrom: proof)
        var reader = ChangeReader(since: basis.table, basis.cookie, pages)
        let changes: SnapshotChanges
        var next = basis
        switch try reader.read(session) {
        case .startOver(let reason): return .failure(Unknowable(why: reason))
        case .unchanged: changes = .changes(updated: [], removed: [])
        case .changes(let found, let cookie): (changes, next.cookie, next.readAt) = (found, cookie, now)
        }
        guard let (table, counts) = changes.applied(to: basis.table) else { return .failure(Unknowable(why: "")) }
        next.table = table
        if options.verifies { try verify(table, session, pages) }
        let hasNews = next.cookie != basis.cookie || !counts.isEmpty
        next.snapshot = try snapshot(of: table, since: basis, counts, hasNews: hasNews, session)
        report(next.snapshot, progress)
        var read = TrackedRead(snapshot: next.snapshot, description: describes ? session.description : nil)
        (read.kept, read.isUnchanged) = (next, !hasNews)
        return .success(read)
    }

    /// The profile that a cookie belongs to, among those that may be chosen now.
    private func profile(of cookie: ChangeCookie) -> DirectoryProfile? {
        switch choice {
        case .profile(let profile): profile.lines == cookie.place.profile && !cookie.place.isProfileFound ? profile : nil
        case .automatic(let profiles): cookie.place.isProfileFound ? profiles.first { $0.lines == cookie.place.profile } : nil
        }
    }

    private func verify(_ table: EntryTable, _ session: borrowing Session, _ pages: PagePlan) throws {
        try withoutActuallyEscaping({ (_: ReadProgress) in }) { progress throws(LDAPError) in
            try FullRead(directory: self, pages: pages, progress: progress).verify(
                table.records.map(\.dn), references: nil, session.profile, below: session.base, over: session.connection)
        }
    }

    /// The snapshot with the proof that a fresh read would have, but for how it was read.
    private func snapshot(
        of table: EntryTable, since basis: TrackedSnapshot, _ counts: SnapshotChanges.Counts, hasNews: Bool, _ session: borrowing Session
    ) throws -> DirectorySnapshot {
        var proof = basis.snapshot.proof
        if hasNews {
            var result = FullRead.Result()
            result.journal = ReadJournal(table)
            let slots = AttributeSlots(session.profile.attributes)
            result.outcome.tally = ReadTally(table, slots, own: session.profile.ownAttributes.count)
            let references = SearchRequest(base: session.base, filter: "(objectClass=referral)", attributes: ["1.1"])
            result.outcome.references = try session.connection.search(references) { _ throws(LDAPError) in }.references
            (result.outcome.largestPage, result.outcome.unpaged) = (proof.pageSize, proof.unpaged)
            if proof.unpaged == .ignored, RoundNumber.isLikelyLimit(table.count) { result.outcome.roundEnd = table.count }
            proof = session.proof(of: result)
        } else {
            (proof.identity, proof.protection) = (session.identity, session.connection.protection)
            proof.certificateCheckOff = session.connection.certificateCheckOff
        }
        (proof.pages, proof.fullestPage, proof.shortPages, proof.parts, proof.connections) = (0, 0, 0, 0, 1)
        (proof.changedEntries, proof.isVerified, proof.fullReadReason) = (0, options.verifies, nil)
        proof.changes = ReadProof.Changes(
            since: basis.readAt, fullReadAt: basis.fullReadAt, method: basis.cookie.method.inWords(basis.cookie.tracking.stamp),
            added: counts.added, changed: counts.changed, removed: counts.removed)
        return DirectorySnapshot(recipients: hasNews ? table.recipients : basis.snapshot.recipients, proof: proof)
    }

    /// How many recipients are told of at a time: as many as a read has in a batch.
    private static let batch = 4000

    private func report(_ snapshot: DirectorySnapshot, _ progress: (ReadProgress) -> Void) {
        progress(.begins)
        let recipients = snapshot.recipients
        for start in stride(from: 0, to: recipients.count, by: Self.batch) {
            let end = min(start + Self.batch, recipients.count)
            progress(.came(entries: end == recipients.count ? snapshot.proof.entries : end, recipients: Array(recipients[start..<end])))
        }
    }
}
