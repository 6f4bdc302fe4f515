public import LDAPClient
public import Records

/// Which profile translates the entries.
public enum ProfileChoice: Sendable {
    /// This one.
    case profile(DirectoryProfile)
    /// The first of these whose signature some entry matches.
    case automatic([DirectoryProfile])
}

/// A directory read from a server over LDAP. Each operation makes a connection of its own.
public struct LiveDirectory: DirectorySource {
    var connection: ConnectionSettings
    let login: Login
    let base: String?
    let choice: ProfileChoice
    let options: ReadingOptions

    /// A directory; nothing is sent before the first operation. `base`: `nil` takes the server's only naming context.
    public init(
        connection: ConnectionSettings, login: Login, base: String?, profile: ProfileChoice, options: ReadingOptions = ReadingOptions()
    ) {
        self.connection = connection
        self.login = login
        self.base = base
        choice = profile
        self.options = options
    }

    /// Reads every recipient below the base.
    ///
    /// Where a limit ends the read, or the server refuses pages, it is begun anew in other ones, or without: see `PageTrials`.
    public func describedRead(progress: (ReadProgress) -> Void) throws -> DescribedRead {
        let all = try readEverything(tracks: false, progress)
        return DescribedRead(snapshot: all.snapshot, description: all.description)
    }

    /// What a read of everything gave.
    struct Everything {
        var snapshot: DirectorySnapshot
        var description: DirectoryDescription
        var table: EntryTable
        /// Whether some entry came more than once.
        var hasRepeated: Bool
        /// How to ask for changes since before the read; a reason where nobody can.
        var method: Result<ChangeCookie, Unknowable>
    }

    /// Reads everything; with `tracks` so that a later read may begin with it.
    func readEverything(tracks: Bool, _ progress: (ReadProgress) -> Void) throws -> Everything {
        var trials = PageTrials(options.pageSize)
        while true {
            var session = try Session(self) { progress(.described($0)) }
            let plan = trials.next(isOffered: session.root.supportsPaging)
            do throws(LDAPError) {
                let method = tracks ? try session.track(self, plan) : .failure(Unknowable(why: ""))
                var result = try withoutActuallyEscaping(progress) { (progress) throws(LDAPError) in
                    try FullRead(directory: self, pages: plan, progress: progress).run(session)
                }
                try trials.check(entries: result.came)
                if trials.isRefused { result.outcome.unpaged = .refused }
                let snapshot = DirectorySnapshot(recipients: result.journal.recipients, proof: session.proof(of: result))
                return Everything(
                    snapshot: snapshot, description: session.description, table: result.journal.table,
                    hasRepeated: !result.repeated.isEmpty, method: method)
            } catch { try trials.note(error) }
        }
    }

    /// An open connection, logged in. `isGivenUp` ends its operations like the settings' own question.
    func connected(_ isGivenUp: @escaping @Sendable () -> Bool) throws(LDAPError) -> LDAPConnection {
        var settings = connection
        settings.isCancelled = { [connection] in connection.isCancelled() || isGivenUp() }
        let open = try LDAPConnection.open(settings)
        try open.logIn(login)
        return open
    }

    /// The same on another server, for what a reference leads to.
    func elsewhere(_ address: ServerAddress) -> LiveDirectory {
        var other = self
        other.connection.address = address
        // There, TLS is there from the start.
        if address.transport == .ldaps { other.connection.startTLS = false }
        return other
    }

    /// Reads single entries again.
    public func recipients(at dns: [String]) throws -> [String: Recipient] {
        let session = try Session(self)
        var translator = EntryTranslator(session.profile)
        var found: [String: Recipient] = [:]
        for dn in dns where try session.connection.readWhole(dn, session.profile.attributes, into: &translator) {
            found[dn] = translator.recipient()
        }
        return found
    }

    /// Every entry that the name may mean, also on servers to which references are followed.
    public func find(_ name: String, operational: Bool) throws -> RawFinding {
        let session = try Session(self)
        return try RawSearch(self, name, session, operational: operational).run(session)
    }

