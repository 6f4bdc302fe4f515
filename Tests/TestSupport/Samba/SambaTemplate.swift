import Foundation

/// A domain controller that was made once, never started, and is copied for each server.
///
/// It takes some ten seconds to make, so it is kept below the system's temporary folder, under a name that follows from all that it is made
/// of. Test processes that need it at the same time wait for the one that makes it.
struct SambaTemplate {
    private let cache: String
    private let name: String
    private let people: String

    private static let found = Result { try SambaTemplate() }

    /// Copies the template to a folder that does not exist yet; makes it first where need be.
    static func copy(to folder: String) throws {
        try found.get().copy(to: folder)
    }

    private init() throws {
        let samba = "/usr/sbin/samba"
        guard FileManager.default.isExecutableFile(atPath: samba) else { throw Self.missing("there is no \(samba)") }
        let version = try Tool.run(samba, ["--version"])
        people = DirectoryForm.activeDirectory.ldif(PrivateSamba.people)
        let parts = [
            version, String(decoding: PackageResources.samba_template_py, as: UTF8.self), people,
            SambaConfiguration(folder: "", address: "").text, "\(LoopbackAddress.numbers)",
            PrivateSamba.administrator.password, PrivateSamba.reader.password,
        ]
        name = String(try Tool.run("/usr/bin/sha256sum", [], input: parts.joined(separator: "\n")).prefix(16))
        cache = NSTemporaryDirectory() + "/ldap-reconcile-samba-\(getuid())"
        try Self.makePrivate(cache)
    }

    private func copy(to folder: String) throws {
        let lock = try FileLock(cache + "/lock", within: .seconds(180))
        defer { lock.release() }
        let template = cache + "/" + name
        if !FileManager.default.fileExists(atPath: template) { try make(template) }
        // Its date says when it was last used.
        try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: template)
        try Tool.run("/bin/cp", ["-a", template, folder])
    }

    private func make(_ template: String) throws {
        removeOld()
        let folder = template + ".new"
        try? FileManager.default.removeItem(atPath: folder)  // left behind by a process that was ended half-way
        for name in ["etc", "private", "run", "state", "cache"] {
            try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
        }
        let configuration = SambaConfiguration(folder: folder, address: "127.0.0.1").text
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: folder + "/etc/smb.conf"))
        let script = folder + "/etc/samba-template.py"
        try Data(PackageResources.samba_template_py).write(to: URL(fileURLWithPath: script))
        let numbers = LoopbackAddress.numbers
        do {
            try Tool.run(
                "/usr/bin/python3", [script, folder, PrivateSamba.realm, "\(numbers.lowerBound)", "\(numbers.upperBound)"],
                environment: PrivateSamba.passwords, input: people, within: .seconds(150))
        } catch let error as TestSupportError where error.description.contains("No module named") {
            throw Self.missing(error.description)
        }
        try FileManager.default.moveItem(atPath: folder, toPath: template)
    }

    /// Removes templates of other versions that nobody has used for a fortnight. Only while the lock is held.
    private func removeOld() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? [] where name != "lock" {
            let path = cache + "/" + name
            let used = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            if let used, used.timeIntervalSinceNow < -14 * 86400 { try? FileManager.default.removeItem(atPath: path) }
        }
    }

    /// A folder that only this account can have made: the system's temporary folder is everybody's.
    private static func makePrivate(_ path: String) throws {
        if mkdir(path, 0o700) == 0 { return }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode == S_IFDIR | 0o700, status.st_uid == getuid() else {
            throw TestSupportError("'\(path)' is not a folder of this account with mode 700. Remove it.")
        }
    }

    private static func missing(_ what: String) -> TestSupportError {
        TestSupportError("Samba's domain controller is not installed (\(what)). Run: scripts/install-dependencies test")
    }
}

/// A lock on a file, which other processes and other threads of this one respect.
private struct FileLock {
    private let file: Int32

    init(_ path: String, within limit: Duration) throws {
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw TestSupportError("cannot open '\(path)'", errno: errno) }
        let deadline = ContinuousClock.now + limit
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard ContinuousClock.now < deadline else {
                close(file)
                throw TestSupportError("another process has held '\(path)' for \(limit)")
            }
            usleep(20_000)
        }
    }

    func release() { close(file) }
}
