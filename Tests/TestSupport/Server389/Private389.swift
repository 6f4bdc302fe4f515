import Foundation
public import Records

/// A real 389 Directory Server of a test's own, with people as inetOrgPerson: on 127.0.0.1 and free ports. Three seconds from nothing to
/// answering.
///
/// For tests that are run when asked for (`isWanted`): its package brings a hundred others, and so is not among those of every test run.
public final class Private389: Sendable {
    /// Whether tests are to use this server: `scripts/test-389` says so.
    public static let isWanted = ProcessInfo.processInfo.environment["LDAP_RECONCILE_TEST_389"] == "1"
    /// An account that may read, with the limits that everybody has.
    public static let reader = (name: "cn=reader,\(DirectoryForm.inetOrgPerson.suffix)", password: "correct-horse")

    /// The server's folder.
    public let folder: TemporaryFolder
    /// The process.
    public let process: ChildProcess
    /// The port of `ldap` on 127.0.0.1.
    public let port: Int
    /// The port of `ldaps`.
    public let tlsPort: Int

    /// Loads the people and starts the server.
    public init(_ people: [Recipient]) throws {
        folder = try TemporaryFolder()
        (port, tlsPort) = (try Loopback.freePort(), try Loopback.freePort())
        let program = "/usr/sbin/ns-slapd"
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw TestSupportError("389 Directory Server is not installed. Run: scripts/install-dependencies 389")
        }
        let script = try folder.write(PackageResources.private_389_sh, to: "private-389.sh")
        let suffix = DirectoryForm.inetOrgPerson.suffix
        try Tool.run(
            "/bin/sh", [script, folder["ds"], "\(port)", "\(tlsPort)", suffix, TestPKI.shared().folder.path],
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"], input: Self.ldif(people))
        process = try ChildProcess.daemon(
            program, ["-D", folder["ds/conf"], "-i", folder["ds/run/pid"], "-d", "0"], environment: [:], log: folder["start.log"])
        let deadline = ContinuousClock.now + .seconds(60)
        for port in [port, tlsPort] {
            while !((try? Loopback.connect(port: port)).map { close($0) } != nil) {
                guard process.isRunning, .now < deadline else {
                    process.end()
                    let log = (try? folder.read("start.log")).map { String(decoding: $0, as: UTF8.self) } ?? ""
                    throw TestSupportError("ns-slapd did not come up on port \(port): \(log)")
                }
                usleep(3000)
            }
        }
    }

    // It takes up to four seconds to end by itself.
    deinit { process.end(grace: .seconds(10)) }

    /// `ldap://127.0.0.1:PORT`.
    public var uri: String { "ldap://127.0.0.1:\(port)" }
    /// `ldaps://127.0.0.1:PORT`.
    public var tlsURI: String { "ldaps://127.0.0.1:\(tlsPort)" }

    /// Changes entries by LDIF with `changetype:` lines, as the directory's manager.
    public func modify(_ ldif: String) throws {
        let socket = folder["ds/run/ldapi"].replacing("/", with: "%2F")
        try Tool.run("/usr/bin/ldapmodify", ["-Q", "-Y", "EXTERNAL", "-H", "ldapi://\(socket)"], input: ldif)
    }

    /// The people, with the right for everybody who has logged in to read, and the account that does.
    private static func ldif(_ people: [Recipient]) -> String {
        let right = #"aci: (targetattr!="userPassword")(version 3.0; acl "read"; allow(read,search,compare) userdn="ldap:///all";)"#
        let top = "dn: \(DirectoryForm.inetOrgPerson.suffix)\n"
        let account = LDIFEntry(
            reader.name, classes: ["applicationProcess", "simpleSecurityObject"], [("cn", "reader"), ("userPassword", reader.password)])
        return DirectoryForm.inetOrgPerson.ldif(people).replacing(top, with: top + right + "\n", maxReplacements: 1) + account.text
    }
}
