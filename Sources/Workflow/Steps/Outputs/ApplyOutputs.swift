internal import CSV
internal import MigrationFile
internal import Records
internal import Reporting

/// All that `apply` writes for a plan: the corrected file or its parts, and what was asked for beside them.
struct ApplyOutputs {
    let plan: Plan
    /// The plan's file.
    let planFile: AppliedFile.Named
    let source: MigrationInput
    /// The corrected file's path.
    let path: String
    let settings: Settings

    private var choice: OutputChoice { settings.command.outputs }

    /// A file that was written.
    struct WrittenFile {
        let file: OutputFile
        let outcome: FileReplacement.Outcome
        /// Its number in its journal; `nil` where it is no user list of corrected rows.
        let apply: Int?
    }

    /// What was written.
    struct Written {
        /// Each file with what became of it; the corrected one or its parts first.
        var files: [WrittenFile] = []
        /// Whether the corrected file is one file under its own name.
        var isWhole: Bool
        /// The corrected file's path, whether it was written or its parts were.
        var name: String
        /// The lines that differ from the source, where they are to be shown.
        var difference: [DiffHunk] = []
        /// What a person should know.
        var remarks: [String] = []

        /// The corrected file; `nil` where parts were written.
        var whole: WrittenFile? { isWhole ? files.first : nil }
    }

    /// Writes everything. Nothing is written when a file may not be replaced, or the source has changed meanwhile.
    func write(_ context: RunContext) throws(Failure) -> Written {
        let corrections = plan.rows.filter { !$0.changes.isEmpty }.map { RowCorrection(row: $0.row, changes: $0.changes) }
        try refuseForOtherKinds()
        let bytes: [UInt8]
        do throws(MigrationFileError) {
            bytes = try source.file.corrected(corrections)
            try source.file.verify(bytes, against: corrections)
        } catch { throw Failure(error) }
        var written = Written(isWhole: !choice.splitsByContainer, name: path)
        let files = try files(bytes, &written)
        try refuseMeeting(files)
        for file in files {
            try refuse(file)
            do throws(FileAccessError) { try replacement(file).check() } catch { throw Failure(error) }
        }
        if choice.splitsByContainer { written.remarks += strangers(to: files) }
        for file in files {
            do throws(Failure) { written.files.append(try write(file, context)) } catch {
                let before = written.files.map(\.outcome.path.printable).joined(separator: ", ")
                throw before.isEmpty ? error : Failure(error.status, "\(error.message) Written before it: \(before).")
            }
        }
        return written
    }

    /// A control file and missing addresses are of use to the wizard's user list only.
    private func refuseForOtherKinds() throws(Failure) {
        guard source.file.kind.importer != .wizard, let option = choice.wizardOnly else { return }
        throw Failure(
            .usage,
            "--\(option.rawValue) is for the Migration Wizard's user list, and \(source.path) is of the kind \(source.file.kind.name): leave it out. Nothing was written."
        )
    }

    // MARK: which files

    /// The files in the order in which they are written.
    private func files(_ bytes: [UInt8], _ written: inout Written) throws(Failure) -> [OutputFile] {
        guard needsRows else { return [CorrectedParts.whole(plan, bytes, path)] }
        let corrected = try reread(bytes)
        if settings.command.showsDifference { written.difference = source.file.unifiedDiff(to: corrected) }
        let parts = CorrectedParts(plan: plan, corrected: corrected, path: path)
        let lists: [(container: String?, file: OutputFile)] =
            if choice.splitsByContainer {
                parts.byContainer(certainOnly: choice.certainOnly)
            } else {
                [(parts.onlyContainer, choice.certainOnly ? parts.certain() : CorrectedParts.whole(plan, bytes, path))]
            }
        for list in lists { try prove(list.file, of: corrected) }
        var files = lists.map(\.file)
        if let name = choice.rejects {
            let rejects = parts.rejects(name)
            if rejects.rows > 0 { files.append(rejects) } else { written.remarks.append("No row is left, so \(name) was not written.") }
        }
        if let name = choice.controlFile {
            files += try controlFiles(name, lists)
            if !choice.splitsByContainer, lists[0].container == nil, lists[0].file.rows > 0 {
                written.remarks.append(
                    "The mailboxes lie in several containers or in none, so \(name) names none: an import works in one. --split-by-container makes a list and a control file for each."
                )
            }
        }
        if let name = choice.addressImport { files += try addressImports(name, &written) }
        return files
    }

