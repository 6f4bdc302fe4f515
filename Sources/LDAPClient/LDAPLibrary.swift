internal import CLibLDAP
internal import Glibc

/// What must be set once for the whole process before libldap is used.
public enum LDAPLibrary {
    /// Makes libldap independent of the machine's ldap.conf, ldaprc and LDAP* variables, and keeps a dead server from ending the process.
    ///
    /// Some ten milliseconds, for what libldap loads; who has something else to do first may have this done meanwhile, on another thread. Cheap to
    /// call again.
    public static func prepare() { _ = isPrepared }

    private static let isPrepared: Bool = {
        // ldap.conf(5): with LDAPNOINIT set, no file and no variable of the environment can turn a check off.
        unsafe setenv("LDAPNOINIT", "1", 1)
        // libldap writes to sockets without MSG_NOSIGNAL.
        signal(SIGPIPE, SIG_IGN)
        TLSReasons.install()
        // The first use of the global options is not safe from two threads at once.
        var level: Int32 = 0
        return unsafe ldap_get_option(nil, LDAP_OPT_DEBUG_LEVEL, &level) == LDAP_OPT_SUCCESS
    }()

    /// Whether libldap is built on GnuTLS, which ignores the option for the oldest TLS version.
    static let isGnuTLS: Bool = {
        var package: UnsafeMutablePointer<CChar>?
        guard unsafe ldap_get_option(nil, LDAP_OPT_X_TLS_PACKAGE, &package) == LDAP_OPT_SUCCESS, let name = unsafe package else {
            return false
        }
        defer { unsafe ldap_memfree(name) }
        return unsafe String(cString: name) == "GnuTLS"
    }()
}
