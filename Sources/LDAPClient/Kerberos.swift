internal import Glibc

/// Where the Kerberos library finds tickets. It is told by the process's environment alone.
public enum Kerberos {
    /// Has tickets fetched with a client keytab, for its first principal, and kept in memory only. Call it before any thread is started.
    public static func use(keytab: String) {
        unsafe setenv("KRB5_CLIENT_KTNAME", "FILE:" + keytab, 1)
        unsafe setenv("KRB5CCNAME", "MEMORY:ldap-reconcile", 1)
    }
}
