/// The `smb.conf` of a domain controller that keeps everything in one folder and offers LDAP and Kerberos only.
struct SambaConfiguration {
    /// Its folder: configuration, databases, sockets, log.
    var folder: String
    /// The address that it listens on.
    var address: String
    /// Its certificate and key, and the authority's certificate.
    var tls: (certificate: String, key: String, authority: String)?
    /// More lines, such as `ldap server require strong auth = no`.
    var lines: [String] = []

    /// The file's text.
    var text: String {
        var all = [
            "[global]", "netbios name = DC1", "realm = \(PrivateSamba.realm)", "workgroup = LARKSPUR",
            "server role = active directory domain controller", "server services = ldap, kdc", "disable netbios = yes",
            "interfaces = \(address)/8", "bind interfaces only = yes", "log file = \(folder)/log.samba", "ldb:nosync = true",
        ]
        // All of them: those that are not named lie in the system's own folders.
        all += [
            "private dir = \(folder)/private", "state directory = \(folder)/state", "cache directory = \(folder)/cache",
            "lock directory = \(folder)/run", "pid directory = \(folder)/run", "ncalrpc dir = \(folder)/run/ncalrpc",
            "winbindd socket directory = \(folder)/run/winbindd", "ntp signd socket directory = \(folder)/run/ntp_signd",
            "binddns dir = \(folder)/run/bind",
        ]
        if let tls {
            all += ["tls certfile = \(tls.certificate)", "tls keyfile = \(tls.key)", "tls cafile = \(tls.authority)"]
        }
        all += lines
        // Wanted when the domain is made; nobody serves them.
        all += ["[sysvol]", "path = \(folder)/state/sysvol", "[netlogon]", "path = \(folder)/state/sysvol/scripts"]
        return all.joined(separator: "\n") + "\n"
    }
}
