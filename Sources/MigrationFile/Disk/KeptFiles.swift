internal import CFileSystem
internal import Glibc

/// The contents that are kept beside a file, under its `previous` and `undone` names.
public struct KeptFiles {
    private let file: FilePath

    /// Those beside the file at `path`, symbolic links followed already.
    public init(beside path: String) { file = FilePath(string: path) }

    /// The paths of all that writes have replaced.
    public var previous: [String] { SideNames(.previous, of: file).existing() }

    /// The one among them of `size` bytes for which `isMeant` is true; `nil` where none is.
    public func previous(ofSize size: Int, _ isMeant: ([UInt8]) -> Bool) throws(FileAccessError) -> FileContent? {
        for name in previous {
            guard let status = FilePath(string: name).ownStatus, FileKind(status) == .regular, Int(status.st_size) == size,
                let content = try FileContent(of: name), isMeant(content.bytes)
            else { continue }
            return content
        }
        return nil
    }

    /// Moves a file to the first `undone` name that is free, and returns that.
    public func keepAsUndone(_ path: String) throws(FileAccessError) -> String {
        try SideNames(.undone, of: file).firstFree { (name) throws(FileAccessError) in try Self.move(path, to: name) }
    }

    /// False where the name is taken.
    static func move(_ path: String, to name: String) throws(FileAccessError) -> Bool {
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
}
