/// As whom, and how, to log in.
public enum Login: Sendable {
    /// Without a name.
    case anonymous
    /// By the simple method of RFC 4513, section 5.1.3: the name, and the password as it is.
    case simple(name: String, password: Secret)
    /// SASL EXTERNAL (RFC 4422, appendix A): as whom the server knows us already, by the client certificate or by the local socket's user.
    case external
    /// SASL GSSAPI (RFC 4752): with the Kerberos ticket of the credentials cache, or one fetched with the client keytab.
    case kerberos
    /// SASL SCRAM-SHA-256 (RFC 7677): the server learns that we know the password, and nothing more.
    case scram(name: String, password: Secret)

    /// The name that was given; for the methods without one, the method in brackets; empty for anonymous.
    public var name: String {
        switch self {
        case .anonymous: ""
        case .simple(let name, _), .scram(let name, _): name
        case .external: "(EXTERNAL)"
        case .kerberos: "(GSSAPI)"
        }
    }

    /// Whether nobody is named.
    public var isAnonymous: Bool { if case .anonymous = self { true } else { false } }
}

extension LDAPConnection {
    /// Logs in. Throws the server's code when it refuses, `.loginImpossible` when the method cannot be used here.
    public borrowing func logIn(_ login: Login) throws(LDAPError) {
        switch login {
        case .anonymous: break
        case .simple(let name, let password): try bind(name: name, password: password)
        case .external: try bindExternal()
        case .kerberos: try bindBySASL("GSSAPI", SASLAnswers())
        case .scram(let name, let password): try bindBySASL("SCRAM-SHA-256", SASLAnswers(name: name, password: password))
        }
        unsafe transport.pointee.isLoggedIn = !login.isAnonymous
    }
}
