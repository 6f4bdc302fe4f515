internal import CLibLDAP

/// One entry as the server sent it, borrowed from the message: its bytes are gone when the closure that got it returns.
///
/// Reading it copies nothing and allocates once for each attribute (RFC 4511, section 4.5.2).
@safe public struct LDAPEntry: ~Copyable {
    private let handle: OpaquePointer
    private let message: OpaquePointer

    init(handle: OpaquePointer, message: borrowing LDAPMessage) {
        unsafe self.handle = handle
        unsafe self.message = message.pointer
    }

    /// Calls `value` with each attribute's name (options such as `;binary` included) and value, in the server's order, and gives the DN.
    ///
    /// An attribute without values (a search for types only) does not show. Throws `.protocolViolation` when the entry is damaged:
    /// libldap does not check the inside of a message before it is read here.
    @discardableResult
    public func forEachValue(_ value: (_ attribute: Span<UInt8>, _ value: Span<UInt8>) -> Void) throws(LDAPError) -> String {
        var element: OpaquePointer?
        var name = unsafe berval()
        let code = unsafe ldap_get_dn_ber(handle, message, &element, &name)
        defer { if let element = unsafe element { unsafe ber_free(element, 0) } }
        guard code == LDAP_SUCCESS, let dn = unsafe Self.text(name) else { throw damaged("an entry") }
        while true {
            var attribute = unsafe berval()
            var values: UnsafeMutablePointer<berval>?
            let code = unsafe ldap_get_attribute_ber(handle, message, element, &attribute, &values)
            defer { if let values = unsafe values { unsafe ber_memfree(values) } }
            guard code == LDAP_SUCCESS else { throw damaged("the entry '\(dn)'") }
            guard unsafe attribute.bv_val != nil else { return dn }
            guard var next = unsafe values else { continue }
            while unsafe next.pointee.bv_val != nil {
                unsafe Self.lend(attribute, next.pointee, to: value)
                unsafe next += 1
            }
        }
    }

    /// The bytes of the DN; `nil` when the entry is damaged.
    var rawName: [UInt8]? {
        var name = unsafe berval()
        guard unsafe ldap_get_dn_ber(handle, message, nil, &name) == LDAP_SUCCESS else { return nil }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: name.bv_val, count: Int(name.bv_len)))
    }

    private static func lend(_ name: berval, _ value: berval, to body: (Span<UInt8>, Span<UInt8>) -> Void) {
        let names = unsafe UnsafeBufferPointer(
            start: UnsafeRawPointer(name.bv_val)?.assumingMemoryBound(to: UInt8.self), count: Int(name.bv_len))
        let values = unsafe UnsafeBufferPointer(
            start: UnsafeRawPointer(value.bv_val)?.assumingMemoryBound(to: UInt8.self), count: Int(value.bv_len))
        unsafe body(names.span, values.span)
    }

    /// `nil` when the bytes are not UTF-8.
    private static func text(_ value: berval) -> String? {
        unsafe String(validating: UnsafeRawBufferPointer(start: value.bv_val, count: Int(value.bv_len)), as: UTF8.self)
    }

    private func damaged(_ what: String) -> LDAPError {
        LDAPError(
            .protocolViolation, doing: "reading \(what)", because: "the server's message is damaged",
            advice: "Use ldaps:// or --start-tls: on a plain connection damage goes unnoticed as a rule.")
    }
}
