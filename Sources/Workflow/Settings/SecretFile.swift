internal import Glibc

/// A file that must be nobody else's: a password's, or a keytab, which is as good as one.
struct SecretFile {
    let path: String
    /// What it is, such as `password file`.
    let what: String

    /// Throws status 66 when it cannot be read or is no ordinary file, 77 when others than its owner have a right to it. `others`: the bits of
    /// the mode that count as such.
    func check(others: mode_t = 0o077) throws(Failure) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw unreadable }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(.noInput, "The \(what) '\(path)' is not an ordinary file.") }
        let open = status.st_mode & others
        guard open == 0 else {
            let rights = [(0o044, "read"), (0o022, "changed"), (0o011, "executed")].filter { open & $0.0 != 0 }.map(\.1)
            let mode = String(status.st_mode & 0o7777, radix: 8)
            throw Failure(
                .credentials,
                "The \(what) '\(path)' can be \(rights.joined(separator: " and ")) by others (mode \(mode)); make it yours alone: chmod 600 '\(path)'."
            )
        }
        guard access(path, R_OK) == 0 else { throw unreadable }
    }

    private var unreadable: Failure {
        Failure(.noInput, "The \(what) '\(path)' cannot be read: \(String(cString: strerror(errno))).")
    }
}
