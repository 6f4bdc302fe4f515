import Glibc

/// A folder of a test's own, removed with all that is in it when it goes out of use.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/migration-file-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemRefusal(number: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in entries { unlink(file(name)) }
        rmdir(path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The names in the folder, in order.
    var entries: [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    /// Makes a file the plain way.
    func make(_ name: String, _ text: String, mode: mode_t = 0o644) throws {
        let number = open(file(name), O_WRONLY | O_CREAT | O_TRUNC, mode)
        guard number >= 0 else { throw SystemRefusal(number: errno) }
        defer { close(number) }
        let bytes = Array(text.utf8)
        guard write(number, bytes, bytes.count) == bytes.count, fchmod(number, mode) == 0 else { throw SystemRefusal(number: errno) }
    }

    /// What a file holds; `nil` when it is not there.
    func text(_ name: String) -> String? {
        guard let stream = fopen(file(name), "r") else { return nil }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        while case let byte = getc(stream), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    func status(_ name: String) throws -> stat {
        var status = stat()
        guard stat(file(name), &status) == 0 else { throw SystemRefusal(number: errno) }
        return status
    }
}

struct SystemRefusal: Error { let number: Int32 }
