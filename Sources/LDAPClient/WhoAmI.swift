internal import CLibLDAP

extension LDAPConnection {
    /// Asks the server as whom it regards us (RFC 4532): `dn:cn=…`, `u:…`, or empty for nobody.
    ///
    /// `nil` when the server does not tell. Ask only a server that lists `whoAmIExtension`: an old one may hang up on what it does not know.
    public borrowing func whoAmI() throws(LDAPError) -> String? {
        let doing = "asking \(settings.address) as whom we are logged in"
        var id: Int32 = 0
        guard unsafe ldap_whoami(handle, nil, nil, &id) == LDAP_SUCCESS else { throw connectionFailed(doing) }
        let message = try nextMessage(of: id, doing: doing)
        guard ber_tag_t(message.type) == 0x78 else {  // ExtendedResponse
            throw LDAPError(.protocolViolation, doing: doing, because: "the server answered with message type \(message.type)")
        }
        guard try parse(message, doing: doing).code == LDAP_SUCCESS else { return nil }
        var identity: UnsafeMutablePointer<berval>?
        let code = unsafe ldap_parse_whoami(handle, message.pointer, &identity)
        defer { unsafe ber_bvfree(identity) }
        guard code == LDAP_SUCCESS, let value = unsafe identity?.pointee, let start = unsafe value.bv_val else { return "" }
        return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: Int(value.bv_len)), as: UTF8.self)
    }

    /// The extension's OID in the root DSE's `supportedExtension`.
    public static var whoAmIExtension: String { "1.3.6.1.4.1.4203.1.11.3" }
}
