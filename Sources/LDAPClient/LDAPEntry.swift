internal import CLibLDAP

/// One entry as the server sent it, borrowed from the message: its bytes are gone when the closure that got it returns.
///
/// Reading it copies and allocates nothing for an attribute or value (RFC 4511, section 4.5.2).
@safe public struct LDAPEntry: ~Copyable {
    let handle: OpaquePointer
    let message: OpaquePointer

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
        var dn = ""
        try lend { name, attributes in
            dn = unsafe name.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
            var isWhole = true
            let ends = AttributeList.forEachAttribute(in: attributes) { name, values in
                let fits = AttributeList.forEachValue(at: values, in: attributes) {
                    value(attributes.extracting(name), attributes.extracting($0))
                }
                if !fits { isWhole = false }
            }
            return ends && isWhole
        }
        return dn
    }

    /// Lends the DN, whose bytes are UTF-8, and the attributes as `AttributeList` takes them apart. `body` gives false when they are damaged,
    /// and then this throws `.protocolViolation`.
    public func lend(_ body: (_ dn: Span<UInt8>, _ attributes: Span<UInt8>) -> Bool) throws(LDAPError) {
        var element: OpaquePointer?
        var name = unsafe berval()
        let code = unsafe ldap_get_dn_ber(handle, message, &element, &name)
        defer { if let element = unsafe element { unsafe ber_free(element, 0) } }
        guard code == LDAP_SUCCESS, unsafe Self.isText(name) else { throw damaged("an entry") }
        guard let attributes = unsafe Self.rest(of: element), unsafe body(Self.bytes(of: name).span, attributes.span) else {
            throw damaged("the entry '\(unsafe String(decoding: Self.bytes(of: name), as: UTF8.self))'")
        }
    }

    /// What is not read yet of an element: the attributes, after the DN; `nil` when the first of them is damaged.
    ///
    /// libldap's own functions for them make an array for each attribute, which is half the time of a read.
    private static func rest(of element: OpaquePointer?) -> UnsafeBufferPointer<UInt8>? {
        let total = unsafe remaining(in: element)
        guard total > 0 else { return unsafe UnsafeBufferPointer(start: nil, count: 0) }
        var first = unsafe berval()
        guard unsafe ber_skip_element(element, &first) != .max, let start = unsafe first.bv_val else { return nil }
        // The first element's header stands before its contents, and everything else behind them.
        let header = unsafe total - Int(first.bv_len) - remaining(in: element)
        return unsafe UnsafeBufferPointer(start: UnsafeRawPointer(start - header).assumingMemoryBound(to: UInt8.self), count: total)
    }

    private static func remaining(in element: OpaquePointer?) -> Int {
        var count: ber_len_t = 0
        unsafe ber_get_option(UnsafeMutableRawPointer(element), LBER_OPT_BER_REMAINING_BYTES, &count)
        return Int(count)
    }

    /// The bytes of the DN; `nil` when the entry is damaged.
    var rawName: [UInt8]? {
        var name = unsafe berval()
        guard unsafe ldap_get_dn_ber(handle, message, nil, &name) == LDAP_SUCCESS else { return nil }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: name.bv_val, count: Int(name.bv_len)))
    }

    private static func bytes(of value: berval) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: UnsafeRawPointer(value.bv_val)?.assumingMemoryBound(to: UInt8.self), count: Int(value.bv_len))
    }

    /// Whether the bytes are UTF-8.
    private static func isText(_ value: berval) -> Bool {
        let bytes = unsafe bytes(of: value)
        // Names are ASCII as a rule, and then nothing has to be checked as UTF-8.
        return unsafe bytes.reduce(0, |) < 0x80 || String(validating: bytes, as: UTF8.self) != nil
    }

    private func damaged(_ what: String) -> LDAPError {
        LDAPError(
            .protocolViolation, doing: "reading \(what)", because: "the server's message is damaged",
            advice: "Use ldaps:// or --start-tls: on a plain connection damage goes unnoticed as a rule.")
    }
}
