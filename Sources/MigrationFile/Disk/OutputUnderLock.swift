internal import CFileSystem
internal import Glibc

/// An output whose lock is held, so that what a write did to it can be taken back.
///
/// The file that was kept gets its name back by changing places with the one that is there (`RENAME_EXCHANGE`): in one step, without room on the
/// disk, with its owner, rights and other names as they were. What comes out of the exchange is looked at, and put back where it is not what was
/// expected, so that nobody's work is lost who does not heed the lock. Where the file system cannot exchange, a second name keeps what is there, and
/// a rename over it follows.
public struct OutputUnderLock: ~Copyable {
    /// A file's bytes, and which file that was.
    public struct Content: Sendable {
        /// The path it was read from.
        public let path: String
        /// All its bytes.
        public let bytes: [UInt8]
        let identity: FileIdentity
    }

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
    public func content() throws(FileAccessError) -> Content? { try Self.content(of: file.string) }

    /// The kept file of `size` bytes for which `isMeant` is true; `nil` where none is.
    public func previous(ofSize size: Int, _ isMeant: ([UInt8]) -> Bool) throws(FileAccessError) -> Content? {
        for name in SideNames(.previous, of: file).existing() {
            guard let status = FilePath(string: name).ownStatus, FileKind(status) == .regular, Int(status.st_size) == size,
                let content = try Self.content(of: name), isMeant(content.bytes)
            else { continue }
            return content
        }
        return nil
    }

    /// The names of all kept files.
    public func previousNames() -> [String] { SideNames(.previous, of: file).existing() }

    private static func content(of path: String) throws(FileAccessError) -> Content? {
        do {
            guard let before = try FilePath(string: path).status() else { return nil }
            let bytes = try FileReading.bytes(at: path)
            guard let after = try FilePath(string: path).status(), FileIdentity(after) == FileIdentity(before) else {
                throw FileAccessError(.changedMeanwhile, path: path, reason: "the file was changed while it was read; run again")
            }
            return Content(path: path, bytes: bytes, identity: FileIdentity(after))
        } catch let error as SystemErrno {
            throw .system(.unreadable, path: path, errno: error.number, "cannot be looked at", advice: "run as somebody who may read it")
        } catch let error as FileAccessError { throw error } catch { throw FileAccessError(.ioError, path: path, reason: "\(error)") }
    }

    // MARK: - Taking back

    /// Puts `kept` where `current` is, and keeps that as `NAME.undone`. Returns after it is on the disk and reads back the same.
    public func putBack(_ kept: Content, inPlaceOf current: Content) throws(FileAccessError) -> Outcome {
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
            name = try keepAsUndone(kept.path)
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
    public func putAway(_ current: Content) throws(FileAccessError) -> Outcome {
        let notes = otherNames()
        try refuseChanged(current)
        let name = try keepAsUndone(file.string)
        guard isThere(current, at: name) else {
            _ = try? move(name, to: file.string)
            throw Self.changed(file.string)
        }
        try file.flushFolder()
        return Outcome(keptAs: name, notes: notes)
    }

    /// Gives what an undo that was broken off has left under the name of a kept file its own name.
    public func keepAsUndone(_ path: String) throws(FileAccessError) -> String {
        try SideNames(.undone, of: file).firstFree { (name) throws(FileAccessError) in try move(path, to: name) }
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

    /// False where the name is taken.
    private func move(_ path: String, to name: String) throws(FileAccessError) -> Bool {
        if renameat2(AT_FDCWD, path, AT_FDCWD, name, CFILESYSTEM_RENAME_NOREPLACE) == 0 { return true }
        if errno == EEXIST { return false }
        guard [EINVAL, ENOSYS, ENOTSUP].contains(errno) else { throw .writing(path, errno: errno) }
        if Glibc.link(path, name) != 0 {
            if errno == EEXIST { return false }
            // No hard links either: an empty file claims the name, and the rename replaces it.
            do throws(SystemErrno) { _ = try Descriptor(opening: name, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600) } catch {
                if error.number == EEXIST { return false }
                throw .writing(path, errno: error.number)
            }
            guard rename(path, name) == 0 else { throw .writing(path, errno: errno) }
            return true
        }
        guard unlink(path) == 0 else { throw .writing(path, errno: errno) }
        return true
    }

    private func isThere(_ content: Content, at path: String) -> Bool {
        (try? FilePath(string: path).status()).map { FileIdentity($0) == content.identity } ?? false
    }

    private func refuseChanged(_ content: Content) throws(FileAccessError) {
        guard isThere(content, at: content.path) else { throw Self.changed(content.path) }
    }

    private static func changed(_ path: String) -> FileAccessError {
        FileAccessError(.changedMeanwhile, path: path, reason: "somebody changed the file meanwhile, so nothing was undone; run again")
    }

    private func finish(_ expected: Content) throws(FileAccessError) {
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
