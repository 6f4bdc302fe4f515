internal import MigrationFile
internal import Records
internal import Reporting

/// `undo FILE`: takes back what an `apply` did to a file, as long as the file is what it wrote. Asks no directory.
public struct UndoCommand: Sendable {
    /// The path of the file that `apply` wrote.
    public var file: String
    /// Which of its applies; `nil` for the last that is not undone.
    public var number: Int?
    /// Shows the applies, and does nothing.
    public var lists: Bool

    /// A command from its parts.
    public init(file: String, number: Int? = nil, lists: Bool = false) {
        self.file = file
        self.number = number
        self.lists = lists
    }

    /// Runs the command.
    public func run(_ context: RunContext) throws(Failure) -> ExitStatus {
        let settings = try OutputSettings(context)
        do {
            let path = try OutputUnderLock.followed(file)
            // Before the lock, which makes a file beside the output.
            guard let entries = try JournalStore.entries(beside: path) else { throw nothingNoted(path) }
            if lists { return try UndoListing(file: path, entries: entries).run(settings, context) }
            let output = try OutputUnderLock(file)
            defer { withExtendedLifetime(output) {} }
            return try undo(output, settings, context)
        } catch { throw Failure(error) }
    }

    private func undo(_ output: borrowing OutputUnderLock, _ settings: OutputSettings, _ context: RunContext) throws -> ExitStatus {
        let content = try output.content()
        let entries = try JournalStore.entries(beside: output.path) ?? []
        let journal = Journal(entries, now: content.map { Digest.of($0.bytes) }, at: context.now())
        guard let item = try chosen(journal, output.path) else {
            let result = UndoResult(file: output.path, apply: nil, keptAs: nil, notes: [])
            show(result, "Nothing is left to undo: every apply of \(output.path.printable) is undone.", settings, context.console)
            return .done
        }
        var work = UndoWork(journal: journal, item: item, at: context.now(), isCancelled: context.isCancelled)
        let name = "apply \(item.apply.number) (\(item.apply.at), plan \(item.apply.plan.path.printable))"
        switch item.state {
        case .notDone:
            let result = UndoResult(file: output.path, apply: item.apply.number, keptAs: nil, notes: [])
            show(result, "There is nothing to undo: \(name) was broken off before it replaced the file.", settings, context.console)
        case .undone:
            try work.noteWhatIsMissing(output)
            let result = UndoResult(file: output.path, apply: item.apply.number, keptAs: work.keptAs, notes: work.notes)
            show(result, "\(output.path.printable): \(name) is undone already.", settings, context.console)
        case .superseded(let later):
            throw Failure(
                .planStale,
                "\(output.path): \(name) cannot be undone, for apply \(later) stands over it. Nothing was undone; undo that one first.")
        case .changed: throw try refusal(output, content, item.apply, name, context.console)
        case .inPlace:
            try work.takeBack(output, content)
            let result = UndoResult(file: output.path, apply: item.apply.number, isUndone: true, keptAs: work.keptAs, notes: work.notes)
            let what = item.apply.before == nil ? "is gone, as it was before" : "is again what it was before"
            let kept = work.keptAs.map { "; what that wrote is kept as \($0.printable)" } ?? ""
            show(result, "\(output.path.printable) \(what) \(name)\(kept).", settings, context.console)
        }
        return .done
    }

    /// What is to be undone; `nil` where nothing is left.
    private func chosen(_ journal: Journal, _ path: String) throws(Failure) -> Journal.Item? {
        guard let number else { return journal.last }
        if let item = journal[number] { return item }
        let numbers = journal.items.map { "\($0.apply.number)" }.joined(separator: ", ")
        throw Failure(
            .usage, "\(path): there is no apply \(number); \(numbers.isEmpty ? "none is noted" : "noted are \(numbers)"). See undo --list.")
    }

    private func nothingNoted(_ path: String) -> Failure {
        let corrected = ApplyCommand.correctedName(of: path)
        let hint =
            (try? JournalStore.entries(beside: corrected)) != nil
            ? " The corrected list beside it has one: \(Program.name) undo \(corrected.shellQuoted)"
            : " Name the file that apply wrote; one that an older version wrote has no journal."
        return Failure(.noInput, "\(path): no apply of this file is noted, there is no \(JournalFile.path(beside: path)).\(hint)")
    }

    /// The file is not what was written: by what it differs.
    private func refusal(
        _ output: borrowing OutputUnderLock, _ content: FileContent?, _ apply: AppliedFile, _ name: String, _ console: Console
    ) throws -> Failure {
        let previous = try output.keptFiles.previous(of: apply)
        let kept = previous.map { " What stood there before is kept as \($0.path)." } ?? ""
        guard let content else {
            return Failure(.planStale, "\(output.path) is gone since \(name) wrote it. Nothing was undone.\(kept)")
        }
        let sources = [previous?.bytes, try? FileReading.bytes(at: apply.source.path)].compactMap(\.self)
        let verdict = WrittenList(apply, sources: sources).verdict(on: content.bytes)
        for line in verdict.lines.prefix(Self.shownDifferences) { console.talk(line) }
        let listed = verdict.lines.count > Self.shownDifferences ? ", of which the first \(Self.shownDifferences) are listed" : ""
        return Failure(
            .planStale, "\(output.path) has been changed since \(name) wrote it: \(verdict.summary)\(listed). Nothing was undone.\(kept)")
    }

    /// How many of the differences are listed.
    private static let shownDifferences = 20

    private func show(_ result: UndoResult, _ text: String, _ settings: OutputSettings, _ console: Console) {
        if settings.json { console.data(JSONText.of(result)) } else if !settings.quiet { console.data(text + "\n") }
        if !settings.quiet { for note in result.notes { console.talk(note.printable) } }
    }
}

/// What `undo --json` says.
private struct UndoResult: Encodable {
    var file: String
    /// Which apply was meant; left out where none was left.
    var apply: Int?
    /// Whether this run has undone it.
    var isUndone = false
    var keptAs: String?
    var notes: [String]
}
