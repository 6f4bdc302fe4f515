internal import Glibc

/// The journal beside an output, `NAME.applied.jsonl`, open for adding lines. Whoever opens it holds the output's lock.
///
/// A line is on the disk when `append` returns. One that could not be written whole is taken away again; one that a crash has cut off stays,
/// and the next line begins behind it on a line of its own.
public struct JournalFile: ~Copyable {
    /// The journal's path.
    public let path: String
    private let file: Descriptor
    /// How long it was before each line that this has added.
    private var lengths: [off_t] = []
    private let isNew: Bool

    /// The journal of the output at `path`, symbolic links followed already.
    public static func path(beside path: String) -> String { path + ".applied.jsonl" }

    /// The journal's bytes; `nil` where there is none. `model`: the file whose owner the journal got when it was made, where that is known.
    ///
    /// - Throws: `.exposed` where others may write to it, or whatever keeps it from being read.
    public static func bytes(beside output: String, like model: String? = nil) throws(FileAccessError) -> [UInt8]? {
        let path = path(beside: output)
        guard let file = try open(path, O_RDONLY, output: output, model: model) else { return nil }
        do throws(SystemErrno) { return try file.readAll(size: Int(try file.status().st_size)) } catch {
            throw .system(.ioError, path: path, errno: error.number, "cannot be read to its end", advice: "check the disk and run again")
        }
    }

    /// Opens the journal, or makes it where there is none: then it gets the owner and the rights of `model`, but nobody else may write to it.
    public init(beside output: String, like model: String) throws(FileAccessError) {
        path = Self.path(beside: output)
        if let file = try Self.open(path, O_RDWR | O_APPEND, output: output, model: model) {
            self.file = file
            isNew = false
        } else {
            file = try Self.make(path, like: model)
            isNew = true
        }
    }

    /// Adds a line, which brings its line end, and waits until it is on the disk.
    public mutating func append(_ line: [UInt8]) throws(FileAccessError) {
        let start: [UInt8]
        do throws(SystemErrno) {
            let length = try file.status().st_size
            let last = length == 0 ? [] : try file.read(at: Int(length) - 1, count: 1)
            start = last.isEmpty || last == [UInt8(ascii: "\n")] ? [] : [UInt8(ascii: "\n")]
            lengths.append(length)
        } catch {
            throw .system(.ioError, path: path, errno: error.number, "cannot be read", advice: "check the disk and run again")
        }
        do throws(SystemErrno) {
            try file.writeAll((start + line).span)
            try file.synchronize()
        } catch {
            takeBack()
            throw .writing(path, errno: error.number)
        }
        // A file that is new is on the disk when its name is, too.
        guard isNew, lengths.count == 1 else { return }
        do { try FilePath(string: path).flushFolder() } catch {
            takeBack()
            throw error
        }
    }

    /// Takes away the last line that this has added, and the journal where it has no other.
    public mutating func takeBack() {
        guard let length = lengths.popLast() else { return }
        if isNew, lengths.isEmpty { unlink(path) } else { ftruncate(file.number, length) }
    }

    private static func make(_ path: String, like model: String) throws(FileAccessError) -> Descriptor {
        let file: Descriptor
        do { file = try Descriptor(opening: path, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600) } catch {
            throw .system(
                .cannotCreate, path: path, errno: error.number, "the journal cannot be made, without which nothing could be taken back",
                advice: "make room or rights for it; nothing was replaced")
        }
        do throws(SystemErrno) {
            var attributes = FileAttributes()
            try attributes.copy(from: model, to: file)
            let mode = try file.status().st_mode & 0o7777 & ~othersMayWrite
            guard fchmod(file.number, mode | 0o600) == 0 else { throw SystemErrno(number: errno) }
        } catch {
            unlink(path)
            throw .writing(path, errno: error.number)
        }
        return file
    }

    // MARK: - Whom to believe

    /// Rights with which others could have written the journal.
    private static let othersMayWrite: mode_t = 0o022

    /// The open journal; `nil` where there is none.
    private static func open(_ path: String, _ flags: Int32, output: String, model: String?) throws(FileAccessError) -> Descriptor? {
        let file: Descriptor
        do { file = try Descriptor(opening: path, flags | O_NONBLOCK | O_NOFOLLOW) } catch {
            switch error.number {
            case ENOENT, ENOTDIR: return nil
            case ELOOP: throw exposed(path, "it is a symbolic link, which may lead anywhere; put the journal itself there")
            default: throw cannotOpen(path, error)
            }
        }
        let status: stat
        do { status = try file.status() } catch { throw cannotOpen(path, error) }
        guard FileKind(status) == .regular else { throw exposed(path, "it is no file; move away what stands there") }
        // Whoever owns the list, or its folder, may change the list itself.
        let owners = [output, FilePath(string: output).folder, model].compactMap {
            $0.flatMap { try? FilePath(string: $0).status() }?.st_uid
        }
        guard ([geteuid(), 0] + owners).contains(status.st_uid) else {
            throw exposed(
                path, "it belongs to the user \(status.st_uid), and neither to you nor to the file's owner; take it over with chown")
        }
        guard status.st_mode & othersMayWrite == 0 else { throw exposed(path, "others may write to it; see what it says, then chmod go-w") }
        return file
    }

    private static func cannotOpen(_ path: String, _ error: SystemErrno) -> FileAccessError {
        .system(.unreadable, path: path, errno: error.number, "the journal cannot be opened", advice: "run as its owner")
    }

    private static func exposed(_ path: String, _ why: String) -> FileAccessError {
        FileAccessError(.exposed, path: path, reason: "the journal is not believed, for \(why); nothing was done")
    }
}
