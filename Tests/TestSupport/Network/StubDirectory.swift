/// A directory for a `StubServer` that lists its entries in ways in which real servers have been seen, or feared, to.
public struct StubDirectory: Sendable {
    /// What is odd about it.
    public enum Oddity: Sendable {
        /// Nothing.
        case none
        /// Pages hold at most so many entries, whatever size is asked for, and nobody says so (Active Directory).
        case shortPages(Int)
        /// A page of more entries than this is refused with code 4 (Okta).
        case refusesLargePages(Int)
        /// A search ends with code 4 after so many entries, paged or not.
        case sizeLimit(Int)
        /// Every page bears a cookie, and the pages begin anew after the last one.
        case endlessPages
        /// Every page after the first is empty and bears a cookie.
        case emptyPages
        /// Every page after the first begins so many entries before the end of the one before.
        case overlappingPages(by: Int)
        /// The paging control is ignored: everything comes at once, without a cookie.
        case ignoresPaging
        /// Without pages a search ends with code 4 after so many entries; with pages all come (Exchange 5.5).
        case needsPaging(Int)
        /// A page of more entries than this is refused with code 11, as slapd does.
        case refusesPageSizes(above: Int)
        /// Paging is refused with code 11, as slapd does where it is switched off; without pages all come.
        case disallowsPaging
        /// The paging control is ignored, and every search ends with success after so many entries at most.
        case stopsSilently(Int)
        /// Without pages a search ends with code 4 after so many entries; with pages it ends there with success, and without a cookie.
        case stopsSilentlyWithPages(Int)
        /// The paging control is refused with code 12.
        case refusesPaging
        /// After so many entries comes a message that no version of LDAP knows.
        case unknownMessage(after: Int)
        /// After so many entries comes a message that claims to be 2 GB long.
        case endlessMessage(after: Int)
        /// After so many entries the connection ends as if all were said.
        case hangsUp(after: Int)
        /// After so many entries nothing comes any more.
        case fallsSilent(after: Int)
        /// The search ends with that code and text after so many entries.
        case fails(code: Int, text: String, after: Int)
    }

    /// The naming context that the root entry names.
    public var suffix: String
    /// All entries, whatever the filter says.
    public var entries: [StubEntry]
    /// What is odd about it.
    public var oddity: Oddity
    /// More of the root entry.
    public var rootAttributes: [(name: String, values: [String])] = []
    /// Whether the root entry lists the paging control.
    public var offersPaging = true
    /// What it answers to "Who am I?" (RFC 4532); `nil` when it does not know the question.
    public var identity: String?

    /// A directory from its parts.
    public init(suffix: String = "o=Test", entries: [StubEntry], oddity: Oddity = .none) {
        self.suffix = suffix
        self.entries = entries
        self.oddity = oddity
    }

    /// A directory of so many people, `cn=p1` and so on.
    public static func people(_ count: Int, oddity: Oddity = .none) -> StubDirectory {
        let entries = (1...count).map { number in
            StubEntry(
                "cn=p\(number),o=Test",
                [("objectClass", ["inetOrgPerson"]), ("cn", ["p\(number)"]), ("sn", ["Person"]), ("uid", ["p\(number)"])])
        }
        return StubDirectory(entries: entries, oddity: oddity)
    }

    /// Starts a server for it.
    public func serve() throws -> StubServer {
        try StubServer { answer($0) }
    }

    private func answer(_ request: StubRequest) -> [StubReply] {
        switch request.operation {
        case .bind: [.bind(code: 0)]
        case .unbind: [.close]
        case .abandon: []
        case .extended where identity != nil: [.extended(code: 0, value: Array((identity ?? "").utf8))]
        case .extended, .other: [.extended(code: 2, text: "not here")]
        case .search(let search) where search.scope == 0: answerBase(search)
        case .search: answerSearch(page: request.page)
        }
    }

