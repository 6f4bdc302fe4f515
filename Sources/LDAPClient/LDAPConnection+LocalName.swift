internal import CLibLDAP

/// The name `localhost` in a certificate, which libldap does not compare: it replaces `localhost` by this machine's own name first
/// (`ldap_int_hostname`), and there is no option against that.
extension LDAPConnection {
    /// Whether the comparison is ours. Only for this one name; everything else of the check stays libldap's.
    private var comparesLocalName: Bool {
        settings.tls.certificateCheck == .required && settings.address.host.lowercased() == "localhost"
    }

    /// Has libldap leave out the comparison of the name, and nothing else: call it when the context is made. That holds what is demanded of the
    /// certificate; the name is compared afterwards, by what the handle says.
    func leaveLocalNameToUs() throws(LDAPError) {
        if comparesLocalName { try set(LDAP_OPT_X_TLS_REQUIRE_CERT, to: LDAP_OPT_X_TLS_ALLOW) }
    }

    /// Throws when the certificate is not for `localhost`. Call it before anything is sent over TLS.
    func checkLocalName(_ doing: String) throws(LDAPError) {
        guard comparesLocalName else { return }
        guard let certificate = shownCertificate, certificate.isFor(plainName: "localhost") else {
            throw tlsFailed(doing, .otherName(compared: settings.address.host))
        }
    }
}

extension PeerCertificate {
    /// Whether the certificate is for a host's name that has no dot, so that no wildcard can stand for it: one of the alternative names, or,
    /// only where there are none of any kind, the one common name of the subject (RFC 6125, section 6.4.4).
    func isFor(plainName name: String) -> Bool {
        guard hasAlternativeNames || names.count == 1 else { return false }
        return names.contains { $0.lowercased().utf8.elementsEqual(name.utf8) }
    }
}
