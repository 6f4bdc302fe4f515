import Foundation
public import Records

/// A real Active Directory domain controller of a test's own: Samba's, of the domain `larkspur.example`, with the sample people below
/// `OU=People` and Exchange's attributes. It listens on an address 127.0.0.N of its own, since its ports cannot be chosen, and so needs root
/// or CAP_NET_BIND_SERVICE.
///
/// About a second from nothing to answering, once the template is there; share one where nothing is changed.
public final class PrivateSamba: Sendable {
    /// The Kerberos realm, which is the domain's name too.
    public static let realm = "LARKSPUR.EXAMPLE"
    /// The people below `peopleBase`, as `DirectoryForm.activeDirectory` shows them.
    public static let people = SamplePeople.make(90)
    /// How many of them have a mailbox.
    public static let mailboxes = people.count { $0.kind == .mailbox }
    /// Where the people are, and nobody else.
    public static let peopleBase = "OU=People,\(DirectoryForm.activeDirectory.suffix)"
    /// The account that may do anything, and its password.
    public static let administrator = (name: "Administrator@\(realm)", password: "of-This-Test-0nly")
    /// An account without rights of its own, and its password. The account `disabled` has the same one.
    public static let reader = (name: "reader@\(realm)", password: "Correct-h0rse")
    /// An account that has been disabled.
    public static let disabledName = "disabled@\(realm)"

    /// One for all tests that change nothing, with Samba's own settings.
    public static func shared() throws -> PrivateSamba { try made.get() }
    private static let made = Result { try PrivateSamba() }

    /// The server's folder.
    public let folder: TemporaryFolder
    /// `127.0.0.N`.
    public var address: String { loopback.text }
    private let loopback: LoopbackAddress
    /// The process.
    public let process: ChildProcess

    /// Copies the template and starts the server; `lines` are more lines of its smb.conf.
    public init(_ lines: String...) throws {
        // LDAP, LDAP over TLS, and of both the global catalogue; Kerberos, and its change of passwords.
        loopback = try LoopbackAddress(freePorts: [389, 636, 3268, 3269, 88, 464])
        folder = try TemporaryFolder()
        let data = folder["dc"]
        try SambaTemplate.copy(to: data)
        let pki = try TestPKI.shared()
        let (certificate, key) = try pki.certificate(for: loopback.text)
        let configuration = SambaConfiguration(
            folder: data, address: loopback.text, tls: (certificate, key, pki.authorityFile), lines: lines)
        try folder.write(configuration.text, to: "dc/etc/smb.conf")
        try folder.write(Self.kerberosConfiguration(address: loopback.text), to: "krb5.conf")
        try folder.write(Self.administrator.password, to: "administrator")
        chmod(folder["administrator"], 0o600)
        // One process for everything: the kernel's signal at the end of ours reaches it whole.
        process = try ChildProcess.daemon(
            "/usr/sbin/samba", ["-F", "-M", "single", "--no-process-group", "-s", folder["dc/etc/smb.conf"], "--debug-stdout", "-d", "1"],
            environment: [:], log: folder["start.log"])
        let deadline = ContinuousClock.now + .seconds(60)
        for port in [389, 636, 88] {
            while !((try? Loopback.connect(port: port, host: loopback.text)).map { close($0) } != nil) {
                guard process.isRunning, .now < deadline else {
                    process.end()
                    let log = (try? folder.read("start.log")).map { String(decoding: $0, as: UTF8.self) } ?? ""
                    throw TestSupportError("samba did not come up on \(loopback.text) port \(port): \(log)")
                }
                usleep(3000)
            }
        }
    }

    deinit { stop() }

    /// Ends it. Safe to repeat.
    public func stop() { process.end() }

    /// `ldap://127.0.0.N`.
    public var uri: String { "ldap://\(address)" }
    /// `ldaps://127.0.0.N`.
    public var tlsURI: String { "ldaps://\(address)" }
    /// The keytab of `reader`.
    public var readerKeytab: String { folder["dc/reader.keytab"] }
    /// What the programs of a client need to find the realm.
    public var environment: [String: String] { ["KRB5_CONFIG": folder["krb5.conf"]] }

    /// Has this very process find the realm, from now on. For one server in the life of the process.
    public func becomeKerberosRealmOfProcess() {
        // Its place has been taken at the start: see CTestSupport.
        setenv("KRB5_CONFIG", folder["krb5.conf"], 1)
    }

    /// Changes entries by LDIF with `changetype:` lines, as the administrator.
    public func modify(_ ldif: String) throws {
        try Tool.run("/usr/bin/ldapmodify", login, environment: trust, input: ldif)
    }

    /// What `ldapsearch` prints to the administrator: LDIF without comments. For set-up and comparison only.
    public func search(_ arguments: String...) throws -> String {
        try Tool.run(
            "/usr/bin/ldapsearch", login + ["-LLL", "-o", "ldif-wrap=no", "-b", DirectoryForm.activeDirectory.suffix] + arguments,
            environment: trust)
    }

    private var login: [String] { ["-x", "-H", tlsURI, "-D", Self.administrator.name, "-y", folder["administrator"]] }
    private var trust: [String: String] { ["LDAPTLS_CACERT": (try? TestPKI.shared().authorityFile) ?? ""] }

    /// What the script that makes the template finds in its environment.
    static let passwords = ["ADMINISTRATOR_PASSWORD": administrator.password, "READER_PASSWORD": reader.password]

    private static func kerberosConfiguration(address: String) -> String {
        """
        [libdefaults]
         default_realm = \(realm)
         dns_lookup_realm = false
         dns_lookup_kdc = false
         dns_canonicalize_hostname = false
         rdns = false
         udp_preference_limit = 1
        [realms]
         \(realm) = {
          kdc = \(address):88
         }
        [domain_realm]
         \(address) = \(realm)

        """
    }
}
