internal import Glibc

/// Reads whole files.
public enum FileReading {
    /// The bytes of a regular file, symbolic links followed. Reads into memory; a pipe does not block, it is refused.
    ///
    /// - Throws: `FileAccessError` with `.notFound`, `.unreadable`, `.inputIsFolder`, `.inputIsSpecial`, `.changedMeanwhile` or `.ioError`.
    public static func bytes(at path: String) throws(FileAccessError) -> [UInt8] {
        let file: Descriptor
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        do { file = try Descriptor(opening: path, O_RDONLY | O_NONBLOCK) } catch { throw refusal(path, errno: error.number) }
        do {
            let before = try file.status()
            try refuseOther(FileKind(before), path: path)
            let bytes = try file.readAll(size: Int(before.st_size))
            guard FileIdentity(try file.status()) == FileIdentity(before), bytes.count == Int(before.st_size) else {
                throw FileAccessError(
                    .changedMeanwhile, path: path, reason: "the file was changed while it was read; wait until it is complete and run again"
                )
            }
            return bytes
        } catch let error as SystemErrno {
            throw .system(.ioError, path: path, errno: error.number, "cannot be read to its end", advice: "check the disk and run again")
        } catch let error as FileAccessError {
            throw error
        } catch {
            throw FileAccessError(.ioError, path: path, reason: "cannot be read: \(error)")
        }
    }

    /// The first bytes of a regular file, at most `count`; fewer where the file is shorter.
    ///
    /// - Throws: as `bytes(at:)`.
    public static func start(of path: String, count: Int) throws(FileAccessError) -> [UInt8] {
        let file: Descriptor
        do { file = try Descriptor(opening: path, O_RDONLY | O_NONBLOCK) } catch { throw refusal(path, errno: error.number) }
        do {
            try refuseOther(FileKind(try file.status()), path: path)
            return try Array(file.readAll(size: count - 1).prefix(count))
        } catch let error as SystemErrno {
            throw .system(.ioError, path: path, errno: error.number, "cannot be read", advice: "check the disk and run again")
        } catch let error as FileAccessError {
            throw error
        } catch {
            throw FileAccessError(.ioError, path: path, reason: "cannot be read: \(error)")
        }
    }

    private static func refusal(_ path: String, errno: Int32) -> FileAccessError {
        if errno == ENOENT || errno == ENOTDIR {
            return FileAccessError(.notFound, path: path, errno: errno, reason: "there is no such file; check the path")
        }
        // A socket cannot be opened at all.
        if errno == ENXIO { return special(path) }
        return .system(.unreadable, path: path, errno: errno, "cannot be opened", advice: "run as somebody who may read it")
    }

    private static func refuseOther(_ kind: FileKind, path: String) throws(FileAccessError) {
        switch kind {
        case .regular: return
        case .folder: throw FileAccessError(.inputIsFolder, path: path, reason: "this is a folder, expected a file; name the file in it")
        case .special: throw special(path)
        }
    }

    private static func special(_ path: String) -> FileAccessError {
        FileAccessError(
            .inputIsSpecial, path: path, reason: "this is a pipe, a socket or a device, expected a file; save it to a file first")
    }
}
