internal import LDAPClient
internal import Records

extension LiveDirectory {
    /// An open connection, logged in, with base and profile decided.
    struct Session: ~Copyable {
        let connection: LDAPConnection
        /// The directory on the server that is read.
        let directory: LiveDirectory
        let root: RootEntry
        let base: String
        var profile: DirectoryProfile
        private let evidence: String
        /// What the server says of itself.
        let description: DirectoryDescription
        /// The naming context in which the base stands; `nil` when the server names none.
        let context: String?
        /// References that led here, each from the server before.
        private let referredBy: [String]

        /// Connects, logs in, and finds out what is to be read. Where the server says that the base stands on another one, and that one may be asked
        /// (`followedServers`), the session is one on that server. `described` is told what each says of itself before anything is asked that may fail.
        static func open(_ directory: LiveDirectory, described: (DirectoryDescription) -> Void = { _ in }) throws -> Session {
            try open(directory, referredBy: [], described)
        }

        private static func open(
            _ directory: LiveDirectory, referredBy: [String], _ described: (DirectoryDescription) -> Void
        ) throws -> Session {
            let connection = try directory.connected { false }
            let root = try connection.rootEntry()
            let description = try directory.description(root, of: connection)
            described(description)
            let base = try directory.base ?? root.onlyContext(of: directory.connection.address)
            let references = try directory.references(of: base, hops: referredBy.count, over: connection)
            // Each of them will do (RFC 4511, section 4.1.10): the first that answers.
            for (place, (text, reference)) in references.enumerated() {
                var next = directory.elsewhere(reference.address)
                next.base = reference.base
                do { return try open(next, referredBy: referredBy + [text], described) } catch let error as LDAPError {
                    guard place + 1 < references.count, error.isOutage else { throw error }
                }
            }
            if directory.options.showsDeleted, !root.controls.contains(DeletedEntries.control) { throw directory.cannotShowDeleted }
            let (profile, evidence) = try connection.choose(directory.choice, base: base)
            return Session(connection, directory, root, description, base: base, profile, evidence, referredBy)
        }

        private init(
            _ connection: consuming LDAPConnection, _ directory: LiveDirectory, _ root: RootEntry, _ description: DirectoryDescription,
            base: String, _ profile: DirectoryProfile, _ evidence: String, _ referredBy: [String]
        ) {
            self.directory = directory
            self.description = description
            self.root = root
            self.base = base
            context = root.context(of: base)
            self.profile = profile
            self.evidence = evidence
            self.referredBy = referredBy
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
            referredBy = []
            self.directory = directory
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
            let isShown = !connection.settings.showsDeleted || tally.deleted > 0
            let remarks =
                (outcome.unpaged == .ignored ? [Unseen.ignoredPaging] : []) + (isShown ? [] : [Unseen.noDeleted]) + profile.remarks
                + tally.remarks
            var proof = ReadProof(
                source: description.source, product: description.product, boundAs: description.boundAs, identity: description.identity,
                protection: description.protection, base: base, filter: profile.filter, profile: profile.name, profileEvidence: evidence,
                pageSize: outcome.largestPage, unpaged: outcome.unpaged, pages: outcome.pages, fullestPage: outcome.fullestPage,
                shortPages: outcome.shortPages,
                parts: outcome.parts, entries: result.journal.entries, recipients: tally.recipients,
                connections: result.connections, references: outcome.references, followedReferences: referredBy + result.followed,
                changedEntries: result.changedEntries, isVerified: result.isVerified, unseenAttributes: tally.unseen?.sorted() ?? [],
                gaps: gaps, remarks: remarks)
            proof.deleted = tally.deleted
            // Success: a search that ended otherwise has thrown.
            proof.resultCode = 0
            proof.certificateCheckOff = description.certificateCheckOff
            return proof
        }
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

    fileprivate var cannotShowDeleted: LDAPError {
        LDAPError(
            .badSetting, doing: "asking \(connection.address) for deleted entries",
            because: "the server does not offer the control for them (\(DeletedEntries.control))",
            advice: "Leave out --show-deleted: Exchange 5.5 shows them to the administrator's view without it, and other servers keep none."
        )
    }

    /// A base that servers refer to from one to the next over so many is found nowhere.
    private static let mostHops = 5

    /// Where the server says that others hold the base, as far as they may be asked; none where the base stands here, or is nowhere. `hops`: over how
    /// many servers it was looked for.
    ///
    /// Asked only where references are followed at all. Whatever else is wrong with the base shows when it is read.
    fileprivate func references(
        of base: String, hops: Int, over open: borrowing LDAPConnection
    ) throws(LDAPError) -> [(text: String, reference: Reference)] {
        guard !options.followedServers.isEmpty else { return [] }
        do throws(LDAPError) {
            _ = try open.search(SearchRequest(base: base, scope: .base, attributes: ["1.1"])) { _ throws(LDAPError) in }
            return []
        } catch {
            guard error.code == .referral else {
                guard case .server = error.code.origin else { throw error }
                return []
            }
            guard hops < Self.mostHops else {
                throw error.advising("\(hops) servers refer to each other for it: name the one that holds it with --directory.")
            }
            let walk = ReferenceWalk(self, base: base, scope: .base)
            let allowed = error.references.compactMap { text in walk.allowed(text).map { (text: text, reference: $0) } }
            guard allowed.isEmpty else { return allowed }
            throw error.advising(
                "Name that server with --follow-references, too, or with --directory. From a connection with TLS it is followed only to ldaps:// or with --start-tls."
            )
        }
    }
}
