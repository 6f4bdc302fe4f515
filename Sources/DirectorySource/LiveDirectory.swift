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
    /// Where a limit ends the read, it is begun once more with smaller pages: some servers refuse large ones.
    public func read(progress: (ReadProgress) -> Void) throws -> DirectorySnapshot { try readEverything(tracks: false, progress).snapshot }

    /// What a read of everything gave.
    struct Everything {
        var snapshot: DirectorySnapshot
        var table: EntryTable
        /// Whether some entry came more than once.
        var hasRepeated: Bool
        /// How to ask for changes since before the read; a reason where nobody can.
        var method: Result<ChangeCookie, Unknowable>
    }

    /// Reads everything; with `tracks` so that a later read may begin with it.
    func readEverything(tracks: Bool, _ progress: (ReadProgress) -> Void) throws -> Everything {
        var plans: [PagePlan]?
        while true {
            var session = try Session(self)
            let method = tracks ? try session.track(self) : .failure(Unknowable(why: ""))
            var left = plans ?? PagePlan.all(options.pageSize, isOffered: session.root.supportsPaging)
            let plan = left.removeFirst()
            do throws(LDAPError) {
                let result = try withoutActuallyEscaping(progress) { (progress) throws(LDAPError) in
                    try FullRead(directory: self, pages: plan, progress: progress).run(session)
                }
                let snapshot = DirectorySnapshot(recipients: result.journal.recipients, proof: session.proof(of: result))
                return Everything(snapshot: snapshot, table: result.journal.table, hasRepeated: !result.repeated.isEmpty, method: method)
            } catch {
                guard error.mayComeOfLargePages, !left.isEmpty else { throw error }
            }
            plans = left
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

    /// Every entry that the name may mean.
    public func rawEntries(named name: String, operational: Bool) throws -> [RawEntry] {
        if name.isEmpty { return [] }
        let session = try Session(self)
        let attributes = session.profile.rawAttributes(operational: operational)
        // A DN spells a null character as \00.
        if name.contains("="), !name.utf8.contains(0),
            let entry = try session.rawEntries(SearchRequest(base: name, scope: .base, attributes: attributes)).first
        {
            return [entry]
        }
        let filter = session.profile.filter(naming: name)
        let pages = PagePlan.all(options.pageSize, isOffered: session.root.supportsPaging)[0]
        return try session.rawEntries(
            SearchRequest(base: session.base, filter: filter, attributes: attributes, pageSize: pages.size), naming: name)
    }

    /// What the server says of itself.
    public func selfDescription() throws -> DirectoryDescription {
        let connection = try connected { false }
        return try description(connection.rootEntry(), of: connection)
    }

    fileprivate func description(_ root: RootEntry, of open: borrowing LDAPConnection) throws(LDAPError) -> DirectoryDescription {
        DirectoryDescription(
            source: connection.address.url, product: root.product, namingContexts: root.namingContexts, boundAs: login.name,
            identity: root.supportsWhoAmI ? try open.whoAmI() : nil, protection: open.protection,
            certificateCheckOff: open.certificateCheckOff, supportsPaging: root.supportsPaging, controls: root.controls)
    }

    /// An open connection, logged in, with base and profile decided.
    struct Session: ~Copyable {
        let connection: LDAPConnection
        let root: RootEntry
        let base: String
        var profile: DirectoryProfile
        private let evidence: String
        private let description: DirectoryDescription
        /// The naming context in which the base stands; `nil` when the server names none.
        let context: String?

        init(_ directory: LiveDirectory) throws {
            let connection = try directory.connected { false }
            let root = try connection.rootEntry()
            let base = try directory.base ?? root.onlyContext(of: directory.connection.address)
            let (profile, evidence) = try connection.choose(directory.choice, base: base)
            description = try directory.description(root, of: connection)
            self.root = root
            self.base = base
            context = root.context(of: base)
            self.profile = profile
            self.evidence = evidence
            self.connection = connection
        }

        /// A connection on which a read goes on that `proof` tells of; `profile` is the one that it was made with.
        init(_ directory: LiveDirectory, goingOnFrom proof: ReadProof, in context: String?, _ profile: DirectoryProfile) throws(LDAPError) {
            let connection = try directory.connected { false }
            let root = try connection.rootEntry(RootEntry.identityAttributes)
            description = DirectoryDescription(
                source: connection.settings.address.url, product: proof.product, namingContexts: [], boundAs: directory.login.name,
                identity: proof.identity == nil ? nil : try connection.whoAmI(), protection: connection.protection,
                certificateCheckOff: connection.certificateCheckOff, supportsPaging: proof.pageSize != nil, controls: [])
            self.root = root
            base = proof.base
            self.context = context
            self.profile = profile
            evidence = proof.profileEvidence
            self.connection = connection
        }

        /// As whom the server regards the account.
        var identity: String? { description.identity }

        /// All entries; with `name` only the recipients that it means.
        func rawEntries(_ request: SearchRequest, naming name: String? = nil) throws -> [RawEntry] {
            var entries: [RawEntry] = []
            var translator = EntryTranslator(profile)
            do throws(LDAPError) {
                _ = try connection.search(request) { (entry) throws(LDAPError) in
                    var collector = RawCollector(profile)
                    var dn = ""
                    dn = try entry.forEachValue { collector.add($0, $1) }
                    try entry.lend { translator.take(dn: $0, attributes: $1) }
                    let recipient = translator.recipient()
                    if let name, !(recipient.map { profile.means(name, $0) } ?? false) { return }
                    entries.append(RawEntry(dn: dn, attributes: collector.attributes))
                }
            } catch {
                guard request.scope == .base, [.noSuchObject, .invalidDNSyntax].contains(error.code) else { throw error }
            }
            for index in entries.indices { try connection.complete(&entries[index]) }
            return entries
        }

        func proof(of result: FullRead.Result) -> ReadProof {
            let (outcome, tally) = (result.outcome, result.outcome.tally)
            let gaps = tally.gaps(
                profile: profile, references: outcome.references, repeated: result.repeated,
                account: (description.boundAs, description.identity))
            var proof = ReadProof(
                source: description.source, product: description.product, boundAs: description.boundAs, identity: description.identity,
                protection: description.protection, base: base, filter: profile.filter, profile: profile.name, profileEvidence: evidence,
                pageSize: outcome.largestPage, pages: outcome.pages, fullestPage: outcome.fullestPage, shortPages: outcome.shortPages,
                parts: outcome.parts, entries: result.journal.entries, recipients: tally.recipients,
                connections: result.connections, references: outcome.references, followedReferences: result.followed,
                changedEntries: result.changedEntries, isVerified: result.isVerified, unseenAttributes: tally.unseen?.sorted() ?? [],
                gaps: gaps, remarks: tally.remarks)
            proof.deleted = tally.deleted
            // Success: a search that ended otherwise has thrown.
            proof.resultCode = 0
            proof.certificateCheckOff = description.certificateCheckOff
            return proof
        }
    }
}
