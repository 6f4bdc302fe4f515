internal import Glibc

/// A path taken apart, and what the system says of it.
struct FilePath: Equatable {
    let string: String

    /// The folder; `.` for a bare name.
    var folder: String {
        guard let slash = string.lastIndex(of: "/") else { return "." }
        return slash == string.startIndex ? "/" : String(string[..<slash])
    }

    /// The last part.
    var name: String { string.lastIndex(of: "/").map { String(string[string.index(after: $0)...]) } ?? string }

    /// A file of that name in the same folder.
    func sibling(_ name: String) -> String {
        string.contains("/") ? (folder == "/" ? "/\(name)" : "\(folder)/\(name)") : name
    }

    /// What is there, symbolic links followed; `nil` when there is nothing.
    func status() throws(SystemErrno) -> stat? {
        var status = stat()
        if stat(string, &status) == 0 { return status }
        if errno == ENOENT || errno == ENOTDIR { return nil }
        throw SystemErrno(number: errno)
    }

    /// What is there itself, be it a symbolic link; `nil` when there is nothing, or it cannot be seen.
    var ownStatus: stat? {
        var status = stat()
        return lstat(string, &status) == 0 ? status : nil
    }

    /// Where the symbolic links at the path lead, also when nothing is there yet. Links in the folder's own path stay.
    func followingLinks() throws(SystemErrno) -> FilePath {
        var path = self
        for _ in 0..<40 {
            guard let target = path.linkTarget else { return path }
            path = FilePath(string: target.hasPrefix("/") ? target : path.sibling(target))
        }
        throw SystemErrno(number: ELOOP)
    }

    private var linkTarget: String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink(string, &buffer, buffer.count)
        return length > 0 ? String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }

    /// The names in the file's folder, in no order; none where it cannot be read.
    func namesInFolder() -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names
    }

    /// Makes renames in the file's folder last through a loss of power.
    func flushFolder() throws(FileAccessError) {
        do throws(SystemErrno) {
            let folder = try Descriptor(opening: folder, O_RDONLY | O_DIRECTORY)
            try folder.synchronize()
        } catch {
            // Some network file systems flush no folders, and a folder may be writable without being readable.
            if [EINVAL, ENOTSUP, EACCES].contains(error.number) { return }
            throw .system(.ioError, path: folder, errno: error.number, "the folder cannot be flushed", advice: "check the disk")
        }
    }
}
