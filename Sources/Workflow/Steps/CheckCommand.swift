internal import DirectorySource
internal import CSV
internal import MigrationFile
internal import Parallel
internal import Reconciler
internal import Records
internal import Reporting

/// `check [FILE…]`: what the server is and what it shows, what the files are and what is wrong with them.
public struct CheckCommand: Sendable {
    /// The migration files; may be empty.
    public var files: [String]

    /// A command from its parts.
    public init(files: [String]) { self.files = files }

    /// Runs the command. Changes nothing but the file in which the read is kept, if there is one.
    ///
    /// What cannot be read keeps nothing else from being shown. Then come the errors, those of the files first, and the status is the first one's.
    public func run(_ context: RunContext) throws(Failure) -> ExitStatus {
        let settings = try Settings(context)
        guard !files.isEmpty || !settings.places.isEmpty else {
            throw Failure(.usage, "There is nothing to check: give a migration file, --directory, or both.")
        }
        try MigrationInput.refuseRepeated(files)
        var (directory, inputs, failures): (CheckedDirectory?, [MigrationInput], [Failure]) = (nil, [], [])
        var reached: DirectoryDescription?
        for (index, path) in files.enumerated() {
            do throws(Failure) {
                inputs.append(try MigrationInput(path: path, index: index, settings: settings, isCancelled: context.isCancelled))
            } catch {
                if error.status == .interrupted { throw error }
                failures.append(error)
            }
        }
        do throws(Failure) {
            directory = settings.places.isEmpty ? nil : try CheckedDirectory(Directory(settings, context), settings) { reached = $0 }
        } catch {
            if error.status == .interrupted { throw error }
            failures.append(error)
        }
        let saving = directory?.kept.flatMap { $0.store.save($0.read, isCancelled: context.isCancelled) }
        var rules: ReconcilerSettings?
        do throws(Failure) { rules = try ReconcilerSettings(settings) } catch { failures.append(error) }
        let survey = failures.isEmpty ? rules.flatMap { Self.survey(inputs, directory, settings, $0) } : nil
        let told = SiteWarnings(
            settings: settings, nicknames: rules?.site.nicknames.count, inputs: inputs, recipients: directory?.snapshot.recipients)
        let contradicted = SiteWarnings.contradicted(survey?.contradictedHomes ?? [])
        let warnings = failures.isEmpty ? told.missingPlaces + told.texts + contradicted : []
        let shared = SharedCommonNames(inputs)
        let files = inputs.enumerated().map { CheckedFile($1, more: shared.problems(ofFile: $0)) }
        if !settings.quiet { for warning in warnings { context.console.talk(warning) } }
        if directory != nil || reached != nil || !inputs.isEmpty {
            show(files, directory, reached, survey?.habits, failures, warnings, settings, context.console)
        }
        do { try saving?.value() } catch { failures.append(Failure(error)) }
        if let first = failures.first, let last = failures.last {
            for failure in failures.dropLast() { context.console.talk("\(Program.name): \(failure.message)") }
            throw Failure(first.status, last.message)
        }
        let hasTrouble = files.contains { !$0.facts.problems.isEmpty } || directory?.proof.gaps.isEmpty == false
        return hasTrouble ? .rowsWait : .done
    }

    /// What the files and the directory have in common; `nil` where one of them was not given.
    private static func survey(
        _ inputs: [MigrationInput], _ directory: CheckedDirectory?, _ settings: Settings, _ rules: ReconcilerSettings
    ) -> (habits: FoundHabits, contradictedHomes: [ContradictedHome])? {
        guard let directory, !inputs.isEmpty else { return nil }
        var reconciler = Reconciler(settings: rules)
        reconciler.settings.postoffices = inputs.map { $0.postoffice(settings) }
        return reconciler.survey(rows: inputs.flatMap(\.file.rows), snapshot: directory.snapshot)
    }

