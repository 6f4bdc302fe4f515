/// Active Directory's control that says which parts of a security descriptor are wanted ([MS-ADTS] 3.1.1.3.4.1.11, LDAP_SERVER_SD_FLAGS_OID).
enum SecurityDescriptorFlags {
    private static let control = "1.2.840.113556.1.4.801"
    /// Owner, group and access list: all but the audit list, which needs a privilege of its own; who asks for it without that gets nothing.
    private static let visible = 7

    /// `SDFlagsRequestValue ::= SEQUENCE { Flags INTEGER }`
    static var request: SearchControl {
        SearchControl(
            oid: control, isCritical: true, value: BERText.value(0x30, BERText.integer(visible)), shown: "!\(control)=::MAMCAQc=")
    }
}

extension LDAPConnection {
    /// Reads the security descriptor of an entry in Active Directory, as far as any account may see it. `nil` where it does not show.
    public borrowing func securityDescriptor(of dn: String) throws(LDAPError) -> [UInt8]? {
        let request = SearchRequest(base: dn, scope: .base, attributes: ["nTSecurityDescriptor"])
        var descriptor: [UInt8]?
        _ = try search(request, controls: [SecurityDescriptorFlags.request], doing: "reading '\(dn)' on \(settings.address)") {
            (entry) throws(LDAPError) in
            try entry.forEachValue { descriptor = unsafe $1.withUnsafeBufferPointer { unsafe [UInt8]($0) } }
        } intermediate: { (_, _) throws(LDAPError) in
        }
        return descriptor
    }
}
