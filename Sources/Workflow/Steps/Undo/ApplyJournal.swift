internal import MigrationFile
internal import PlanFormat
internal import Records

/// Keeps the journal of an apply: the line that announces it is on the disk before the output is replaced, and the one that confirms it follows.
final class ApplyJournal: ReplacementWitness {
    /// The apply; its number and what stood there before are found under the lock.
    private(set) var apply: AppliedFile
    /// Why the journal cannot be used; it ended the write.
    private(set) var failure: Failure?
    private let model: String
    private let at: String
    private var file: JournalFile?

    /// A journal for what is going to be applied; it gets the rights of `model`.
    init(_ apply: AppliedFile, like model: String) {
        self.apply = apply
        self.model = model
        at = apply.at
    }

    func willReplace(_ path: String, isThere: Bool) throws(FileAccessError) {
        apply.output = path.split(separator: "/").last.map(String.init) ?? path
        apply.before = isThere ? Digest.of(try FileReading.bytes(at: path)) : nil
        let journal: Journal
        do throws(Failure) {
            journal = Journal(try JournalStore.entries(beside: path, like: model) ?? [], now: apply.before, at: at)
        } catch {
            failure = error
            throw FileAccessError(.exposed, path: path, reason: error.message)
        }
        apply.number = journal.nextNumber
        var file = try JournalFile(beside: path, like: model)
        for entry in journal.missing {
            guard case .undone(let number, let at, _) = entry, let item = journal[number] else {
                try file.append(entry)
                continue
            }
            let keptAs = try KeptFiles(beside: path).keepRemains(of: item.apply)
            try file.append(.undone(number, at: at, keptAs: keptAs ?? ""))
        }
        try file.append(.apply(apply))
        self.file = consume file
    }

    func didNotReplace() { file?.takeBack() }

    func didReplace() -> [String] {
        do throws(FileAccessError) {
            try file?.append(.applied(apply.number, at: at))
            return []
        } catch { return ["the file is written, but the journal could not be told so: \(error)"] }
    }
}