    private func answerBase(_ search: StubRequest.Search) -> [StubReply] {
        guard search.base.isEmpty else {
            let entry = entries.first { $0.dn.lowercased() == search.base.lowercased() }
            return entry.map { [.entry($0), .done(code: 0)] } ?? (search.base == suffix ? [.done(code: 0)] : [.done(code: 32)])
        }
        let root = [
            (name: "objectClass", values: ["top"]), ("namingContexts", [suffix]), ("supportedLDAPVersion", ["3"]),
            ("supportedControl", offersPaging ? [StubRequest.pagedResults] : []),
        ]
        let extensions = identity.map { _ in [(name: "supportedExtension", values: ["1.3.6.1.4.1.4203.1.11.3"])] } ?? []
        return [.entry(StubEntry("", root + extensions + rootAttributes)), .done(code: 0)]
    }

    private func answerSearch(page: (size: Int, cookie: [UInt8])?) -> [StubReply] {
        let start = Int(String(decoding: page?.cookie ?? [], as: UTF8.self)) ?? 0
        switch oddity {
        case .none: return list(from: start, page: page?.size)
        case .shortPages(let most): return list(from: start, page: page.map { min($0.size, most) })
        case .refusesLargePages(let most):
            return (page?.size ?? entries.count) > most ? [.done(code: 4)] : list(from: start, page: page?.size)
        case .sizeLimit(let most) where start + (page?.size ?? entries.count) > most:
            return list(from: start, upTo: most) + [.done(code: 4, cookie: page.map { _ in [] })]
        case .sizeLimit: return list(from: start, page: page?.size)
        case .endlessPages: return list(from: start % entries.count, page: page?.size, isEndless: true)
        case .emptyPages: return start == 0 ? list(from: 0, page: page?.size, isEndless: true) : [.done(code: 0, cookie: Self.cookie(1))]
        case .needsPaging(let most) where page == nil && entries.count > most: return list(from: 0, upTo: most) + [.done(code: 4)]
        case .needsPaging: return list(from: start, page: page?.size)
        case .refusesPageSizes(let most) where page.map { $0.size > most } == true:
            return [.done(code: 11, text: "illegal pagedResults page size")]
        case .refusesPageSizes: return list(from: start, page: page?.size)
        case .disallowsPaging:
            return page == nil ? list(from: 0, page: nil) : [.done(code: 11, text: "pagedResults control not allowed")]
        case .stopsSilently(let most): return list(from: 0, upTo: most) + [.done(code: 0)]
        case .stopsSilentlyWithPages(let most): return list(from: 0, upTo: most) + [.done(code: page == nil ? 4 : 0)]
        case .overlappingPages(let count): return list(from: max(0, start - count), page: page?.size)
        case .ignoresPaging: return list(from: 0, page: nil)
        case .refusesPaging: return page == nil ? list(from: 0, page: nil) : [.done(code: 12, text: "paging is not supported here")]
        case .unknownMessage(let count): return list(from: 0, upTo: count) + [.message(tag: 0x7e, content: [])]
        case .endlessMessage(let count): return list(from: 0, upTo: count) + [.endlessMessage]
        case .hangsUp(let count): return list(from: 0, upTo: count) + [.close]
        case .fallsSilent(let count): return list(from: 0, upTo: count)
        case .fails(let code, let text, let count): return list(from: 0, upTo: count) + [.done(code: code, text: text)]
        }
    }

    private func list(from start: Int, upTo end: Int) -> [StubReply] {
        entries[min(start, entries.count)..<min(max(start, end), entries.count)].map { .entry($0) }
    }

    /// One page, or all that is left, with its end.
    private func list(from start: Int, page size: Int?, isEndless: Bool = false) -> [StubReply] {
        guard let size else { return list(from: start, upTo: entries.count) + [.done(code: 0)] }
        let end = start + size
        let isLast = end >= entries.count && !isEndless
        return list(from: start, upTo: end) + [.done(code: 0, cookie: isLast ? [] : Self.cookie(end))]
    }

    private static func cookie(_ position: Int) -> [UInt8] { Array(String(position).utf8) }
}
