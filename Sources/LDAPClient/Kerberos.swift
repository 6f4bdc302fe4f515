internal import Glibc

/// Where the Kerberos library finds tickets. It is told by the process's environment alone.
public enum Kerberos {
    /// Has tickets fetched with a client keytab, for its first principal, and kept in memory only. Call it before any thread is started.
    ///
    /// Throws `.badSetting` when the file cannot be read, or when others can read it: it is as good as a password.
    public static func use(keytab: String) throws(LDAPError) {
        var status = stat()
        guard unsafe stat(keytab, &status) == 0, unsafe access(keytab, R_OK) == 0 else {
            throw LDAPError(
                .badSetting, doing: "reading the keytab '\(keytab)'", because: unsafe String(cString: strerror(errno)),
                advice: "Give --keytab a file that this account may read.")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw LDAPError(
                .badSetting, doing: "reading the keytab '\(keytab)'",
                because: "others can read it (mode \(String(status.st_mode & 0o7777, radix: 8)))",
                advice: "Make it yours alone: chmod 600 '\(keytab)'.")
        }
        unsafe setenv("KRB5_CLIENT_KTNAME", "FILE:" + keytab, 1)
        unsafe setenv("KRB5CCNAME", "MEMORY:ldap-reconcile", 1)
    }
}
