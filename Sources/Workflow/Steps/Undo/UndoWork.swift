internal import MigrationFile
internal import Records

/// The taking back itself, and the lines of the journal before and after it.
struct UndoWork {
    let journal: Journal
    let item: Journal.Item
    let at: String
    let isCancelled: @Sendable () -> Bool
    /// The name under which what was written is kept, once it is.
    private(set) var keptAs: String?
    /// What a person should know although all went well.
    private(set) var notes: [String] = []

    init(journal: Journal, item: Journal.Item, at: String, isCancelled: @escaping @Sendable () -> Bool) {
        self.journal = journal
        self.item = item
        self.at = at
        self.isCancelled = isCancelled
    }

    /// Takes back what the file now holds. The line that announces it is on the disk before.
    mutating func takeBack(_ output: borrowing OutputUnderLock, _ content: FileContent?) throws {
        guard let content else { return }
        let apply = item.apply
        // An apply that changed nothing leaves nothing to put back.
        let kept = apply.before == apply.after ? nil : try previous(output)
        if isCancelled() { throw Failure(.interrupted, "Interrupted; nothing was undone.") }
        var file = try JournalFile(beside: output.path, like: output.path)
        for entry in journal.missing { try file.append(entry) }
        try file.append(.undo(apply.number, at: at))
        if apply.before != apply.after {
            do {
                let outcome = try kept.map { try output.putBack($0, inPlaceOf: content) } ?? output.putAway(content)
                (keptAs, notes) = (outcome.keptAs, outcome.notes)
            } catch {
                file.takeBack()
                throw error
            }
        }
        do throws(FileAccessError) { try file.append(.undone(apply.number, at: at, keptAs: keptAs ?? "")) } catch {
            notes.append("it is undone, but the journal could not be told so: \(error)")
        }
    }

    /// What was replaced; `nil` where nothing stood there.
    private func previous(_ output: borrowing OutputUnderLock) throws -> FileContent? {
        guard let before = item.apply.before else { return nil }
        if let kept = try output.keptFiles.previous(of: item.apply) { return kept }
        let names = output.keptFiles.previous
        let looked =
            names.isEmpty
            ? "no file \(output.path).previous is there"
            : "\(names.joined(separator: ", ")) hold\(names.count == 1 ? "s" : "") something else"
        throw Failure(
            .noInput,
            "\(output.path): what stood there before apply \(item.apply.number) is gone or was changed: \(looked), expected \(before.size) bytes with the SHA-256 \(before.sha256). Nothing was undone; put that file back under one of these names."
        )
    }

    /// Writes down what the file shows and the journal lacks, after a run that was broken off, or when somebody put the old file back.
    mutating func noteWhatIsMissing(_ output: borrowing OutputUnderLock) throws {
        guard !journal.missing.isEmpty else { return }
        // The run was broken off between the exchange and the new name.
        keptAs = try output.keptFiles.keepRemains(of: item.apply)
        do throws(FileAccessError) {
            var file = try JournalFile(beside: output.path, like: JournalFile.path(beside: output.path))
            for entry in journal.missing {
                if case .undone(let number, let at, _) = entry, number == item.apply.number {
                    try file.append(.undone(number, at: at, keptAs: keptAs ?? ""))
                } else {
                    try file.append(entry)
                }
            }
        } catch { notes.append("the journal could not be told so: \(error)") }
    }
}
