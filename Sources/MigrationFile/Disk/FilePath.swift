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
}
