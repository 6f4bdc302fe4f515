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
    var base: String?
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
            var session = try Session.open(self) { progress(.described($0)) }
            let plan = trials.next(isOffered: session.root.supportsPaging)
            do throws(LDAPError) {
                let method = tracks ? try session.track(self, plan) : .failure(Unknowable(why: ""))
                var result = try withoutActuallyEscaping(progress) { (progress) throws(LDAPError) in
                    try FullRead(directory: session.directory, pages: plan, progress: progress).run(session)
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
        settings.showsDeleted = options.showsDeleted
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

    /// Reads single entries again. References are not followed for them.
    public func recipients(at dns: [String]) throws -> [String: Recipient] {
        let session = try Session.open(self)
        var translator = EntryTranslator(session.profile)
        var found: [String: Recipient] = [:]
        for dn in dns where try session.connection.readWhole(dn, session.profile.attributes, into: &translator) {
            found[dn] = translator.recipient()
        }
        return found
    }

    /// Every entry that the name may mean, also on servers to which references are followed.
    public func find(_ name: String, operational: Bool) throws -> RawFinding {
        let session = try Session.open(self)
        return try RawSearch(session.directory, name, session, operational: operational).run(session)
    }
}
