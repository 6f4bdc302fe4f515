import DirectorySource
import Glibc
import Records

/// An LDIF export: read as a whole, entry by entry, and asked for a name.
struct ExportInput {
    let profile: ProfileChoice
    let bytes: [UInt8]

    private static let profiles: [DirectoryProfile] = ProfileReader.shippedNames.compactMap { try? ProfileReader.shipped($0) }
    /// A file without a name, written anew for each input. In memory: thousands a second would wear a disk and wait for it. The fuzzer runs on Linux only,
    /// where /dev/shm is such a place.
    private static let descriptor: CInt = {
        var path = Array("/dev/shm/exportXXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        unlink(path)
        return descriptor
    }()

    init(choice: UInt8, bytes: [UInt8]) {
        let number = Int(choice) % 5
        profile = number == 0 ? .automatic(Self.profiles) : .profile(Self.profiles[number - 1])
        self.bytes = bytes
    }

    func run() {
        ftruncate(Self.descriptor, 0)
        guard pwrite(Self.descriptor, bytes, bytes.count, 0) == bytes.count else { return }
        let directory = LDIFDirectory(path: "/proc/self/fd/\(Self.descriptor)", base: nil, profile: profile)
        do {
            let read = try directory.describedRead { _ in }
            let recipients = read.snapshot.recipients
            let dns = recipients.map { $0.dn }
            let again = try directory.recipients(at: dns)
            // Of entries that stand there twice, one may be no recipient any more.
            if !read.snapshot.proof.remarks.contains(where: { $0.contains("counts once") }) {
                for recipient in recipients where !recipient.dn.isEmpty {
                    demand(
                        again[recipient.dn]?.directoryName == recipient.directoryName, "\(recipient.dn) was read, and is not found again")
                }
            }
            if let dn = dns.first(where: { !$0.isEmpty }) {
                let finding = try directory.find(dn, operational: false)
                demand(!finding.entries.isEmpty, "\(dn) was read, and is not shown")
            }
        } catch { demand(error is LDIFProblem, "\(error)") }
    }
}
