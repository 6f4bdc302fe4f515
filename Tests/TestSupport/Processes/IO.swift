import CTestSupport
import Glibc

/// Reading and writing descriptors to the end.
enum IO {
    /// A pipe that no child inherits.
    static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        let code = cts_pipe(&ends)
        guard code == 0 else { throw TestSupportError("cannot make a pipe", errno: code) }
        return (ends[0], ends[1])
    }

    /// What is there, at most 64 KiB, after waiting for something; empty at the end, `nil` on an error.
    static func read(_ file: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        var count: Int
        repeat { count = Glibc.read(file, &buffer, buffer.count) } while count < 0 && errno == EINTR
        return count < 0 ? nil : Array(buffer.prefix(count))
    }

    /// Writes everything; false when the other side has gone.
    @discardableResult
    static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
        ignoreBrokenPipes
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// A child that closes its input early must not end the test process. Children get the default back.
    static let ignoreBrokenPipes: Void = { signal(SIGPIPE, SIG_IGN) }()
}

extension [UInt8] {
    /// Whether `part` occurs in it.
    func contains(_ part: [UInt8]) -> Bool {
        guard let first = part.first else { return true }
        guard count >= part.count else { return false }
        return (0...(count - part.count)).contains { self[$0] == first && self[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
