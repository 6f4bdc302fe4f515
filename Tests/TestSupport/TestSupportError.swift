import Glibc

/// Why a test's surroundings could not be set up. Never says anything about the program under test.
public struct TestSupportError: Error, Sendable, CustomStringConvertible {
    /// What was being done and what went wrong.
    public let description: String

    /// An error in words.
    public init(_ description: String) {
        self.description = description
    }

    /// An error of a system call.
    init(_ action: String, errno code: Int32) {
        description = "\(action): \(String(cString: strerror(code)))"
    }
}
