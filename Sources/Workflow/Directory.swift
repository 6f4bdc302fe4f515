internal import DirectorySource
internal import LDAPClient
internal import Parallel
internal import Records
internal import Reporting

/// The directory that the settings name, with fail-over, retries and progress.
struct Directory {
    private let console: Console
    private let showsProgress: Bool
    private let settings: Settings
    private let isCancelled: @Sendable () -> Bool
    private let deadline: Deadline
    private let now: @Sendable () -> String

    /// The time for everything begins here.
    init(_ settings: Settings, _ context: RunContext) throws(Failure) {
        guard !settings.places.isEmpty else {
            throw Failure(
                .usage, "No directory is named: give --directory ldap://HOST[:PORT] (or ldaps://…, ldapi://…, srv:DOMAIN, ldif:FILE).")
        }
        console = context.console
        showsProgress = settings.showsProgress
        self.settings = settings
        isCancelled = context.isCancelled
        now = context.now
        deadline = Deadline(after: settings.totalTimeout)
    }

    /// The complete read, and what the server that gave it says of itself; `progress` is told what comes, from every server that is tried.
    func read(_ progress: (ReadProgress) -> Void = { _ in }) throws(Failure) -> TrackedRead {
        defer { clearProgress() }
        return try timed { () throws(Failure) in try first { try $0.trackedRead { note($0, progress) } } }
    }

    /// The same, going on from what is kept in the file that the settings name, if they name one. `describes`: whether what the server says of
    /// itself is wanted, too.
    func readTracked(describes: Bool = false, _ progress: (ReadProgress) -> Void = { _ in }) throws(Failure) -> TrackedRead {
        guard let store else { return try read(progress) }
        defer { clearProgress() }
        let read = try timed { () throws(Failure) in
            _ = Background { LDAPLibrary.prepare() }  // while the file is read
            var (basis, whyNot): (TrackedSnapshot?, String) = (nil, "")
            switch try store.load() {
            case .kept(let kept): basis = kept
            case .nothing(let reason): whyNot = reason
            }
            return try first { source in
                guard let source = source as? LiveDirectory else { return try source.trackedRead { note($0, progress) } }
                return try source.read(since: basis, whyNot: whyNot, now: now(), describes: describes) { note($0, progress) }
            }
        }
        if !read.whyNotKept.isEmpty, !settings.quiet {
            console.talk("The next run has to read everything as well: \(read.whyNotKept).")
        }
        return read
    }

    /// Whether what is read may stand on servers that references lead to.
    var followsReferences: Bool { !settings.reading.followedServers.isEmpty }

    /// Where reads are kept; `nil` for nowhere.
    var store: SnapshotStore? { settings.snapshot.map { SnapshotStore($0, now: now()) } }

    private func timed(_ read: () throws(Failure) -> TrackedRead) throws(Failure) -> TrackedRead {
        let start = ContinuousClock.now
        let result = try read()
        if settings.verbose, !settings.quiet { sayHow(result.snapshot.proof, took: ContinuousClock.now - start) }
        return result
    }

    private func note(_ event: ReadProgress, _ progress: (ReadProgress) -> Void) {
        if case .came(let count, _) = event { showProgress("reading the directory: \(count) entries") }
        progress(event)
    }

    /// What was read, and how long it took. The searches themselves were told of as they were sent.
    private func sayHow(_ proof: ReadProof, took time: Duration) {
        clearProgress()
        if let changes = proof.changes {
            console.talk("Read what changed since \(changes.since), of \(proof.entries) entries, in \(Retry.exactWords(time)).")
            return
        }
        console.talk("Read \(proof.entries) entries in \(Retry.exactWords(time)).")
    }

    func recipients(at dns: [String]) throws(Failure) -> [String: Recipient] { try first { try $0.recipients(at: dns) } }

    func find(_ name: String, operational: Bool) throws(Failure) -> RawFinding {
        try first { try $0.find(name, operational: operational) }
    }

    /// Tries each server in order, and all of them again after a pause when none answered. What a broken read gave is thrown away.
    private func first<Answer>(_ ask: (any DirectorySource) throws -> Answer) throws(Failure) -> Answer {
        for round in 0...settings.retries {
            let trouble: Trouble
            switch try firstOfRound(ask) {
            case .success(let answer): return answer
            case .failure(let last): trouble = last
            }
            guard trouble.mayPass, settings.retries > round, deadline.left > .zero else { throw trouble.failure }
            let pause = Retry.pause(after: round)
            remark("\(trouble.summary) Trying again in \(Retry.words(pause)).")
            Retry.wait(pause, isCancelled: isCancelled)
        }
        throw Failure(.internalError, "No directory was asked.")
    }

