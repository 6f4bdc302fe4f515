internal import Glibc
internal import Parallel

/// An open file of the system, closed when it goes out of use.
struct Descriptor: ~Copyable {
    let number: Int32

    /// Opens the path, trying again when a signal interrupts. The system's error number is thrown.
    init(opening path: String, _ flags: Int32, mode: mode_t = 0) throws(SystemErrno) {
        while true {
            let number = open(path, flags | O_CLOEXEC, mode)
            if number >= 0 {
                self.number = number
                return
            }
            if errno != EINTR { throw SystemErrno(number: errno) }
        }
    }

    /// The descriptor that the caller has opened.
    init(takingOwnershipOf number: Int32) { self.number = number }

    deinit { close(number) }

    /// What the system knows of the open file.
    func status() throws(SystemErrno) -> stat {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw SystemErrno(number: errno) }
        return status
    }

    /// Writes all the bytes, however many calls that takes.
    func writeAll(_ bytes: Span<UInt8>) throws(SystemErrno) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { write(number, $0.baseAddress?.advanced(by: written), bytes.count - written) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { throw SystemErrno(number: count < 0 ? errno : EIO) }
            written += count
        }
    }

    /// Reads from the start to the end, expecting `size` bytes or a few more.
    func readAll(size: Int) throws(SystemErrno) -> [UInt8] {
        if size >= Self.largeSize, let bytes = readAllInPieces(size: size) { return bytes }
        return try read(at: 0, count: size + 1)
    }

    private static let largeSize = 8 << 20
    private static let pieceSize = 2 << 20

    /// The same on all processors: most of the time is spent on giving the process its memory. `nil` when anything is not as expected, which one
    /// thread then finds out.
    private func readAllInPieces(size: Int) -> [UInt8]? {
        var isWhole = false
        let number = number
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            // Each piece fills a part of the buffer of its own, so the threads do not meet; all are done before it is used.
            nonisolated(unsafe) let start = buffer.baseAddress
            let pieces = Parallel.map(size, inPiecesOf: Self.pieceSize) { range in
                var done = range.lowerBound
                while done < range.upperBound {
                    let got = pread(number, start?.advanced(by: done), range.upperBound - done, off_t(done))
                    if got < 0, errno == EINTR { continue }
                    if got <= 0 { return false }
                    done += got
                }
                return true
            }
            isWhole = !pieces.contains(false)
            filled = isWhole ? size : 0
        }
        return isWhole ? bytes : nil
    }

    /// Bytes from `offset` on; fewer than `count` where the file ends.
    func read(at offset: Int, count: Int) throws(SystemErrno) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(number, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { return }
                filled += got
            }
        }
        if failure != 0 { throw SystemErrno(number: failure) }
        return bytes
    }

    /// Whether the file holds these bytes and nothing else. Compares a megabyte at a time.
    func holds(_ bytes: [UInt8]) throws(SystemErrno) -> Bool {
        guard try status().st_size == off_t(bytes.count) else { return false }
        for start in stride(from: 0, to: bytes.count, by: 1 << 20) {
            let block = bytes[start..<min(start + 1 << 20, bytes.count)]
            guard try read(at: start, count: block.count)[...].isSame(as: block) else { return false }
        }
        return true
    }

    /// Waits until what was written is on the disk.
    func synchronize() throws(SystemErrno) {
        while fsync(number) != 0 {
            if errno != EINTR { throw SystemErrno(number: errno) }
        }
    }
}

/// The system's error number, still without the path and what was being done.
struct SystemErrno: Error {
    let number: Int32
}

/// What kind of thing stands at a path.
enum FileKind {
    case regular, folder, special

    init(_ status: stat) {
        self =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            default: .special
            }
    }
}

/// The same file, unchanged, as far as the system can tell.
struct FileIdentity: Equatable {
    let device: dev_t
    let inode: ino_t
    let size: off_t
    let modified: Int
    let modifiedNanoseconds: Int

    init(_ status: stat) {
        device = status.st_dev
        inode = status.st_ino
        size = status.st_size
        modified = status.st_mtim.tv_sec
        modifiedNanoseconds = status.st_mtim.tv_nsec
    }
}

extension ArraySlice<UInt8> {
    /// Whether the bytes are the same; memcmp is many times as fast as comparing element by element.
    fileprivate func isSame(as other: ArraySlice<UInt8>) -> Bool {
        count == other.count
            && withUnsafeBytes { mine in
                other.withUnsafeBytes { theirs in
                    guard let first = mine.baseAddress, let second = theirs.baseAddress else { return true }
                    return memcmp(first, second, mine.count) == 0
                }
            }
    }
}