    private func show(
        _ files: [CheckedFile], _ directory: CheckedDirectory?, _ reached: DirectoryDescription?, _ habits: FoundHabits?,
        _ failures: [Failure], _ warnings: [String], _ settings: Settings, _ console: Console
    ) {
        if settings.json {
            let errors = failures.map { CheckResult.Failed(status: $0.status.rawValue, message: $0.message) }
            return console.data(
                JSONText.of(
                    CheckResult(
                        directory: directory, server: directory == nil ? reached : nil, files: files, habits: habits,
                        warnings: warnings, errors: errors.isEmpty ? nil : errors)))
        }
        guard !settings.quiet else { return }
        let ink = Ink(isOn: console.hasColours)
        func write(_ text: String) { console.data(text.wrapped(to: console.width)) }
        if let directory {
            write(DirectoryReport.text(of: directory.proof, survey: directory.shown, ink: ink, width: console.width) + "\n")
        } else if let reached {
            write(DirectoryReport.text(of: reached.server, ink: ink, width: console.width) + "\n")
        }
        for file in files { write(FileReport.text(of: file.facts, ink: ink, width: console.width) + "\n") }
        let found = habits.map { HabitReport.text(of: $0, ink: ink) } ?? ""
        if !found.isEmpty { write(found) }
    }
}

/// What `check` found out about the directory.
private struct CheckedDirectory: Encodable {
    var description: DirectoryDescription
    var proof: ReadProof
    /// What the server's limits meant for the read; empty for a file.
    var limits: String
    var survey: DirectorySurvey
    /// Everybody who was read.
    var snapshot: DirectorySnapshot
    /// What is to be written for the next run, and where; `nil` for nothing.
    var kept: (read: TrackedRead, store: SnapshotStore)?

    private enum CodingKeys: CodingKey {
        case description, proof, limits, survey
    }

    /// `reached` is told what a server says of itself once it took the login, also where the read then fails.
    init(_ directory: Directory, _ settings: Settings, reached: (DirectoryDescription) -> Void) throws(Failure) {
        let read = try directory.readTracked(describes: true) { event in
            if case .described(let description) = event { reached(description) }
        }
        guard let description = read.description else { throw Failure(.internalError, "The directory was not described.") }
        self.description = description
        var snapshot = read.snapshot
        let missed = settings.expectations.compare(&snapshot)
        self.snapshot = snapshot
        proof = snapshot.proof
        proof.gaps += missed
        // A read that is not what it should be is nothing to go on from.
        if let store = directory.store, missed.isEmpty { kept = (read, store) }
        limits = ReadLimits.words(of: proof, asked: settings.reading.pageSize.asked, offersPaging: description.supportsPaging)
        survey = DirectorySurvey(snapshot.recipients)
        proof.containers = survey.containers
    }

    var shown: DirectoryReport.Survey { DirectoryReport.Survey(contexts: description.namingContexts, limits: limits, found: survey) }
}

extension PageSize {
    /// How pages are asked for, as the report takes it.
    fileprivate var asked: ReadLimits.Asked {
        switch self {
        case .whereOffered(let size): .growing(first: size)
        case .always(let size): .always(size)
        case .never: .never
        }
    }
}

extension DirectoryDescription {
    /// What is shown of a server whose read failed.
    fileprivate var server: DirectoryReport.Server {
        DirectoryReport.Server(
            source: source, product: product, protection: protection, boundAs: boundAs, identity: identity, contexts: namingContexts,
            offersPaging: supportsPaging)
    }
}

/// What `check` found out about a file.
private struct CheckedFile: Encodable {
    var facts: FileReport.Facts

    /// `more`: problems that only all files together show.
    init(_ input: MigrationInput, more: [RowProblem]) {
        let file = input.file
        facts = FileReport.Facts(
            file: input.path, size: input.size, encoding: file.encoding.codePage.name, encodingEvidence: file.encoding.evidence,
            dialect: file.dialect.dialect.description, dialectEvidence: file.dialect.evidence, preamble: file.preamble,
            headerLine: file.headerLine,
            columns: file.columns, rows: file.rows.count, postoffices: file.postoffices.map(\.description),
            preamblePostoffice: file.preamblePostoffice?.evidence ?? "", problems: file.problems + more, sharedCommonNames: more.count)
    }

    func encode(to encoder: any Encoder) throws { try facts.encode(to: encoder) }
}

/// What `check --json` says.
private struct CheckResult: Encodable {
    /// What kept something from being shown.
    struct Failed: Encodable {
        var status: Int32
        var message: String
    }
    var directory: CheckedDirectory?
    /// What a server said of itself whose read then failed; `nil` where none did.
    var server: DirectoryDescription?
    var files: [CheckedFile]
    /// What was learned of both; `nil` unless both were given.
    var habits: FoundHabits?
    /// What was told and comes to nothing.
    var warnings: [String]
    /// `nil` where everything is shown.
    var errors: [Failed]?
}
