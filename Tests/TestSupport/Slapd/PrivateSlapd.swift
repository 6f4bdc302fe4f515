import Foundation

/// A real OpenLDAP server of a test's own: on 127.0.0.1 and free ports, answering when `init` returns, ended and waited
/// for when the test lets go of it.
///
/// About 0.1 s from nothing to answering; one for each test is fine.
///
///     let slapd = try PrivateSlapd(SlapdConfiguration(content: "dn: o=Test\nobjectClass: organization\no: Test\n"))
///     let connection = try connect(to: slapd.uri)
public final class PrivateSlapd: Sendable {
    /// The password of every database's `rootName`.
    public static let rootPassword = "secret"

    /// The server's folder: configuration, databases, socket.
    public let folder: TemporaryFolder
    /// What it was told to be.
    public let configuration: SlapdConfiguration
    private let state: Monitor<Running?>

    private struct Running {
        var process: ChildProcess
        var port: Int
        var tlsPort: Int?
    }

    /// Loads the databases and starts the server.
    public init(_ configuration: SlapdConfiguration = SlapdConfiguration()) throws {
        self.configuration = configuration
        folder = try TemporaryFolder()
        let pki = try configuration.certificate.map { _ in try TestPKI.shared() }
        try folder.write(try configuration.file(in: folder, pki: pki), to: "slapd.conf")
        // slapadd wants the folders of all databases, whichever it loads.
        for index in configuration.databases.indices {
            let path = folder[SlapdConfiguration.folder(ofDatabase: index)]
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        for (index, database) in configuration.databases.enumerated() {
            for content in database.content { try Self.load(content, into: index, of: database, folder) }
        }
        state = Monitor(nil)
        try start()
    }

    deinit {
        stop()
    }

    /// The port of `ldap` on 127.0.0.1; the same after a restart. 0 before the first start.
    public var port: Int { state.withLock { $0?.port ?? 0 } }
    /// The port of `ldaps`; 0 without a certificate.
    public var tlsPort: Int { state.withLock { $0?.tlsPort ?? 0 } }
    /// `ldap://127.0.0.1:PORT`.
    public var uri: String { "ldap://127.0.0.1:\(port)" }
    /// `ldaps://127.0.0.1:PORT`.
    public var tlsURI: String { "ldaps://127.0.0.1:\(tlsPort)" }
    /// `ldapi://…`, the local socket.
    public var localURI: String { "ldapi://" + folder["ldapi"].replacing("/", with: "%2F") }
    /// The first database's suffix.
    public var suffix: String { configuration.database.suffix }
    /// The name that may do anything in the first database, with `rootPassword`.
    public var rootName: String { configuration.database.rootName }
    /// The process; `nil` while it is stopped.
    public var process: ChildProcess? { state.withLock { $0?.process.isRunning == true ? $0?.process : nil } }

    /// Starts it again after `stop` or `kill`, on the same ports and files.
    public func start() throws {
        let before = state.withLock { $0 }
        if before?.process.isRunning == true { return }
        // Between choosing a port and slapd taking it, somebody else may.
        var failure = TestSupportError("slapd was not started")
        for _ in 1...8 {
            let port = try before?.port ?? Loopback.freePort()
            let tlsPort = configuration.certificate == nil ? nil : try before?.tlsPort ?? Loopback.freePort()
            do {
                let process = try launch(port: port, tlsPort: tlsPort)
                state.withLock { $0 = Running(process: process, port: port, tlsPort: tlsPort) }
                return
            } catch let error as TestSupportError {
                failure = error
            }
        }
        throw failure
    }

    /// Ends it as an administrator does (SIGTERM). Its data stay; clients get a Notice of Disconnection. Safe to repeat.
    public func stop() {
        state.withLock { $0?.process }?.end()
    }

    /// Ends it with SIGKILL, and waits until it is gone.
    public func kill() {
        let process = state.withLock { $0?.process }
        process?.send(.kill)
        _ = process?.wait(for: .seconds(10))
    }

    /// Stops it in its tracks (SIGSTOP): the system still accepts connections, nobody answers.
    public func pause() {
        process?.send(.stop)
    }

    /// Lets it go on after `pause`.
    public func resume() {
        process?.send(.resume)
    }

    /// Changes entries by LDIF with `changetype:` lines, as the first database's root.
    public func modify(_ ldif: String) throws {
        try Tool.run("/usr/bin/ldapmodify", ["-x", "-H", localURI, "-D", rootName, "-w", Self.rootPassword], input: ldif)
    }

    /// Adds entries by LDIF without `changetype:` lines.
    public func add(_ ldif: String) throws {
        try Tool.run("/usr/bin/ldapmodify", ["-a", "-x", "-H", localURI, "-D", rootName, "-w", Self.rootPassword], input: ldif)
    }

    /// What `ldapsearch` prints: LDIF without comments. For set-up and comparison only.
    public func search(_ arguments: String...) throws -> String {
        try Tool.run(
            "/usr/bin/ldapsearch",
            ["-x", "-LLL", "-o", "ldif-wrap=no", "-H", localURI, "-D", rootName, "-w", Self.rootPassword, "-b", suffix] + arguments)
    }

    /// Has it show another certificate from the next handshake on.
    public func use(_ certificate: TestPKI.Certificate) throws {
        let pki = try TestPKI.shared()
        try modify(
            """
            dn: cn=config
            changetype: modify
            replace: olcTLSCertificateFile
            olcTLSCertificateFile: \(pki.certificateFile(certificate))
            -
            replace: olcTLSCertificateKeyFile
            olcTLSCertificateKeyFile: \(pki.keyFile(certificate))

            """)
    }

    private func launch(port: Int, tlsPort: Int?) throws -> ChildProcess {
        // The local socket last: slapd listens in this order, so when it answers there, it answers everywhere.
        let uris = ["ldap://127.0.0.1:\(port)/"] + (tlsPort.map { ["ldaps://127.0.0.1:\($0)/"] } ?? []) + [localURI + "/"]
        let process = try ChildProcess.daemon(
            "/usr/sbin/slapd", ["-d", "0", "-f", folder["slapd.conf"], "-h", uris.joined(separator: " ")],
            environment: configuration.environment, log: folder["slapd.log"])
        let deadline = ContinuousClock.now + .seconds(20)
        while !Loopback.isAnswering(socket: folder["ldapi"]) {
            guard process.isRunning, ContinuousClock.now < deadline else {
                process.end()
                let log = (try? folder.read("slapd.log")).map { String(decoding: $0, as: UTF8.self) } ?? ""
                throw TestSupportError(
                    "slapd did not come up on port \(port): \(log) To see why: slapd -d 256 -f slapd.conf with this file:\n\(try configurationText())"
                )
            }
            usleep(3000)
        }
        return process
    }

    private func configurationText() throws -> String {
        String(decoding: try folder.read("slapd.conf"), as: UTF8.self)
    }

    private static func load(
        _ content: SlapdConfiguration.Content, into index: Int, of database: SlapdConfiguration.Database, _ folder: TemporaryFolder
    ) throws {
        var arguments = ["-q", "-f", folder["slapd.conf"], "-n", "\(index + 1)"]
        if database.skipsSchemaCheck { arguments.append("-s") }
        switch content {
        case .file(let path): try Tool.run("/usr/sbin/slapadd", arguments + ["-l", path])
        case .text(let text): try Tool.run("/usr/sbin/slapadd", arguments, input: text)
        }
    }
}
