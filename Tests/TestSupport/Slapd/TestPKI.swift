import Foundation

/// Two certificate authorities and certificates of every kind that a client has to tell apart. Made once for the test
/// process, in 0.6 s.
public final class TestPKI: Sendable {
    /// A certificate by what is the matter with it.
    public enum Certificate: String, Sendable, CaseIterable {
        /// For `localhost`, this machine's name, 127.0.0.1 and ::1.
        case good
        /// As good as `good` for `localhost` and 127.0.0.1, with another key: what somebody in the middle may have got.
        case middle
        /// For `elsewhere.example`, and so of another name.
        case wrongName = "wrongname"
        /// This machine's name stands in the subject only.
        case nameInSubjectOnly = "cnonly"
        /// This machine's name stands in the subject, another one in the alternative names.
        case nameInSubjectContradicted = "cnsandiff"
        /// `localhost` stands in the subject only.
        case localhostInSubjectOnly = "cnlocal"
        /// `localhost` stands in the subject, another name in the alternative names.
        case localhostContradicted = "cnlocaldiff"
        /// `localhost` stands in the subject, and an e-mail address in the alternative names.
        case localhostBesideMail = "cnlocalmail"
        /// Right in all, but from an authority that nobody trusts.
        case untrusted
        /// Ended in February 2020.
        case expired
        /// Begins in 2045.
        case future
        /// A client's, for `cn=reader,ou=people,o=Test`.
        case client
        /// A client's, from an authority that nobody trusts.
        case untrustedClient = "clientbad"
    }

    /// This machine's name, as certificates for it carry it.
    public static let machineName: String = {
        guard let name = try? ProgramRun.run(["-f"], executable: "/bin/hostname"), name.status == 0 else { return "localhost" }
        return name.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }()

    /// Whether that name leads to the address on which the servers of the tests listen.
    public static let namesThisMachine: Bool = {
        guard machineName != "localhost", let found = try? ProgramRun.run(["ahostsv4", machineName], executable: "/usr/bin/getent") else {
            return false
        }
        return found.output.hasPrefix("127.0.0.1 ")
    }()

    private static let made = Result { try TestPKI() }

    /// The certificates of this process.
    public static func shared() throws -> TestPKI { try made.get() }

    let folder: TemporaryFolder
    /// One certificate at a time: openssl counts them in a file.
    private let maker = Monitor(())

    private init() throws {
        folder = try TemporaryFolder()
        let script = try folder.write(PackageResources.mkpki_sh, to: "mkpki.sh")
        try Tool.run("/bin/sh", [script, folder.path])
    }

    /// Makes a certificate for a server at an IP address; gives its file and its key's.
    func certificate(for address: String) throws -> (file: String, key: String) {
        _ = try maker.withLock { _ in try Tool.run("/bin/sh", [folder["mkpki.sh"], folder.path, address]) }
        return (folder[address + ".crt"], folder[address + ".key"])
    }

    /// The file of the authority to trust.
    public var authorityFile: String { folder["ca.crt"] }
    /// The file of the authority that signed the untrusted ones.
    public var otherAuthorityFile: String { folder["otherca.crt"] }
    /// A certificate's file (PEM).
    public func certificateFile(_ certificate: Certificate) -> String { folder[certificate.rawValue + ".crt"] }
    /// The file of a certificate's key (PEM).
    public func keyFile(_ certificate: Certificate) -> String { folder[certificate.rawValue + ".key"] }
}
