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
        var name = unsafe berval()
        guard unsafe checkedName(&name), unsafe Self.isText(name) else { throw damaged("an entry") }
        guard let attributes = unsafe Self.attributes(behind: name), unsafe body(Self.bytes(of: name).span, attributes.span) else {
            throw damaged("the entry '\(unsafe String(decoding: Self.bytes(of: name), as: UTF8.self))'")
        }
    }

    /// Finds the DN, and makes sure that a list follows it that ends within the message; gives false when none does.
    ///
    /// libldap looks whether the list is as long as its header says, but also takes tags of several bytes, which nobody here reads. It ends the DN with a
    /// null character, just where the tag stands: the second time it reads that as a tag of one byte, and looks at the length that is read here.
    private func checkedName(_ name: inout berval) -> Bool {
        unsafe ldap_get_dn_ber(handle, message, nil, &name) == LDAP_SUCCESS && ldap_get_dn_ber(handle, message, nil, &name) == LDAP_SUCCESS
    }

    /// The attributes, which stand behind the DN in a list of their own (RFC 4511, section 4.5.2); `nil` when its header is none of LDAP's. The name is
    /// `checkedName`'s.
    ///
    /// What libldap would lend for reading them costs two allocations an entry, and its functions for attributes an array for each.
    private static func attributes(behind name: berval) -> UnsafeBufferPointer<UInt8>? {
        guard let start = unsafe UnsafeRawPointer(name.bv_val)?.assumingMemoryBound(to: UInt8.self) else { return nil }
        let end = unsafe start + Int(name.bv_len)
        // Where libldap did not end the name in place, a tag of several bytes would still be there.
        guard unsafe end[0] & 0x1F != 0x1F else { return nil }
        let first = unsafe Int(end[1])
        if first < 0x80 { return unsafe UnsafeBufferPointer(start: end + 2, count: first) }
        let octets = first & 0x7F
        guard 1...4 ~= octets else { return nil }
        let length = (2..<2 + octets).reduce(0) { unsafe $0 << 8 | Int(end[$1]) }
        return unsafe UnsafeBufferPointer(start: end + 2 + octets, count: length)
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
