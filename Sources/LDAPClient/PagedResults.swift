internal import CLibLDAP

/// The simple paged results control of RFC 2696, and what else goes with a search.
extension LDAPConnection {
    /// Runs `body` with the controls of a search: the one that asks for the next page, where `size` is not `nil`, and the one for deleted entries.
    func withSearchControls<Result>(
        pageSize size: Int?, cookie: [UInt8], showsDeleted: Bool, doing: String,
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?) throws(LDAPError) -> Result
    ) throws(LDAPError) -> Result {
        guard size != nil || showsDeleted else { return try body(nil) }
        let list = UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>.allocate(capacity: 3)
        unsafe list.initialize(repeating: nil, count: 3)
        defer { unsafe list.deallocate() }
        defer { for place in 0..<3 { if let control = unsafe list[place] { unsafe ldap_control_free(control) } } }
        var count = 0
        if let size {
            try unsafe makePageControl(size, cookie, doing, &list[count])
            count += 1
        }
        if showsDeleted {
            let code = unsafe ldap_control_create(DeletedEntries.control, 0, nil, 1, &list[count])
            try check(code, "the control for deleted entries", doing)
        }
        return try unsafe body(list)
    }

    private func makePageControl(
        _ size: Int, _ cookie: [UInt8], _ doing: String, _ control: inout UnsafeMutablePointer<LDAPControl>?
    ) throws(LDAPError) {
        guard size > 0, let size = ber_int_t(exactly: size) else {
            throw LDAPError(.badSetting, doing: doing, because: "\(size) is not a page size", advice: "Give --page-size a number from 1.")
        }
        var cookie = cookie
        let count = cookie.count
        let code = unsafe cookie.withUnsafeMutableBytes { bytes in
            var value = unsafe berval(bv_len: ber_len_t(count), bv_val: bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
            return unsafe ldap_create_page_control(handle, size, &value, 1, &control)
        }
        try check(code, "the paging control", doing)
    }

    private func check(_ code: Int32, _ what: String, _ doing: String) throws(LDAPError) {
        guard code != LDAP_SUCCESS else { return }
        throw LDAPError(.library(code), doing: doing, because: "\(what) cannot be made (\(ResultCodeText.name(of: code)))")
    }

    /// The cookie in a result's controls; empty after the last page, `nil` when the server sent no such control. Throws for a broken one:
    /// taken for none, it would make the first page look like everything.
    static func pageCookie(
        in controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?, doing: String
    ) throws(LDAPError) -> [UInt8]? {
        guard let controls = unsafe controls, let control = unsafe ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, controls, nil) else {
            return nil
        }
        let broken = LDAPError(
            .protocolViolation, doing: doing, because: "the server's paging control cannot be read", advice: PageWatch.advice)
        // liblber reads through the null pointer of an empty value.
        guard unsafe control.pointee.ldctl_value.bv_val != nil, unsafe control.pointee.ldctl_value.bv_len > 0,
            let element = unsafe ber_init(&control.pointee.ldctl_value)
        else { throw broken }
        defer { unsafe ber_free(element, 1) }
        guard let cookie = unsafe cookie(from: element) else { throw broken }
        return cookie
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

/// Notices pages that would never end.
///
/// A cookie that comes again proves nothing: 389 Directory Server uses one for all pages of a search. But no page may begin with the entry
/// that another began with, and an empty page must at least bear a new cookie. Pages may be empty, where a server looks at so many entries for each and
/// none fits; but a thousand of them one after another come from no server that gets anywhere.
struct PageWatch {
    static let advice = "Read without paging: --page-size 0."

    let doing: String
    private var cookies: Set<[UInt8]> = []
    private var firstNames: Set<[UInt8]> = []
    private var emptyPages = 0

    /// More empty pages one after another are not waited for.
    static let mostEmptyPages = 1000

    init(doing: String) { self.doing = doing }

    /// Takes a page's number, the name of its first entry, and the cookie of the next page.
    mutating func note(page: Int, first: [UInt8]?, next: [UInt8]) throws(LDAPError) {
        emptyPages = first == nil ? emptyPages + 1 : 0
        guard emptyPages < Self.mostEmptyPages else {
            throw LDAPError(
                .protocolViolation, doing: doing,
                because: "the server's last \(emptyPages) pages held no entry, and each promised more", advice: Self.advice)
        }
        let isNewCookie = cookies.insert(next).inserted
        let leadsOn = first.map { firstNames.insert($0).inserted } ?? (isNewCookie || next.isEmpty)
        guard leadsOn else {
            throw LDAPError(
                .protocolViolation, doing: doing, because: "the server's pages begin anew after page \(page - 1)", advice: Self.advice)
        }
    }
}

/// How many entries to ask for next. A server that fills a page may get a larger one; one that sent less than asked for (Active Directory
/// sends 1,000 at most) gets no more larger ones.
struct PageSizes {
    /// The next page's size; `nil` without paging.
    private(set) var next: Int?
    private let first: Int?
    private var largest: Int

    init(_ request: SearchRequest) {
        next = request.pageSize
        first = request.pageSize
        largest = request.largestPageSize ?? 0
    }

    /// Takes note of how many entries the last page had.
    mutating func note(entries: Int) {
        guard let size = next, let first else { return }
        if entries < size { largest = 0 }
        next = largest > 0 ? max(size, min(size * 4, largest)) : first
    }
}
