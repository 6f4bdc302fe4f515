internal import CFileSystem
internal import Glibc

/// The file that becomes the output, beside it as `.NAME.new`. Removed when it does not become the output.
///
/// The name needs no random part, because the caller holds the output's lock; so what an ended run left behind is found.
struct TemporaryFile: ~Copyable {
    private let output: FilePath
    private let path: String
    private let file: Descriptor

    /// Makes the file, for its owner only.
    init(for output: FilePath) throws(FileAccessError) {
        self.output = output
        path = Self.path(for: output)
        UnfinishedFiles.add(path)
        unlink(path)
        do { file = try Descriptor(opening: path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600) } catch {
            UnfinishedFiles.keep(path)
            throw .system(
                .cannotCreate, path: output.string, errno: error.number, "no file can be made in its folder",
                advice: "choose a folder that you may write to")
        }
    }

    /// Where the file is for that output.
    static func path(for output: FilePath) -> String { output.sibling(".\(output.name).new") }

    /// After a rename nothing of that name is there, and nobody else may make one while the lock is held.
    deinit { UnfinishedFiles.remove(path) }

    /// Writes what `parts` hands over and sets the attributes. Returns what could not be kept.
    func fill(
        model: String?, _ parts: (_ append: (Span<UInt8>) throws(FileAccessError) -> Void) throws(FileAccessError) -> Void
    ) throws(FileAccessError) -> [String] {
        try parts { (bytes) throws(FileAccessError) in
            do throws(SystemErrno) { try file.writeAll(bytes) } catch { throw .writing(output.string, errno: error.number) }
        }
        var attributes = FileAttributes()
        do { if let model { try attributes.copy(from: model, to: file) } } catch { throw .writing(output.string, errno: error.number) }
        return attributes.notes
    }

    /// Flushes the file to the disk, and throws unless it holds these bytes and nothing else.
    func prove(_ bytes: [UInt8]) throws(FileAccessError) {
        let isSame: Bool
        do {
            try file.synchronize()
            isSame = try file.holds(bytes)
        } catch { throw .writing(output.string, errno: error.number) }
        guard isSame else { throw Self.differs(output.string) }
    }

    /// Becomes the output where nothing was before, and fails when something is there by now.
    func rename() throws(FileAccessError) {
        if renameat2(AT_FDCWD, path, AT_FDCWD, output.string, CFILESYSTEM_RENAME_NOREPLACE) == 0 { return }
        if errno == EEXIST { throw Self.exists(output.string) }
        guard errno == EINVAL || errno == ENOSYS else { throw .writing(output.string, errno: errno) }
        try link()
    }

    /// For file systems without RENAME_NOREPLACE: a second name fails where one is, too.
    private func link() throws(FileAccessError) {
        if Glibc.link(path, output.string) == 0 { return }
        if errno == EEXIST { throw Self.exists(output.string) }
        try claim()
    }

    /// For file systems without hard links as well: an empty file takes the name, then the rename replaces that.
    private func claim() throws(FileAccessError) {
        do { _ = try Descriptor(opening: output.string, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600) } catch {
            throw error.number == EEXIST ? Self.exists(output.string) : .writing(output.string, errno: error.number)
        }
        try replace()
    }

    /// Becomes the output, whatever is there.
    func replace() throws(FileAccessError) {
        guard Glibc.rename(path, output.string) == 0 else { throw .writing(output.string, errno: errno) }
    }

    /// Becomes the output, and takes the name of what was there, which goes with it. The same to everybody who looks; but the system does not
    /// put the new bytes on the disk first, as it does for a file that is renamed over another.
    func exchange() throws(FileAccessError) {
        if renameat2(AT_FDCWD, path, AT_FDCWD, output.string, CFILESYSTEM_RENAME_EXCHANGE) == 0 { return }
        guard errno == EINVAL || errno == ENOSYS || errno == ENOENT else { throw .writing(output.string, errno: errno) }
        try replace()
    }

    /// Becomes the output in place of the file that is known as `before`. Where another one comes out of the exchange, that is put back: somebody who
    /// does not heed the lock has just written it.
    func takePlace(of before: FileIdentity) throws(FileAccessError) {
        func exchange() -> Bool { renameat2(AT_FDCWD, path, AT_FDCWD, output.string, CFILESYSTEM_RENAME_EXCHANGE) == 0 }
        guard exchange() else {
            if errno == ENOENT { throw Self.changed(output.string) }
            guard [EINVAL, ENOSYS, ENOTSUP].contains(errno) else { throw .writing(output.string, errno: errno) }
            return try replace()
        }
        if let status = FilePath(string: path).ownStatus, FileIdentity(status) == before { return }
        _ = exchange()
        throw Self.changed(output.string)
    }

    static func changed(_ path: String) -> FileAccessError {
        FileAccessError(
            .changedMeanwhile, path: path, reason: "somebody changed the file meanwhile, so it was not replaced; run again")
    }

    static func exists(_ path: String) -> FileAccessError {
        FileAccessError(
            .exists, path: path, errno: EEXIST, reason: "the file exists already; choose another name, or say that it may be replaced")
    }

    static func differs(_ path: String) -> FileAccessError {
        FileAccessError(
            .readBackDiffers, path: path, reason: "the file does not read back as it was written; check the disk, do not import it")
    }
}
