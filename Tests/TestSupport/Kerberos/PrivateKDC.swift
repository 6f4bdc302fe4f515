import Glibc

/// A Kerberos realm of a test's own, `REALM.TEST`: an MIT key distribution centre on 127.0.0.1 and a free port, with the service
/// `ldap/127.0.0.1` and the user `reader`, each with a keytab. Up in about 0.1 s.
public final class PrivateKDC: Sendable {
    /// Configuration, database, keytabs.
    public let folder: TemporaryFolder
    private let process: ChildProcess

    /// Makes the realm and starts its centre.
    public init() throws {
        folder = try TemporaryFolder()
        let port = try Loopback.freePort()
        try folder.write(Self.clientConfiguration(port: port), to: "krb5.conf")
        try folder.write(Self.serverConfiguration(port: port, folder: folder.path), to: "kdc.conf")
        let environment = ["KRB5_CONFIG": folder["krb5.conf"], "KRB5_KDC_PROFILE": folder["kdc.conf"]]
        try Tool.run("/usr/sbin/kdb5_util", ["create", "-s", "-P", "of-this-test-only", "-r", "REALM.TEST"], environment: environment)
        for (principal, keytab) in [("ldap/127.0.0.1", "service.keytab"), ("reader", "reader.keytab")] {
            for command in ["addprinc -randkey \(principal)", "ktadd -q -k \(folder[keytab]) \(principal)"] {
                try Tool.run("/usr/sbin/kadmin.local", ["-r", "REALM.TEST", "-q", command], environment: environment)
            }
        }
        process = try ChildProcess.daemon(
            "/usr/sbin/krb5kdc", ["-n", "-r", "REALM.TEST"], environment: environment, log: folder["start.log"])
        let deadline = ContinuousClock.now + .seconds(10)
        while !((try? Loopback.connect(port: port)).map { close($0) } != nil) {
            guard process.isRunning, .now < deadline else { throw TestSupportError("krb5kdc did not come up on port \(port)") }
            usleep(3000)
        }
    }

    deinit { stop() }

    /// Ends it. Safe to repeat.
    public func stop() { process.end() }

    /// What the programs of a client need to find the realm.
    public var environment: [String: String] { ["KRB5_CONFIG": folder["krb5.conf"]] }
    /// What slapd needs to be `ldap/127.0.0.1`.
    public var serviceEnvironment: [String: String] { environment.merging(["KRB5_KTNAME": folder["service.keytab"]]) { $1 } }
    /// The keytab of the user `reader`.
    public var readerKeytab: String { folder["reader.keytab"] }

    /// A ticket for `reader`, as kinit gets it; gives the name of its credentials cache.
    public func ticket() throws -> String {
        let cache = "FILE:" + folder["ticket"]
        try Tool.run("/usr/bin/kinit", ["-c", cache, "-k", "-t", readerKeytab, "reader"], environment: environment)
        return cache
    }

    private static func clientConfiguration(port: Int) -> String {
        """
        [libdefaults]
         default_realm = REALM.TEST
         dns_lookup_realm = false
         dns_lookup_kdc = false
         dns_canonicalize_hostname = false
         rdns = false
         udp_preference_limit = 1
        [realms]
         REALM.TEST = {
          kdc = 127.0.0.1:\(port)
         }
        [domain_realm]
         127.0.0.1 = REALM.TEST

        """
    }

    private static func serverConfiguration(port: Int, folder: String) -> String {
        """
        [kdcdefaults]
         kdc_listen = 127.0.0.1:\(port)
         kdc_tcp_listen = 127.0.0.1:\(port)
        [realms]
         REALM.TEST = {
          database_name = \(folder)/principal
          key_stash_file = \(folder)/stash
         }
        [logging]
         kdc = FILE:\(folder)/kdc.log

        """
    }
}