    /// Whether more is asked for than the corrected file as a whole.
    private var needsRows: Bool {
        choice.certainOnly || choice.splitsByContainer || choice.rejects != nil || choice.controlFile != nil || choice.addressImport != nil
            || settings.command.showsDifference
    }

    private func controlFiles(_ name: String, _ lists: [(container: String?, file: OutputFile)]) throws(Failure) -> [OutputFile] {
        let codePage = source.file.encoding.codePage
        guard choice.splitsByContainer else {
            return try [ControlFile.file(name, of: lists[0].file, container: lists[0].container, codePage: codePage)]
        }
        let words = OutputName.words(ofContainers: lists.compactMap(\.container))
        var files: [OutputFile] = []
        for list in lists {
            guard let container = list.container else { continue }
            let path = OutputName.inserting(words[container] ?? "", into: name)
            files.append(try ControlFile.file(path, of: list.file, container: container, codePage: codePage))
        }
        return files
    }

    private func addressImports(_ name: String, _ written: inout Written) throws(Failure) -> [OutputFile] {
        let files = try AddressImport(plan: plan, source: source, postoffice: source.postoffice(settings)).files(name)
        written.remarks.append(
            files.isEmpty
                ? "No mailbox that is certain lacks its row's MIGRATE address, so \(name) was not written."
                : "Import \(files.map(\.path).joined(separator: ", ")) with \"Append\" for multivalued properties (MIG55-xmg03003): with \"Overwrite\" the mailboxes would lose their other secondary addresses. Try it with one mailbox first; nobody has."
        )
        return files
    }

    /// The corrected bytes, read again as the source was.
    private func reread(_ bytes: [UInt8]) throws(Failure) -> MigrationFile {
        do throws(MigrationFileError) { return try source.file.reread(bytes) } catch { throw Failure(error) }
    }

    /// Makes sure that the file is read as the rows that belong into it.
    private func prove(_ file: OutputFile, of corrected: MigrationFile) throws(Failure) {
        guard file.rows < plan.rows.count else { return }
        let part: MigrationFile
        do throws(MigrationFileError) { part = try corrected.reread(file.bytes) } catch { throw Failure(error) }
        guard part.rows.count == file.rows else {
            throw Failure(
                .internalError,
                "\(file.path) would have \(part.rows.count) rows in place of \(file.rows), so nothing was written; this is a fault of the program, report it."
            )
        }
    }

    // MARK: on the disk

    /// No two of the files may be one, nor one of them the user list, or a name that undo goes by.
    private func refuseMeeting(_ files: [OutputFile]) throws(Failure) {
        let places = files.map { PathPlace.resolved($0.path) }
        let own = PathPlace.resolved(source.path)
        let keeping = zip(files, places).compactMap { $0.places == nil ? nil : $1 }
        for (index, place) in places.enumerated() {
            let isTwice = places[..<index].contains(place) || (place == own && files[index].path != path)
            let isKept = keeping.contains { list in
                [".applied.jsonl", ".previous", ".undone"].contains { place.hasPrefix(list + $0) }
            }
            guard isTwice || isKept else { continue }
            throw Failure(
                .usage,
                "\(files[index].path): two of the files to write, or one of them and the user list, or what is kept of one for undo, have one name. Nothing was written; give each of them one of its own."
            )
        }
    }

