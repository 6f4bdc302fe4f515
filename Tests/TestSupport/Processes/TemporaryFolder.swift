import Foundation

/// A folder of a test's own, gone when the test lets go of it.
///
/// Right below `/tmp` and short: an `ldapi` path of more than about 100 bytes crashes slapd.
public final class TemporaryFolder: Sendable {
    /// The folder's absolute path, without a slash at its end.
    public let path: String
    private let token: AtExit.Token

    /// Makes the folder, readable by nobody else.
    public init() throws {
        var template = Array("/tmp/lr-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let made else { throw TestSupportError("cannot make a folder in /tmp", errno: errno) }
        path = made
        token = AtExit.register { TemporaryFolder.delete(made) }
    }

    deinit {
        remove()
    }

    /// Removes the folder and all that is in it. Safe to repeat.
    public func remove() {
        AtExit.cancel(token)
        Self.delete(path)
    }

    /// The path of something in the folder.
    public subscript(_ name: String) -> String { path + "/" + name }

    /// Writes a file into the folder, making folders on its way; gives its path.
    @discardableResult
    public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        let file = self[name]
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    /// Writes a file of UTF-8 text into the folder; gives its path.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try write(text.utf8, to: name)
    }

    /// The bytes of a file in the folder.
    public func read(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: self[name])))
    }

    /// Whether the folder holds something of that name.
    public func contains(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: self[name])
    }

    /// What the folder holds, sorted.
    public func list() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    private static func delete(_ path: String) {
        // A folder that is already gone is what is wanted.
        try? FileManager.default.removeItem(atPath: path)
    }
}