    /// What the last server of a round said.
    private struct Trouble: Error {
        var failure: Failure
        /// The same without advice, for when it is heeded anyway.
        var summary: String
        /// Whether it may be over in a moment.
        var mayPass: Bool

        /// When nobody was there to ask.
        init(failure: Failure) {
            self.failure = failure
            summary = failure.message
            mayPass = false
        }

        /// Throws what no other server could answer better.
        init(_ error: any Error) throws(Failure) {
            failure = Failure(error)
            summary = (error as? LDAPError)?.summary ?? failure.message
            mayPass = (error as? LDAPError).map(\.isOutage) ?? false
            guard failure.status == .directoryUnavailable || failure.status == .busy else { throw failure }
        }
    }

    /// One try of each server. Only an unavailable one passes the question on; every other failure is thrown.
    private func firstOfRound<Answer>(_ ask: (any DirectorySource) throws -> Answer) throws(Failure) -> Result<Answer, Trouble> {
        var trouble: Trouble?
        for place in settings.places {
            if let trouble { remark("\(trouble.summary) Trying the next server.") }
            let sources: [any DirectorySource]
            do throws(LDAPError) { sources = try settings.sources(at: place, deadline, talk: talk, isCancelled) } catch {
                trouble = try Trouble(error)
                continue
            }
            for (index, source) in sources.enumerated() {
                if index > 0, let trouble { remark("\(trouble.summary) Trying the next server.") }
                do { return .success(try ask(source)) } catch { trouble = try Trouble(error) }
            }
        }
        return .failure(trouble ?? Trouble(failure: Failure(.internalError, "No directory was asked.")))
    }

    /// Says what is no error, unless nothing is to be said.
    private func remark(_ text: String) {
        if !settings.quiet { console.talk(text) }
    }

    private func showProgress(_ text: String) {
        if showsProgress { console.progress?(text) }
    }

    /// Tells of a search as the command line that repeats it; `nil` when nobody wants to know.
    private var talk: (@Sendable (String) -> Void)? {
        guard settings.verbose, !settings.quiet else { return nil }
        return { [console] in console.talk("Searching: \($0)") }
    }

    private func clearProgress() {
        if showsProgress { console.progress?("") }
    }
}

extension DirectorySource {
    /// The complete read, which is not to be gone on from.
    fileprivate func trackedRead(_ progress: (ReadProgress) -> Void) throws -> TrackedRead {
        let read = try describedRead(progress: progress)
        return TrackedRead(snapshot: read.snapshot, description: read.description)
    }
}

extension SearchLine {
    /// The line for a search.
    fileprivate func text(of request: SearchRequest) -> String {
        let scope =
            switch request.scope {
            case .base: "base"
            case .oneLevel: "one"
            case .subtree: "sub"
            }
        return text(
            base: request.base, scope: scope, filter: request.filter, attributes: request.attributes, pageSize: request.pageSize,
            sizeLimit: request.sizeLimit, control: request.shownControl)
    }
}

extension Settings {
    /// What was told, and what a plan does not remember of it but a search needs.
    fileprivate var toldForThisRun: [String: String] {
        var told = told
        told["client-certificate"] = tls.client?.certificate
        told["client-key"] = tls.client?.key
        told["keytab"] = keytab
        if case .off = tls.certificateCheck { told["certificate-check"] = "off" }
        return told
    }

    /// The sources at a place: one, or as many as the domain's name servers list.
    fileprivate func sources(
        at place: Place, _ deadline: Deadline, talk: (@Sendable (String) -> Void)?, _ isCancelled: @escaping @Sendable () -> Bool
    ) throws(LDAPError) -> [any DirectorySource] {
        func live(_ address: ServerAddress) -> any DirectorySource {
            var connection = ConnectionSettings(
                address: address, startTLS: startTLS, tls: tls, limits: limits, deadline: deadline, isCancelled: isCancelled)
            if let talk {
                let (name, settings) = (login.name, toldForThisRun)
                // References lead to other servers.
                connection.willSearch = { talk(SearchLine(server: $1.url, boundAs: name, settings: settings).text(of: $0)) }
            }
            return LiveDirectory(connection: connection, login: login, base: base, profile: profile, options: reading)
        }
        switch place {
        case .ldif(let path): return [LDIFDirectory(path: path, base: base, profile: profile)]
        case .server(let address): return [live(address)]
        case .domain(let domain): return try domain.servers(limits: limits, isCancelled: isCancelled).map(live)
        }
    }
}
