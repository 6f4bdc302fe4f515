internal import Glibc

/// Small files of the program's own: configuration, profiles, passwords.
enum TextFile {
    /// Largest size that is read.
    private static let limit = 16 << 20

    /// The file's bytes; at most 16 MiB. A file that cannot be read ends with 66, whatever it is for; `status` is for one whose content cannot
    /// be used.
    static func bytes(_ path: String, what: String, failing status: ExitStatus) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, what) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = read(descriptor, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path, what) }
            if count == 0 { return bytes }
            bytes += block[..<count]
        }
        throw Failure(status, "The \(what) '\(path)' is larger than \(limit >> 20) MiB.")
    }

    /// The file's text, which must be UTF-8.
    static func text(_ path: String, what: String, failing status: ExitStatus) throws(Failure) -> String {
        try text(of: bytes(path, what: what, failing: status), path, what: what, failing: status)
    }

    /// The text of bytes that were read from the file.
    static func text(of bytes: [UInt8], _ path: String, what: String, failing status: ExitStatus) throws(Failure) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let fault = MarkedText.fault(in: bytes) ?? (1, 1)
        throw Failure(
            status, "\(path):\(fault.line):\(fault.column): the \(what) must be UTF-8 text, and this character is not; save it as UTF-8.")
    }

    private static func unreadable(_ path: String, _ what: String) -> Failure {
        Failure(.noInput, "The \(what) '\(path)' cannot be read: \(String(cString: strerror(errno))).")
    }
}
