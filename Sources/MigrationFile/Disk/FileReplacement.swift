internal import CFileSystem
internal import Glibc

/// The one path by which a file is written: whole or not at all.
///
/// A temporary file in the same folder (`.NAME.new`, private) takes the bytes, is flushed, gets the attributes of the
/// model, is read back and compared, and then gets the output's name, in one step; the folder is flushed after that. At every
/// moment the output is the old file or the new one. A symbolic link at the output is followed, and the file it leads
/// to is replaced. A lock keeps a second run off the same output; with it held, a temporary file that an ended run
/// left behind is removed.
public struct FileReplacement: Sendable {
    /// What happens when the output exists.
    public enum Existing: Sendable, Hashable {
        /// An error, and the file stays.
        case refuse
        /// It is replaced; the previous file stays beside it as `NAME.previous`, or `NAME.previous-2` and so on where that exists.
        case replaceKeepingPrevious
        /// It is replaced and gone: for files that can be made again, such as plans.
        case replace
    }

    /// What was written where.
    public struct Outcome: Sendable, Hashable {
        /// The path of the file that was written, symbolic links followed.
        public var path: String
        /// Where the previous file is; `nil` when there was none.
        public var previous: String?
        /// What a person should know although all went well: an owner that could not be kept, other names that still lead to the previous file.
        public var notes: [String]
    }

    private let output: String
    private let model: String?
    private let existing: Existing

    /// A replacement of the file at `output`.
    ///
    /// - Parameters:
    ///   - model: the file whose owner, mode, extended attributes and access list the new one gets, as a rule the source.
    ///     `nil` takes the file that is replaced, and where there is none the new file is for its owner only (0600).
    public init(output: String, model: String? = nil, existing: Existing = .refuse) {
        self.output = output
        self.model = model
        self.existing = existing
    }

    /// Writes the bytes. Returns only after they are on the disk and read back the same.
    ///
    /// - Parameters:
    ///   - isCancelled: asked before anything is replaced; true ends the write with nothing changed.
    ///   - source: made sure of while the lock is held, before anything is replaced; what it throws ends the write with
    ///     nothing changed. Another run may have written what the bytes were made from while this one waited or worked.
    ///   - witness: told of the replacing before and after it, while the lock is held.
    /// - Throws: `FileAccessError`; whatever the code, the output is as it was unless it is `.readBackDiffers`, or `.ioError` from
    ///   flushing the folder after the rename.
    @discardableResult
    public func write(
        _ bytes: [UInt8], isCancelled: () -> Bool = { false }, makingSureOf source: () throws(FileAccessError) -> Void = {},
        witness: (any ReplacementWitness)? = nil
    ) throws(FileAccessError) -> Outcome {
        let path = try resolved()
        return try locked(path) { () throws(FileAccessError) in
            var outcome = try replace(path, isCancelled, source, witness) { (temporary, model) throws(FileAccessError) in
                let notes = try temporary.fill(model: model) { (append) throws(FileAccessError) in try append(bytes.span) }
                try temporary.prove(bytes)
                return notes
            }
            try finish(path, bytes)
            outcome.notes += witness?.didReplace() ?? []
            return outcome
        }
    }

    /// Writes a file that can be made again, part by part as it is made: whole or not at all while the system runs, but neither flushed nor read
    /// back. After a loss of power it may be empty or cut off, so its reader must notice that.
    ///
    /// - Parameters:
    ///   - isCancelled: asked before anything is replaced; true ends the write with nothing changed.
    ///   - parts: makes the file by handing its bytes to the function that it is given.
    /// - Throws: `FileAccessError`; whatever the code, the output is as it was.
    @discardableResult
    public func write(
        isCancelled: () -> Bool, parts: (_ append: (Span<UInt8>) throws(FileAccessError) -> Void) throws(FileAccessError) -> Void
    ) throws(FileAccessError) -> Outcome {
        let path = try resolved()
        return try locked(path) { () throws(FileAccessError) in
            try replace(path, isCancelled, {}, nil) { (temporary, model) throws(FileAccessError) in
                try temporary.fill(model: model, parts)
            }
        }
    }

    /// Looks whether the output may be written, and writes nothing: for those who write several files and would rather know before the first.
    ///
    /// - Throws: `FileAccessError` as a write does for a folder that is not there and for what may not be replaced.
    public func check() throws(FileAccessError) { _ = try statusOfExisting(try resolved()) }

    private func locked(_ path: FilePath, _ body: () throws(FileAccessError) -> Outcome) throws(FileAccessError) -> Outcome {
        _ = try statusOfExisting(path)
        let lock = try OutputLock(for: path)
        defer { withExtendedLifetime(lock) {} }
        return try body()
    }