    fileprivate func description(_ root: RootEntry, of open: borrowing LDAPConnection) throws(LDAPError) -> DirectoryDescription {
        let identity = root.supportsWhoAmI ? try open.whoAmI() : nil
        return DirectoryDescription(
            source: connection.address.url, product: try open.product(root), namingContexts: root.namingContexts,
            boundAs: account(identity, on: open), identity: identity, protection: open.protection,
            certificateCheckOff: open.certificateCheckOff, supportsPaging: root.supportsPaging, controls: root.controls)
    }

    /// The name that was logged in with. With a Kerberos ticket nobody gave one: where the server does not say whom it sees, it is the ticket's.
    fileprivate func account(_ identity: String?, on open: borrowing LDAPConnection) -> String {
        guard case .kerberos = login, identity == nil, let principal = open.saslUserName else { return login.name }
        return "\(principal) \(login.name)"
    }

    /// An open connection, logged in, with base and profile decided.
    struct Session: ~Copyable {
        let connection: LDAPConnection
        let root: RootEntry
        let base: String
        var profile: DirectoryProfile
        private let evidence: String
        /// What the server says of itself.
        let description: DirectoryDescription
        /// The naming context in which the base stands; `nil` when the server names none.
        let context: String?

        /// `described` is told what the server says of itself before anything is asked that may fail.
        init(_ directory: LiveDirectory, described: (DirectoryDescription) -> Void = { _ in }) throws {
            let connection = try directory.connected { false }
            let root = try connection.rootEntry()
            let description = try directory.description(root, of: connection)
            described(description)
            let base = try directory.base ?? root.onlyContext(of: directory.connection.address)
            let (profile, evidence) = try connection.choose(directory.choice, base: base)
            self.description = description
            self.root = root
            self.base = base
            context = root.context(of: base)
            self.profile = profile
            self.evidence = evidence
            self.connection = connection
        }

        /// A connection on which a read goes on that `proof` tells of; `profile` is the one that it was made with. `describes`: whether the
        /// server is asked for all that it says of itself, which is more than the reading of changes itself takes.
        init(
            _ directory: LiveDirectory, goingOnFrom proof: ReadProof, in context: String?, _ profile: DirectoryProfile, describes: Bool
        ) throws(LDAPError) {
            let connection = try directory.connected { false }
            let root = try describes ? connection.rootEntry() : connection.rootEntry(RootEntry.identityAttributes)
            if describes {
                description = try directory.description(root, of: connection)
            } else {
                let identity = proof.identity == nil ? nil : try connection.whoAmI()
                description = DirectoryDescription(
                    source: connection.settings.address.url, product: proof.product, namingContexts: [],
                    boundAs: directory.account(identity, on: connection), identity: identity, protection: connection.protection,
                    certificateCheckOff: connection.certificateCheckOff, supportsPaging: proof.pageSize != nil, controls: [])
            }
            self.root = root
            base = proof.base
            self.context = context
            self.profile = profile
            evidence = proof.profileEvidence
            self.connection = connection
        }

        /// As whom the server regards the account.
        var identity: String? { description.identity }

        func proof(of result: FullRead.Result) -> ReadProof {
            let (outcome, tally) = (result.outcome, result.outcome.tally)
            var gaps = tally.gaps(
                profile: profile, references: outcome.references, repeated: result.repeated,
                account: (description.boundAs, description.identity))
            if let count = outcome.roundEnd { gaps.append(Unseen.roundEnd(count)) }
            let remarks = (outcome.unpaged == .ignored ? [Unseen.ignoredPaging] : []) + profile.remarks + tally.remarks
            var proof = ReadProof(
                source: description.source, product: description.product, boundAs: description.boundAs, identity: description.identity,
                protection: description.protection, base: base, filter: profile.filter, profile: profile.name, profileEvidence: evidence,
                pageSize: outcome.largestPage, unpaged: outcome.unpaged, pages: outcome.pages, fullestPage: outcome.fullestPage,
                shortPages: outcome.shortPages,
                parts: outcome.parts, entries: result.journal.entries, recipients: tally.recipients,
                connections: result.connections, references: outcome.references, followedReferences: result.followed,
                changedEntries: result.changedEntries, isVerified: result.isVerified, unseenAttributes: tally.unseen?.sorted() ?? [],
                gaps: gaps, remarks: remarks)
            proof.deleted = tally.deleted
            // Success: a search that ended otherwise has thrown.
            proof.resultCode = 0
            proof.certificateCheckOff = description.certificateCheckOff
            return proof
        }
    }
}
