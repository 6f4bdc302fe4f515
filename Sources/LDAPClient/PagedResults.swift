internal import CLibLDAP

/// The simple paged results control of RFC 2696.
extension LDAPConnection {
    /// Runs `body` with the control that asks for the next page; without one when `size` is `nil`.
    func withPageControl<Result>(
        size: Int?, cookie: [UInt8], doing: String,
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?) throws(LDAPError) -> Result
    ) throws(LDAPError) -> Result {
        guard let size else { return try body(nil) }
        var control: UnsafeMutablePointer<LDAPControl>?
        var cookie = cookie
        let count = cookie.count
        let code = unsafe cookie.withUnsafeMutableBytes { bytes in
            var value = unsafe berval(bv_len: ber_len_t(count), bv_val: bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
            return unsafe ldap_create_page_control(handle, ber_int_t(size), &value, 1, &control)
        }
        guard code == LDAP_SUCCESS, let control = unsafe control else {
            throw LDAPError(.library(code), doing: doing, because: "the paging control cannot be made (\(ResultCodeText.name(of: code)))")
        }
        defer { unsafe ldap_control_free(control) }
        let list = UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>.allocate(capacity: 2)
        defer { unsafe list.deallocate() }
        unsafe list[0] = control
        unsafe list[1] = nil
        return try unsafe body(list)
    }

    /// The cookie in a result's controls; empty after the last page, `nil` when the server sent no such control or a broken one.
    static func pageCookie(in controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?) -> [UInt8]? {
        guard let controls = unsafe controls, let control = unsafe ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, controls, nil) else {
            return nil
        }
        guard let element = unsafe ber_init(&control.pointee.ldctl_value) else { return nil }
        defer { unsafe ber_free(element, 1) }
        return unsafe cookie(from: element)
    }

    /// `realSearchControlValue ::= SEQUENCE { size INTEGER, cookie OCTET STRING }`
    private static func cookie(from element: OpaquePointer) -> [UInt8]? {
        var length: ber_len_t = 0
        var size: ber_int_t = 0
        var cookie = unsafe berval()
        guard unsafe ber_skip_tag(element, &length) == 0x30, unsafe ber_get_int(element, &size) == 0x02,
            unsafe ber_get_stringbv(element, &cookie, 0) == 0x04
        else { return nil }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: cookie.bv_val, count: Int(cookie.bv_len)))
    }
}
