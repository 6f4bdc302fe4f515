internal import CLibLDAP

/// Which entries to read (RFC 4511, section 4.5.1).
public struct SearchRequest: Sendable, Equatable {
    /// How far below the base the search reaches.
    public enum Scope: String, Sendable {
        /// The base alone.
        case base
        /// The entries just below the base.
        case oneLevel
        /// The base and everything below.
        case subtree
    }

    /// Where the search begins; empty with scope `.base` is the root DSE.
    public var base: String
    /// How far it reaches.
    public var scope: Scope
    /// Which entries, as RFC 4515 writes it.
    public var filter: String
    /// Which attributes; empty means all user attributes, `+` all operational ones.
    public var attributes: [String]
    /// Most entries wanted; 0 leaves it to the server. A search that the server ends at this number still throws `.sizeLimitExceeded`.
    public var sizeLimit: Int
    /// Entries in a page (RFC 2696); `nil` asks for everything at once.
    public var pageSize: Int?
    /// Pages may grow to this size, each to four times the one before, as long as the server fills them: it looks for every page's beginning anew.
    /// `nil` keeps them all at `pageSize`.
    public var largestPageSize: Int?
    /// A control that goes with it, as ldapsearch's `-E` has it: for showing alone.
    public internal(set) var shownControl: String?

    /// A request from its parts.
    public init(
        base: String, scope: Scope = .subtree, filter: String = "(objectClass=*)", attributes: [String] = [], sizeLimit: Int = 0,
        pageSize: Int? = nil, largestPageSize: Int? = nil
    ) {
        self.base = base
        self.scope = scope
        self.filter = filter
        self.attributes = attributes
        self.sizeLimit = sizeLimit
        self.pageSize = pageSize
        self.largestPageSize = largestPageSize
    }
}

/// What a search that ended with success gave besides its entries.
public struct SearchSummary: Sendable, Equatable {
    /// How many entries came.
    public var entries = 0
    /// How many pages came; 1 when the search was not paged.
    public var pages = 0
    /// How many entries the largest page was asked for; `nil` when the search was not paged, told or not.
    public var largestPage: Int?
    /// How many entries the fullest page had.
    public var fullestPage = 0
    /// How many pages had fewer entries than they were asked for, although others followed.
    public var shortPages = 0
    /// Whether the server passed over the wish for pages: it sent everything at once, and not the control that goes with a page (RFC 2696).
    public var ignoredPaging = false
    /// References to other servers, as URLs (RFC 4511, section 4.5.3). None was followed.
    public var references: [String] = []
}

extension LDAPConnection {
    /// Runs a search to its end and lends each entry to `entry` as it comes.
    ///
    /// Returns only after the server's success: any other result, a limit met, a lost connection, a broken paging or a time limit throws, and
    /// what came until then must not be taken for the whole. What `entry` throws ends the search. References are collected, never followed.
    public borrowing func search(
        _ request: SearchRequest, entry: (borrowing LDAPEntry) throws(LDAPError) -> Void
    ) throws(LDAPError) -> SearchSummary {
        let doing = "reading \(request.base.isEmpty ? "the root entry" : "below '\(request.base)'") on \(settings.address)"
        var shown = request
        if asksForDeleted(request) { shown.shownControl = DeletedEntries.control }
        settings.willSearch?(shown, settings.address)
        var summary = SearchSummary()
        var progress: LDAPError.SearchProgress?
        do throws(LDAPError) {
            try search(request, doing: doing, &summary, &progress, entry: entry)
        } catch {
            guard var progress else { throw error }
            progress.entriesOfPage = summary.entries - progress.entries
            progress.entries = summary.entries
            var failure = error
            failure.search = progress
            throw failure
        }
        return summary
    }

    /// `progress` is told of the page at hand and what had come before it; of nothing where `entry` throws, whose errors are not the search's.
    private borrowing func search(
        _ request: SearchRequest, doing: String, _ summary: inout SearchSummary, _ progress: inout LDAPError.SearchProgress?,
        entry: (borrowing LDAPEntry) throws(LDAPError) -> Void
    ) throws(LDAPError) {
        var pages = PageWatch(doing: doing)
        var sizes = PageSizes(request)
        var cookie: [UInt8] = []
        repeat {
            let before = summary.entries
            progress = LDAPError.SearchProgress(pageSize: sizes.next, pages: summary.pages, entries: before)
            let id = try send(request, pageSize: sizes.next, cookie: cookie, doing: doing)
            var first: [UInt8]?
            let result = try receive(id, into: &summary, pageSize: sizes.next, doing: doing) { (item) throws(LDAPError) in
                if request.pageSize != nil, first == nil { first = item.rawName }
                do throws(LDAPError) { try entry(item) } catch {
                    progress = nil
                    throw error
                }
            }
            guard result.code == LDAP_SUCCESS else {
                let advice = sizes.next.flatMap {
                    ResultCodeText.advice(for: result.code, pageSize: $0, isFirst: summary.pages == 0, saying: result.text)
                }
                throw result.error(doing, advice: advice ?? anonymousAdvice(result.code))
            }
            summary.pages += 1
            summary.largestPage = sizes.next.map { max($0, summary.largestPage ?? 0) }
            summary.fullestPage = max(summary.fullestPage, summary.entries - before)
            if let size = sizes.next, summary.entries - before < size, result.pageCookie?.isEmpty == false { summary.shortPages += 1 }
            sizes.note(entries: summary.entries - before)
            guard let size = request.pageSize else { break }
            guard let next = result.pageCookie else {
                if summary.pages == 1, summary.entries != size {  // the server does not page at all and has sent everything
                    (summary.ignoredPaging, summary.largestPage) = (true, nil)
                    break
                }
                throw LDAPError(
                    .protocolViolation, doing: doing, because: "the server did not say whether page \(summary.pages) was the last",
                    advice: PageWatch.advice)
            }
            try pages.note(page: summary.pages, first: first, next: next)
            cookie = next
        } while !cookie.isEmpty
    }

