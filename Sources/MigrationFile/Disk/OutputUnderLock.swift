internal import CFileSystem
internal import Glibc

/// An output whose lock is held, so that what a write did to it can be taken back.
///
/// The file that was kept gets its name back by changing places with the one that is there (`RENAME_EXCHANGE`): in one step, without room on the
/// disk, with its owner, rights and other names as they were. What comes out of the exchange is looked at, and put back where it is not what was
/// expected, so that nobody's work is lost who does not heed the lock. Where the file system cannot exchange, a second name keeps what is there, and
/// a rename over it follows.
public struct OutputUnderLock: ~Copyable {
    /// What was taken back.
    public struct Outcome: Sendable, Hashable {
        /// The name under which what was there is kept.
        public var keptAs: String
        /// What a person should know although all went well.
        public var notes: [String]
    }

    private let file: FilePath
    private let lock: OutputLock

    /// The file's path, symbolic links followed.
    public var path: String { file.string }

    /// Where the symbolic links at `output` lead.
    public static func followed(_ output: String) throws(FileAccessError) -> String {
        do throws(SystemErrno) { return try FilePath(string: output).followingLinks().string } catch {
            throw .system(.unreadable, path: output, errno: error.number, "cannot be looked at", advice: "choose another path")
        }
    }

    /// Takes the lock, and removes what a write that was broken off has left beside the file.
    public init(_ output: String) throws(FileAccessError) {
        let file = FilePath(string: try Self.followed(output))
        let lock = try OutputLock(for: file)
        self.file = file
        self.lock = lock
        unlink(TemporaryFile.path(for: file))
        removeSpareNames()
    }

    private func removeSpareNames() {
        PreviousFile.removeSpareNames(of: file, as: .previous)
        PreviousFile.removeSpareNames(of: file, as: .undone)
    }

    /// What the output holds; `nil` where nothing is there.
    public func content() throws(FileAccessError) -> FileContent? { try FileContent(of: file.string) }

    /// What is kept beside it.
    public var keptFiles: KeptFiles { KeptFiles(beside: file.string) }

    // MARK: - Taking back

    /// Puts `kept` where `current` is, and keeps that as `NAME.undone`. Returns after it is on the disk and reads back the same.
    public func putBack(_ kept: FileContent, inPlaceOf current: FileContent) throws(FileAccessError) -> Outcome {
        let notes = otherNames()
        try refuseChanged(current)
        try refuseChanged(kept)
        let name: String
        if try exchange(kept.path, file.string) {
            guard isThere(kept, at: file.string), isThere(current, at: kept.path) else {
                // Whoever else writes here has the last word.
                _ = try? exchange(kept.path, file.string)
                throw Self.changed(file.string)
            }
            do throws(FileAccessError) { name = try keptFiles.keepAsUndone(kept.path) } catch {
                _ = try? exchange(kept.path, file.string)
                throw error
            }
        } else {
            name = try PreviousFile.keep(file, as: .undone)
            do throws(FileAccessError) {
                try refuseChanged(current)
                guard rename(kept.path, file.string) == 0 else { throw FileAccessError.writing(file.string, errno: errno) }
            } catch {
                unlink(name)
                throw error
            }
        }
        try finish(kept)
        return Outcome(keptAs: name, notes: notes)
    }

    /// Takes the file away from its name, where nothing was before it, and keeps it as `NAME.undone`.
    public func putAway(_ current: FileContent) throws(FileAccessError) -> Outcome {
        let notes = otherNames()
        try refuseChanged(current)
        let name = try keptFiles.keepAsUndone(file.string)
        guard isThere(current, at: name) else {
            _ = try? KeptFiles.move(name, to: file.string)
            throw Self.changed(file.string)
        }
        try file.flushFolder()
        return Outcome(keptAs: name, notes: notes)
    }

    private func otherNames() -> [String] {
        guard let status = try? file.status() else { return [] }
        return PreviousFile.otherNames(of: file, status: status, "undone", leadTo: "undone")
    }

    /// False where the file system cannot do it.
    private func exchange(_ one: String, _ other: String) throws(FileAccessError) -> Bool {
        if renameat2(AT_FDCWD, one, AT_FDCWD, other, CFILESYSTEM_RENAME_EXCHANGE) == 0 { return true }
        guard [EINVAL, ENOSYS, ENOTSUP].contains(errno) else { throw .writing(file.string, errno: errno) }
        return false
    }

    private func isThere(_ content: FileContent, at path: String) -> Bool {
        (try? FilePath(string: path).status()).map { FileIdentity($0) == content.identity } ?? false
    }

    private func refuseChanged(_ content: FileContent) throws(FileAccessError) {
        guard isThere(content, at: content.path) else { throw Self.changed(content.path) }
    }

    private static func changed(_ path: String) -> FileAccessError {
        FileAccessError(.changedMeanwhile, path: path, reason: "somebody changed the file meanwhile, so nothing was undone; run again")
    }

    private func finish(_ expected: FileContent) throws(FileAccessError) {
        try file.flushFolder()
        let isSame: Bool
        do throws(SystemErrno) {
            let now = try Descriptor(opening: file.string, O_RDONLY)
            try now.synchronize()
            isSame = try now.holds(expected.bytes)
        } catch {
            throw .system(
                .ioError, path: file.string, errno: error.number, "cannot be read back", advice: "check the disk, do not import it")
        }
        guard isSame else { throw TemporaryFile.differs(file.string) }
    }
}
