internal import DirectorySource
internal import LDAPClient
internal import Records
internal import Reporting

/// The directory that the settings name, with fail-over and progress.
struct Directory {
    private let sources: [any DirectorySource]
    private let console: Console
    private let showsProgress: Bool
    private let settings: Settings

    init(_ settings: Settings, _ context: RunContext) throws(Failure) {
        guard !settings.places.isEmpty else {
            throw Failure(.usage, "No directory is named: give --directory ldap://HOST[:PORT] (or ldaps://…, ldapi://…, ldif:FILE).")
        }
        sources = settings.places.map { settings.source(at: $0, isCancelled: context.isCancelled) }
        console = context.console
        showsProgress = settings.showsProgress
        self.settings = settings
    }

    /// The complete read; `progress` is told what comes, from every server that is tried.
    func read(_ progress: (ReadProgress) -> Void = { _ in }) throws(Failure) -> DirectorySnapshot {
        defer { clearProgress() }
        let start = ContinuousClock.now
        let snapshot = try first { source in
            try source.read { event in
                if case .came(let count, _) = event { showProgress("reading the directory: \(count) entries") }
                progress(event)
            }
        }
        if settings.verbose, !settings.quiet { sayHow(snapshot.proof, took: ContinuousClock.now - start) }
        return snapshot
    }

    /// What was read, how long it took, and the same search as a command line.
    private func sayHow(_ proof: ReadProof, took time: Duration) {
        clearProgress()
        let line = SearchLine(proof, settings: settings.toldWithFiles).text(base: proof.base, filter: proof.filter)
        console.talk("Read \(proof.entries) entries in \(time). The same search: \(line)")
    }

    func recipients(at dns: [String]) throws(Failure) -> [String: Recipient] { try first { try $0.recipients(at: dns) } }

    func rawEntries(named name: String) throws(Failure) -> [RawEntry] { try first { try $0.rawEntries(named: name) } }

    func selfDescription() throws(Failure) -> DirectoryDescription { try first { try $0.selfDescription() } }

    /// Tries each server in order; only an unavailable one passes the question on. What a broken read gave is thrown away.
    private func first<Answer>(_ ask: (any DirectorySource) throws -> Answer) throws(Failure) -> Answer {
        for (index, source) in sources.enumerated() {
            do {
                return try ask(source)
            } catch {
                let failure = Failure(error)
                guard failure.status == .directoryUnavailable || failure.status == .busy, index + 1 < sources.count else { throw failure }
                console.talk("\(failure.message) Trying the next server.")
            }
        }
        throw Failure(.internalError, "No directory was asked.")
    }

    private func showProgress(_ text: String) {
        if showsProgress { console.progress?(text) }
    }

    private func clearProgress() {
        if showsProgress { console.progress?("") }
    }
}

extension Settings {
    /// What was told, and the files that a plan does not remember.
    fileprivate var toldWithFiles: [String: String] {
        var told = told
        told["client-certificate"] = tls.client?.certificate
        told["client-key"] = tls.client?.key
        return told
    }

    fileprivate func source(at place: Place, isCancelled: @escaping @Sendable () -> Bool) -> any DirectorySource {
        switch place {
        case .ldif(let path): return LDIFDirectory(path: path, base: base, profile: profile)
        case .server(let address):
            let connection = ConnectionSettings(
                address: address, startTLS: startTLS, tls: tls, limits: limits, isCancelled: isCancelled)
            return LiveDirectory(connection: connection, login: login, base: base, profile: profile, pageSize: pageSize)
        }
    }
}
