internal import CLibLDAP

extension LDAPConnection {
    /// Logs in by the simple method of RFC 4513, section 5.1.3.
    ///
    /// `name` is sent as it is: a DN, Exchange 5.5's `cn=USER,cn=DOMAIN`, or what Active Directory takes. Throws `.emptyPassword` before anything
    /// is sent when the secret is empty (the server would log in anonymously and say success), and the server's code when it refuses.
    public borrowing func bind(name: String, password: Secret) throws(LDAPError) {
        let doing = "logging in to \(settings.address) as '\(name)'"
        guard !password.isEmpty else {
            throw LDAPError(
                .emptyPassword, doing: doing, because: "the password is empty",
                advice:
                    "An empty password would be an anonymous login that looks like a success (RFC 4513, section 5.1.2). Leave --bind-name out to read anonymously."
            )
        }
        guard !name.isEmpty, !name.utf8.contains(0) else {
            throw LDAPError(
                .badSetting, doing: doing, because: name.isEmpty ? "the bind name is empty" : "the bind name holds a null character",
                advice: "Some servers take an empty name for an anonymous login. Leave --bind-name out to read anonymously.")
        }
        var id: Int32 = 0
        // LDAP_SASL_SIMPLE is NULL.
        let code = unsafe password.withBerval { unsafe ldap_sasl_bind(handle, name, nil, &$0, nil, nil, &id) }
        guard code == LDAP_SUCCESS else { throw connectionFailed(doing) }
        let result = try result(of: id, type: 0x61, doing: doing)  // BindResponse
        guard result.code == LDAP_SUCCESS else { throw result.error(doing) }
    }
}