    /// The way of every write, with the lock held: temporary file, then rename.
    private func replace(
        _ path: FilePath, _ isCancelled: () -> Bool, _ source: () throws(FileAccessError) -> Void, _ witness: (any ReplacementWitness)?,
        fill: (_ temporary: borrowing TemporaryFile, _ model: String?) throws(FileAccessError) -> [String]
    ) throws(FileAccessError) -> Outcome {
        let before = try statusOfExisting(path)
        let temporary = try TemporaryFile(for: path)
        var outcome = Outcome(path: path.string, previous: nil, notes: try fill(temporary, model ?? (before == nil ? nil : path.string)))
        if isCancelled() {
            throw FileAccessError(.cancelled, path: output, reason: "stopped as asked, nothing was written; run again")
        }
        try source()
        if let before {
            if existing == .replaceKeepingPrevious { PreviousFile.removeSpareNames(of: path, as: .previous) }
            outcome.notes += PreviousFile.otherNames(of: path, status: (try? path.status()) ?? before)
            try refuseChanged(path, since: before)
            if existing == .replaceKeepingPrevious { outcome.previous = try PreviousFile.keep(path) }
        }
        do {
            try witness?.willReplace(path.string, isThere: before != nil)
            try take(path, temporary, since: before)
        } catch {
            witness?.didNotReplace()
            if let previous = outcome.previous { unlink(previous) }
            throw error
        }
        return outcome
    }

    /// The temporary file becomes the output.
    private func take(_ path: FilePath, _ temporary: borrowing TemporaryFile, since before: stat?) throws(FileAccessError) {
        guard let before else { return try temporary.rename() }
        try refuseChanged(path, since: before)
        if existing == .replace { try temporary.exchange() } else { try temporary.takePlace(of: FileIdentity(before)) }
    }

    private func resolved() throws(FileAccessError) -> FilePath {
        do {
            let path = try FilePath(string: output).followingLinks()
            guard let folder = try FilePath(string: path.folder).status() else {
                throw FileAccessError(
                    .noFolder, path: output, reason: "the folder \(path.folder) does not exist; make it, or choose another")
            }
            if FileKind(folder) == .folder, !path.name.isEmpty { return path }
            throw path.name.isEmpty
                ? folderRefusal : FileAccessError(.noFolder, path: output, reason: "\(path.folder) is no folder; choose another")
        } catch let error as SystemErrno {
            throw .system(.cannotCreate, path: output, errno: error.number, "cannot be looked at", advice: "choose another path")
        } catch let error as FileAccessError { throw error } catch { throw FileAccessError(.ioError, path: output, reason: "\(error)") }
    }

    private var folderRefusal: FileAccessError {
        FileAccessError(.outputIsFolder, path: output, reason: "this is a folder, expected the name of a file; add one")
    }

    /// What is replaced; `nil` when nothing is there. Refuses what may not be.
    private func statusOfExisting(_ path: FilePath) throws(FileAccessError) -> stat? {
        let found: stat?
        do { found = try path.status() } catch {
            throw .system(.cannotCreate, path: output, errno: error.number, "cannot be looked at", advice: "choose another path")
        }
        guard let status = found else { return nil }
        switch (FileKind(status), existing) {
        case (.folder, _): throw folderRefusal
        case (.special, _):
            throw FileAccessError(.outputIsSpecial, path: output, reason: "this is a pipe, a socket or a device; choose the name of a file")
        case (.regular, .refuse): throw TemporaryFile.exists(output)
        case (.regular, .replaceKeepingPrevious), (.regular, .replace): return status
        }
    }

    private func refuseChanged(_ path: FilePath, since before: stat) throws(FileAccessError) {
        if let now = try? path.status(), FileIdentity(now) == FileIdentity(before) { return }
        throw TemporaryFile.changed(output)
    }

    /// Makes the rename last through a loss of power, and reads the file back by its name.
    private func finish(_ path: FilePath, _ bytes: [UInt8]) throws(FileAccessError) {
        try path.flushFolder()
        do {
            guard try Descriptor(opening: path.string, O_RDONLY).holds(bytes) else { throw TemporaryFile.differs(path.string) }
        } catch let error as SystemErrno {
            throw .system(
                .ioError, path: path.string, errno: error.number, "cannot be read back", advice: "check the disk, do not import it")
        } catch let error as FileAccessError { throw error } catch {
            throw FileAccessError(.ioError, path: path.string, reason: "\(error)")
        }
    }
}
