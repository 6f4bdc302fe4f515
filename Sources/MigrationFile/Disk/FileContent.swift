internal import Glibc

/// A file's bytes, and which file that was.
public struct FileContent: Sendable {
    /// The path it was read from.
    public let path: String
    /// All its bytes.
    public let bytes: [UInt8]
    let identity: FileIdentity

    /// What is at a path; `nil` where nothing is.
    init?(of path: String) throws(FileAccessError) {
        do {
            guard let before = try FilePath(string: path).status() else { return nil }
            let bytes = try FileReading.bytes(at: path)
            guard let after = try FilePath(string: path).status(), FileIdentity(after) == FileIdentity(before) else {
                throw FileAccessError(.changedMeanwhile, path: path, reason: "the file was changed while it was read; run again")
            }
            self.path = path
            self.bytes = bytes
            identity = FileIdentity(after)
        } catch let error as SystemErrno {
            throw .system(.unreadable, path: path, errno: error.number, "cannot be looked at", advice: "run as somebody who may read it")
        } catch let error as FileAccessError { throw error } catch { throw FileAccessError(.ioError, path: path, reason: "\(error)") }
    }
}
