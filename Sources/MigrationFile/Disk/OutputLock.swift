internal import Glibc

/// Holds off a second run that would write the same output: a lock of the system on `.NAME.lock` beside it.
///
/// The system drops the lock when its owner ends, however it ends, so a lock file left behind never stops anybody.
/// It is removed while the lock is held, and whoever opened it before sees that the path no longer leads to what was
/// locked and tries again.
struct OutputLock: ~Copyable {
    private let path: String
    private let file: Descriptor

    /// Takes the lock or says who has it. Never waits.
    init(for output: FilePath) throws(FileAccessError) {
        path = output.sibling(".\(output.name).lock")
        file = try Self.lock(path, output: output.string)
        UnfinishedFiles.add(path)
        let pid = Array("\(getpid())\n".utf8)
        // The number only serves the other run's message.
        if ftruncate(file.number, 0) == 0 { try? file.writeAll(pid.span) }
    }

    deinit { UnfinishedFiles.remove(path) }

    private static func lock(_ path: String, output: String) throws(FileAccessError) -> Descriptor {
        while true {
            let file: Descriptor
            do { file = try Descriptor(opening: path, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o600) } catch {
                throw FileAccessError.system(
                    .cannotCreate, path: output, errno: error.number, "no file can be made in its folder",
                    advice: "choose a folder that you may write to")
            }
            while flock(file.number, LOCK_EX | LOCK_NB) != 0 {
                guard errno == EINTR else { throw busy(file, path: path, output: output, errno: errno) }
            }
            if leads(path, to: file) { return file }
        }
    }

    private static func leads(_ path: String, to file: borrowing Descriptor) -> Bool {
        guard let there = try? FilePath(string: path).status(), let here = try? file.status() else { return false }
        return there.st_dev == here.st_dev && there.st_ino == here.st_ino
    }

    private static func busy(_ file: borrowing Descriptor, path: String, output: String, errno: Int32) -> FileAccessError {
        guard errno == EWOULDBLOCK else {
            // Where nothing can be locked, nobody else has it.
            unlink(path)
            return .system(.ioError, path: path, errno: errno, "cannot be locked", advice: "choose a folder on a local disk")
        }
        let text = (try? file.readAll(size: 32)) ?? []
        let owner = Int32(String(decoding: text.prefix { $0 != 0x0A }, as: UTF8.self)).map { "the process \($0)" } ?? "another process"
        return FileAccessError(.busy, path: output, errno: errno, reason: "\(owner) is writing this file; wait until it ends and run again")
    }
}
