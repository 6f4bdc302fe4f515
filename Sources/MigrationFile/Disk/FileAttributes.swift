internal import CFileSystem
internal import Glibc

/// Gives a new file the owner, mode, extended attributes and access lists of another one, so that whoever could read the
/// list before can read it after, and nobody else.
struct FileAttributes {
    /// What could not be kept, in words.
    private(set) var notes: [String] = []

    /// Copies everything from the file at `model` to the open file.
    mutating func copy(from model: String, to file: borrowing Descriptor) throws(SystemErrno) {
        let source = try Descriptor(opening: model, O_RDONLY | O_NONBLOCK)
        let status = try source.status()
        let keepsGroup = copyOwner(status, to: file)
        // Rights of a group that is not the file's are rights of somebody else.
        let mode = status.st_mode & (keepsGroup ? 0o777 : 0o707)
        copyExtended(from: source, to: file)
        guard fchmod(file.number, mode) == 0 else { throw SystemErrno(number: errno) }
    }

    /// Whether the group is the model's afterwards.
    private mutating func copyOwner(_ status: stat, to file: borrowing Descriptor) -> Bool {
        guard let own = try? file.status() else { return false }
        if own.st_uid == status.st_uid, own.st_gid == status.st_gid { return true }
        if fchown(file.number, status.st_uid, status.st_gid) == 0 { return true }
        let groupIsKept = own.st_gid == status.st_gid || fchown(file.number, uid_t.max, status.st_gid) == 0
        notes.append("the owner \(status.st_uid):\(status.st_gid) could not be kept")
        return groupIsKept
    }

    /// Extended attributes, among them the access list; those that the new file inherited from its folder go.
    private mutating func copyExtended(from source: borrowing Descriptor, to file: borrowing Descriptor) {
        let names = Self.names(of: source)
        for name in Self.names(of: file) where !names.contains(name) { fremovexattr(file.number, name) }
        for name in names where !Self.copy(name, from: source, to: file) {
            // Labels of the system are its own business.
            if name.hasPrefix("user.") || name.hasPrefix("system.") { notes.append("the attribute \(name) could not be kept") }
        }
    }

    private static func names(of file: borrowing Descriptor) -> [String] {
        let size = flistxattr(file.number, nil, 0)
        guard size > 0 else { return [] }
        var buffer = [CChar](repeating: 0, count: size)
        let length = flistxattr(file.number, &buffer, size)
        let bytes = buffer.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func copy(_ name: String, from source: borrowing Descriptor, to file: borrowing Descriptor) -> Bool {
        let size = fgetxattr(source.number, name, nil, 0)
        guard size >= 0 else { return false }
        var value = [UInt8](repeating: 0, count: size)
        let length = value.withUnsafeMutableBytes { fgetxattr(source.number, name, $0.baseAddress, size) }
        guard length == size else { return false }
        return value.withUnsafeBytes { fsetxattr(file.number, name, $0.baseAddress, size, 0) } == 0
    }
}