    private func refuse(_ file: OutputFile) throws(Failure) {
        if file.mark.isEmpty {
            try CorrectedFile.refuse(file.path, replaces: settings.command.replaces, kind: settings.fileKind)
        } else {
            try CorrectedFile.refuse(file.path, replaces: settings.command.replaces, unlessItBeginsWith: file.mark)
        }
    }

    private func replacement(_ file: OutputFile) -> FileReplacement {
        FileReplacement(output: file.path, model: source.path, existing: settings.command.replaces ? .replaceKeepingPrevious : .refuse)
    }

    /// Files that are called as parts are and that this run does not write: rows of an earlier one, which somebody who imports all parts would import as well.
    private func strangers(to files: [OutputFile]) -> [String] {
        let own = Set(files.map { PathPlace.resolved($0.path) })
        return OutputName.others(like: path).filter { !own.contains(PathPlace.resolved($0)) }.map {
            "\($0) is called like a part and is none of this run: take it away before the parts are imported."
        }
    }

    private func write(_ file: OutputFile, _ context: RunContext) throws(Failure) -> WrittenFile {
        let journal = try file.places.map { (places) throws(Failure) in
            ApplyJournal(try applied(file, places, at: context.now()), like: source.path)
        }
        // What another run made of the source since it was read.
        var found = source.sha256
        do {
            let outcome = try replacement(file).write(
                file.bytes, isCancelled: context.isCancelled,
                makingSureOf: { () throws(FileAccessError) in
                    // The corrected file may take the source's place, and what goes beside it comes after.
                    if file.path != path, settings.command.replaces, PathPlace.resolved(path) == PathPlace.resolved(source.path) { return }
                    found = Digest.sha256(try FileReading.bytes(at: source.path))
                    if found != source.sha256 {
                        throw FileAccessError(.changedMeanwhile, path: source.path, reason: "it was changed meanwhile")
                    }
                }, witness: journal)
            return WrittenFile(file: file, outcome: outcome, apply: journal?.apply.number)
        } catch {
            throw found == source.sha256
                ? journal?.failure ?? Failure(error) : ApplyCommand.stale(source.path, found, source.sha256)
        }
    }

    /// What the journal has of a list with these rows of the plan.
    private func applied(_ file: OutputFile, _ places: [Int], at time: String) throws(Failure) -> AppliedFile {
        let isWhole = places.count == plan.rows.count
        let lines = isWhole ? plan.rows.map(\.line) : try reread(file.bytes).rows.map(\.line)
        let rows = places.enumerated().compactMap { number, place -> AppliedRow? in
            let row = plan.rows[place]
            guard !row.changes.isEmpty else { return nil }
            return AppliedRow(row: number + 1, line: lines[number], mailboxName: row.mailboxName, changes: row.changes)
        }
        return AppliedFile(
            number: 0, at: time, plan: planFile, source: AppliedFile.Named(path: source.path, sha256: source.sha256), output: "",
            before: nil, after: Digest.of(file.bytes), spelling: source.file.spelling, rowCount: places.count, rows: rows)
    }
}

extension ApplyOutputs.Written {
    /// What was done, for a person.
    func words(changed: Int, of rows: Int) -> String {
        func kept(_ outcome: FileReplacement.Outcome) -> String {
            outcome.previous.map { "; the file that stood there is kept as \($0.printable)" } ?? ""
        }
        var lines: [String] = []
        if let whole, let first = files.first, first.file.rows == rows {
            lines.append("\(changed) of \(rows) rows corrected in \(whole.outcome.path.printable)\(kept(whole.outcome)).")
        } else {
            lines.append("\(changed) of \(rows) rows corrected:")
            if let first = files.first, isWhole {
                lines.append("  \(first.outcome.path.printable): \(first.file.words)\(kept(first.outcome))")
            }
        }
        for written in files.dropFirst(isWhole ? 1 : 0) {
            lines.append("  \(written.outcome.path.printable): \(written.file.words)\(kept(written.outcome))")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