    /// Whether the search asks for deleted entries. The root entry tells whether the server knows the control, and is asked for without it: an old server
    /// may hang up on one that it never said it knows.
    private func asksForDeleted(_ request: SearchRequest) -> Bool {
        settings.showsDeleted && !(request.base.isEmpty && request.scope == .base)
    }

    /// What to do about a base that is not there for somebody who has not logged in, and may be for others.
    private func anonymousAdvice(_ code: Int32) -> String? {
        guard code == LDAP_NO_SUCH_OBJECT, unsafe !transport.pointee.isLoggedIn else { return nil }
        return "\(ResultCodeText.advice(for: .noSuchObject)) Or does it not show to who has not logged in? --bind-name names an account."
    }

    private func send(_ request: SearchRequest, pageSize: Int?, cookie: [UInt8], doing: String) throws(LDAPError) -> Int32 {
        let showsDeleted = asksForDeleted(request)
        return try unsafe withSearchControls(pageSize: pageSize, cookie: cookie, showsDeleted: showsDeleted, doing: doing) {
            controls throws(LDAPError) in
            guard !([request.base, request.filter] + request.attributes).contains(where: { $0.utf8.contains(0) }) else {
                throw LDAPError(.badSetting, doing: doing, because: "base, filter or an attribute's name holds a null character")
            }
            var id: Int32 = 0
            // libldap sends an empty filter as nothing at all, which is no LDAP.
            let code =
                request.filter.isEmpty
                ? LDAP_FILTER_ERROR
                : unsafe withCStrings(request.attributes) { names in
                    unsafe ldap_search_ext(
                        handle, request.base, request.scope.number, request.filter, names, 0, controls, nil, nil,
                        Int32(clamping: request.sizeLimit),
                        &id)
                }
            if code == LDAP_FILTER_ERROR {
                throw LDAPError(
                    .badFilter, doing: doing, because: "'\(request.filter)' is not a filter as RFC 4515 writes it",
                    advice: "A filter is (attribute=value), (&(…)(…)), (|(…)(…)) or (!(…)); mind the parentheses.")
            }
            guard code == LDAP_SUCCESS else { throw connectionFailed(doing) }
            return id
        }
    }

    private func receive(
        _ id: Int32, into summary: inout SearchSummary, pageSize: Int?, doing: String,
        entry: (borrowing LDAPEntry) throws(LDAPError) -> Void
    ) throws(LDAPError) -> OperationResult {
        let before = summary.entries
        do throws(LDAPError) {
            while true {
                let count = summary.entries - before
                let flow = count > 0 ? MessageFlow(left: (pageSize ?? .max) - count) : .single
                let message = try nextMessage(of: id, in: flow, doing: doing)
                switch ber_tag_t(message.type) {
                case 0x64:  // SearchResultEntry
                    try unsafe entry(LDAPEntry(handle: handle, message: message))
                    summary.entries += 1
                case 0x73:  // SearchResultReference
                    summary.references += try references(in: message, doing: doing)
                case 0x79: break  // IntermediateResponse (RFC 4511, section 4.13): none was asked for, none matters
                case 0x65: return try parse(message, doing: doing)  // SearchResultDone
                default:
                    throw LDAPError(
                        .protocolViolation, doing: doing, because: "the server answered the search with message type \(message.type)")
                }
            }
        } catch {
            unsafe ldap_abandon_ext(handle, id, nil, nil)
            throw error
        }
    }

    func references(in message: borrowing LDAPMessage, doing: String) throws(LDAPError) -> [String] {
        var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let code = unsafe ldap_parse_reference(handle, message.pointer, &list, nil, 0)
        defer {
            if let list = unsafe list {
                unsafe ldap_memvfree(UnsafeMutableRawPointer(list).assumingMemoryBound(to: UnsafeMutableRawPointer?.self))
            }
        }
        guard code == LDAP_SUCCESS else {
            throw LDAPError(
                .protocolViolation, doing: doing, because: "a reference from the server cannot be read (\(ResultCodeText.name(of: code)))")
        }
        return unsafe [String](libldap: list)
    }
}

extension SearchRequest.Scope {
    /// RFC 4511's number.
    var number: Int32 {
        switch self {
        case .base: 0
        case .oneLevel: 1
        case .subtree: 2
        }
    }
}

/// Runs `body` with the texts as a C array that ends with NULL; with `nil` when there are none.
func withCStrings<Result>(_ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Result) -> Result {
    guard !texts.isEmpty else { return body(nil) }
    let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: texts.count + 1)
    defer { unsafe list.deallocate() }
    for (index, text) in texts.enumerated() { unsafe list[index] = ber_strdup(text) }
    unsafe list[texts.count] = nil
    defer { for index in texts.indices { unsafe ber_memfree(list[index]) } }
    return unsafe body(list)
}
