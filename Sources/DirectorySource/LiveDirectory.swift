public import LDAPClient
public import Records

/// Which profile translates the entries.
public enum ProfileChoice: Sendable {
    /// This one.
    case profile(DirectoryProfile)
    /// The first of these whose signature some entry matches.
    case automatic([DirectoryProfile])
}

/// How many entries are asked for at a time.
public enum PageSize: Sendable, Equatable {
    /// Pages of this size where the server offers paging; everything at once where it does not.
    case whereOffered(Int)
    /// Pages of this size, whatever the server says.
    case always(Int)
    /// Everything at once.
    case never
}

/// A directory read from a server over LDAP. Each operation makes a connection of its own.
public struct LiveDirectory: DirectorySource {
    private let connection: ConnectionSettings
    private let login: Login
    private let base: String?
    private let choice: ProfileChoice
    private let pageSize: PageSize

    /// A directory; nothing is sent before the first operation. `base`: `nil` takes the server's only naming context.
    public init(
        connection: ConnectionSettings, login: Login, base: String?, profile: ProfileChoice, pageSize: PageSize = .whereOffered(1000)
    ) {
        self.connection = connection
        self.login = login
        self.base = base
        choice = profile
        self.pageSize = pageSize
    }

    /// Reads every recipient below the base.
    ///
    /// Where a limit ends the read, it is begun once more with pages that do not grow: some servers refuse large ones.
    public func read(progress: (ReadProgress) -> Void) throws -> DirectorySnapshot {
        do { return try read(growingPages: true, progress) } catch {
            guard case .whereOffered = pageSize, let failure = error as? LDAPError, failure.mayComeOfLargePages else { throw error }
            return try read(growingPages: false, progress)
        }
    }

    /// Pages grow to this size: from here on, what the server does for each page is little beside sending its entries.
    private static let largestPageSize = 64_000

    private func read(growingPages: Bool, _ progress: (ReadProgress) -> Void) throws -> DirectorySnapshot {
        let session = try Session(self)
        var translator = EntryTranslator(session.profile)
        var collector = ReadCollector()
        var request = session.request(pageSize: pageSize)
        if growingPages, case .whereOffered = pageSize { request.largestPageSize = Self.largestPageSize }
        progress(.begins)
        let summary = try session.connection.search(request) { (entry) throws(LDAPError) in
            try entry.lend(name: { translator.begin(dn: $0) }, value: { translator.add(attribute: $0, value: $1) })
            collector.add(&translator, progress)
        }
        collector.handOn(progress)
        return DirectorySnapshot(recipients: collector.recipients, proof: session.proof(of: request, summary, translator.tally))
    }

    /// Reads single entries again.
    public func recipients(at dns: [String]) throws -> [String: Recipient] {
        let session = try Session(self)
        var translator = EntryTranslator(session.profile)
        var found: [String: Recipient] = [:]
        for dn in dns {
            let request = SearchRequest(base: dn, scope: .base, attributes: session.profile.attributes)
            do {
                _ = try session.connection.search(request) { (entry) throws(LDAPError) in
                    translator.begin(dn: dn.utf8.span)
                    try entry.forEachValue { attribute, value in translator.add(attribute: attribute, value: value) }
                    found[dn] = translator.recipient()
                }
            } catch {
                guard error.code == .noSuchObject else { throw error }
            }
        }
        return found
    }

    /// Every entry that the name may mean.
    public func rawEntries(named name: String, operational: Bool) throws -> [RawEntry] {
        if name.isEmpty { return [] }
        let session = try Session(self)
        let attributes = session.profile.rawAttributes(operational: operational)
        if name.contains("="), let entry = try session.rawEntries(SearchRequest(base: name, scope: .base, attributes: attributes)).first {
            return [entry]
        }
        let filter = session.profile.filter(naming: name)
        return try session.rawEntries(
            SearchRequest(base: session.base, filter: filter, attributes: attributes, pageSize: session.size(pageSize)), naming: name)
    }

    /// What the server says of itself.
    public func selfDescription() throws -> DirectoryDescription {
        let connection = try LDAPConnection.open(connection)
        try connection.logIn(login)
        return try description(connection.rootEntry(), of: connection)
    }

    fileprivate func description(_ root: RootEntry, of open: borrowing LDAPConnection) throws(LDAPError) -> DirectoryDescription {
        DirectoryDescription(
            source: connection.address.url, product: root.product, namingContexts: root.namingContexts, boundAs: login.name,
            identity: root.supportsWhoAmI ? try open.whoAmI() : nil, protection: open.protection,
            supportsPaging: root.supportsPaging, controls: root.controls)
    }

    /// An open connection, logged in, with base and profile decided.
    private struct Session: ~Copyable {
        let connection: LDAPConnection
        let base: String
        let profile: DirectoryProfile
        private let evidence: String
        private let description: DirectoryDescription

        init(_ directory: LiveDirectory) throws {
            let connection = try LDAPConnection.open(directory.connection)
            try connection.logIn(directory.login)
            let root = try connection.rootEntry()
            let base = try directory.base ?? root.onlyContext(of: directory.connection.address)
            let (profile, evidence) = try connection.choose(directory.choice, base: base)
            description = try directory.description(root, of: connection)
            self.base = base
            self.profile = profile
            self.evidence = evidence
            self.connection = connection
        }

        /// The page size to ask for; `nil` for none.
        func size(_ choice: PageSize) -> Int? {
            switch choice {
            case .whereOffered(let size): description.supportsPaging ? size : nil
            case .always(let size): size
            case .never: nil
            }
        }

        func request(pageSize choice: PageSize) -> SearchRequest {
            SearchRequest(base: base, filter: profile.filter, attributes: profile.attributes, pageSize: size(choice))
        }

        /// All entries; with `name` only the recipients that it means.
        func rawEntries(_ request: SearchRequest, naming name: String? = nil) throws -> [RawEntry] {
            var entries: [RawEntry] = []
            var translator = EntryTranslator(profile)
            do {
                _ = try connection.search(request) { (entry) throws(LDAPError) in
                    var collector = RawCollector(profile)
                    var dn = ""
                    try entry.lend(name: { name in
                        translator.begin(dn: name)
                        dn = translator.dnText
                    }) { attribute, value in
                        collector.add(attribute, value)
                        translator.add(attribute: attribute, value: value)
                    }
                    let recipient = translator.recipient()
                    if let name, !(recipient.map { profile.means(name, $0) } ?? false) { return }
                    entries.append(RawEntry(dn: dn, attributes: collector.attributes))
                }
            } catch {
                guard request.scope == .base, [.noSuchObject, .invalidDNSyntax].contains(error.code) else { throw error }
            }
            return entries
        }

        func proof(of request: SearchRequest, _ summary: SearchSummary, _ tally: ReadTally) -> ReadProof {
            ReadProof(
                source: description.source, product: description.product, boundAs: description.boundAs, identity: description.identity,
                protection: description.protection, base: base,
                filter: request.filter, profile: profile.name, profileEvidence: evidence, pageSize: summary.largestPage,
                pages: summary.pages,
                entries: summary.entries, recipients: tally.recipients, references: summary.references,
                gaps: tally.gaps(
                    profile: profile, references: summary.references, account: (description.boundAs, description.identity)),
                remarks: tally.remarks)
        }
    }
}

extension LDAPError {
    /// Whether smaller pages may help.
    fileprivate var mayComeOfLargePages: Bool {
        [.sizeLimitExceeded, .timeLimitExceeded, .adminLimitExceeded, .unwillingToPerform].contains(code)
    }
}
