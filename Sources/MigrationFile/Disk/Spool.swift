internal import Glibc

/// Bytes on their way into a file whose beginning is known only at the end, such as a plan's header with its counts: kept on disk, not in memory.
///
/// A file in the folder of the file to come, so that it needs no room elsewhere. It loses its name as soon as it is made, before the first byte
/// is in it, and so is gone when the program ends, however it ends.
public final class Spool {
    private let file: Descriptor
    private let output: String
    /// How many bytes have been added.
    public private(set) var count = 0

    /// An empty spool in the folder of `output`.
    public init(for output: String) throws(FileAccessError) {
        self.output = output
        let path: FilePath
        do { path = try FilePath(string: output).followingLinks() } catch {
            throw .system(.cannotCreate, path: output, errno: error.number, "cannot be looked at", advice: "choose another path")
        }
        do { file = try Self.namelessFile(beside: path) } catch {
            throw .system(
                .cannotCreate, path: output, errno: error.number, "no file can be made in its folder",
                advice: "choose a folder that you may write to")
        }
    }

    private static func namelessFile(beside path: FilePath) throws(SystemErrno) -> Descriptor {
        var template = Array("\(path.sibling(".\(path.name).spool-"))XXXXXX".utf8CString)
        let number = mkstemp(&template)
        guard number >= 0 else { throw SystemErrno(number: errno) }
        unlink(template)
        return Descriptor(takingOwnershipOf: number)
    }

    /// Adds bytes at the end.
    public func append(_ bytes: [UInt8]) throws(FileAccessError) {
        do { try file.writeAll(bytes) } catch { throw .writing(output, errno: error.number) }
        count += bytes.count
    }
}

extension Spool: ByteSource {
    /// Lends the bytes in blocks of at most a megabyte, from the first to the last.
    func forEachBlock(_ body: ([UInt8]) throws(SystemErrno) -> Void) throws(SystemErrno) {
        var offset = 0
        while offset < count {
            let block = try file.read(at: offset, count: min(1 << 20, count - offset))
            guard !block.isEmpty else { throw SystemErrno(number: EIO) }
            try body(block)
            offset += block.count
        }
    }
}

/// Bytes that can be gone through more than once, block by block: once to write them, once to compare what was written.
protocol ByteSource {
    /// Lends the bytes, from the first to the last.
    func forEachBlock(_ body: ([UInt8]) throws(SystemErrno) -> Void) throws(SystemErrno)
}

/// Bytes in memory, and behind them the bytes of a spool.
struct HeadAndSpool: ByteSource {
    let head: [UInt8]
    let spool: Spool?

    func forEachBlock(_ body: ([UInt8]) throws(SystemErrno) -> Void) throws(SystemErrno) {
        try body(head)
        try spool?.forEachBlock(body)
    }
}
