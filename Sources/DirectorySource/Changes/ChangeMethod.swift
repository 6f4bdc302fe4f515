internal import LDAPClient
internal import Records

/// Why a directory cannot be asked for what changed, in words.
struct Unknowable: Error {
    var why: String
}

/// How to ask for changes, found out by what the server says and by trying it.
extension LiveDirectory.Session {
    /// Finds out how to ask for changes since now, and has entries read so that they are known again. `pages`: in which to ask.
    mutating func track(_ directory: LiveDirectory, _ pages: PagePlan) throws(LDAPError) -> Result<ChangeCookie, Unknowable> {
        guard directory.options.followedServers.isEmpty else {
            return .failure(Unknowable(why: "references are followed to other servers, which are not asked for changes"))
        }
        guard !directory.options.showsDeleted else { return .failure(Unknowable(why: "deleted entries are asked for")) }
        guard profile.attributes.count <= Tracking.mostAttributes else {
            return .failure(Unknowable(why: "the profile reads more than \(Tracking.mostAttributes) attributes"))
        }
        // Asked for in the same words as later: servers differ in what they show unasked.
        let place = try cookiePlace(directory, connection.rootEntry(RootEntry.identityAttributes))
        var found = try directorySync()
        if found == nil { found = try contentSync() }
        if found == nil { found = try comparison(pages) }
        guard let found else {
            return .failure(
                Unknowable(why: "the server tells of no changes, and its entries show neither a time nor a number of their last one"))
        }
        profile.tracking = found.tracking
        return .success(ChangeCookie(method: found.method, octets: found.octets, tracking: found.tracking, place: place))
    }

    /// To what a cookie of this session belongs.
    func cookiePlace(_ directory: LiveDirectory, _ root: RootEntry) throws(LDAPError) -> ChangeCookie.Place {
        var isFound = false
        if case .automatic = directory.choice { isFound = true }
        return ChangeCookie.Place(
            server: connection.settings.address.url, serverIdentity: try root.identity + invocation(of: root), toldBase: directory.base,
            login: directory.login.inWords, identity: identity, context: context, profile: profile.lines, isProfileFound: isFound)
    }

    /// Active Directory's name of the database's life: another one after it was restored, when numbers of changes may be used again.
    private func invocation(of root: RootEntry) throws(LDAPError) -> [String] {
        guard let server = root.serverName else { return [] }
        var ids: [String] = []
        do throws(LDAPError) {
            _ = try connection.search(SearchRequest(base: server, scope: .base, attributes: ["invocationId"])) {
                (entry) throws(LDAPError) in
                try entry.forEachValue { ids.append(BinaryID.text($1)) }
            }
        } catch {
            guard case .server = error.code.origin else { throw error }
        }
        return ids
    }

    private typealias Found = (method: ChangeCookie.Method, octets: [UInt8], tracking: Tracking)

    // MARK: - DirSync

    /// A cookie for changes from now on: of a question that nothing fits.
    private func directorySync() throws(LDAPError) -> Found? {
        guard root.supportsDirectorySync, root.highestCommittedUSN != nil, let context else { return nil }
        var cookie: [UInt8] = []
        do throws(LDAPError) {
            let request = SearchRequest(base: context, filter: "(!(objectClass=*))", attributes: ["objectGUID"])
            repeat {
                let answer = try connection.directorySync(request, from: cookie) { _ throws(LDAPError) in }
                let isNew = answer.cookie != cookie
                cookie = answer.cookie
                guard answer.isMore, isNew else { break }
            } while true
        } catch {
            // No right to it, as a rule.
            guard error.isRefusal else { throw error }
            return nil
        }
        return (.directorySync, cookie, Tracking(identity: "objectGUID"))
    }

    // MARK: - RFC 4533

    private func contentSync() throws(LDAPError) -> Found? {
        guard root.supportsContentSync, let context else { return nil }
        do throws(LDAPError) {
            guard case .changeNumbers(let numbers) = try connection.changeMark(root, base: base) else { return try contentSyncByIDs() }
            // Containers that are renamed take their entries with them, which is not told: it must be seen by these attributes.
            guard try connection.hasEntry(context, fitting: "(&(entryUUID=*)(entryCSN=*)(hasSubordinates=TRUE))") else { return nil }
            let cookie = ContentSync.openLDAPCookie(numbers)
            let request = SearchRequest(base: base, filter: profile.filter, attributes: ["1.1"])
            _ = try connection.synchronize(request, from: cookie) { (_, _, _) throws(LDAPError) in
            } info: { _ throws(LDAPError) in
            }
            return (.contentSync, cookie, Tracking(identity: "entryUUID"))
        } catch {
            guard error.isRefusal else { throw error }
            return nil
        }
    }

    /// The cookie of a server that makes one only for those who have been told everything: so the ids of everything are let come.
    private func contentSyncByIDs() throws(LDAPError) -> Found? {
        let shown = try connection.attributesShown(base, profile.filter, ["nsUniqueId", "entryUUID"])
        guard let identity = shown.first else { return nil }
        let request = SearchRequest(base: base, attributes: ["1.1"])
        let summary = try connection.synchronize(request, from: nil) { (_, _, _) throws(LDAPError) in
        } info: { _ throws(LDAPError) in
        }
        guard let cookie = summary.cookie, !cookie.isEmpty else { return nil }
        return (.contentSyncIDs, cookie, Tracking(identity: identity))
    }

    // MARK: - Comparison

    private static let identities = ["objectGUID", "entryUUID", "nsUniqueId"]
    private static let stamps = ["entryCSN", "uSNChanged", "USN-Changed", "modifyTimestamp"]

    private func comparison(_ pages: PagePlan) throws(LDAPError) -> Found? {
        let shown = try connection.attributesShown(base, profile.filter, Self.identities + Self.stamps)
        guard let stamp = Self.stamps.first(where: shown.contains) else { return nil }
        var tracking = Tracking(identity: Self.identities.first(where: shown.contains), stamp: stamp)
        if stamp == "modifyTimestamp" { tracking.settledBefore = try newest(stamp, pages) }
        let number = stamp == "uSNChanged" ? root.highestCommittedUSN.map { Array(String($0).utf8) } : nil
        return (.comparison, number ?? [], tracking)
    }

    /// The greatest value of an attribute; empty when there is none.
    private func newest(_ attribute: String, _ pages: PagePlan) throws(LDAPError) -> String {
        var newest = ""
        let request = pages.request(base: base, filter: profile.filter, attributes: [attribute])
        _ = try connection.search(request) { (entry) throws(LDAPError) in
            try entry.forEachValue { if let text = $1.text, text > newest { newest = text } }
        }
        return newest
    }
}

extension ContentSync {
    /// A cookie as OpenLDAP's own consumers send it, for the changes after those numbers (`slapd.overlays`, syncprov).
    static func openLDAPCookie(_ numbers: [String]) -> [UInt8] { Array("rid=000,csn=\(numbers.joined(separator: ";"))".utf8) }

    /// The change numbers in such a cookie.
    /// `nil` for a cookie of another form, which OpenLDAP would take for none: it would send everything, and not name what is gone.
    static func numbers(in cookie: [UInt8]) -> [String]? {
        let numbers = splitNumbers(in: cookie)
        let form = Array("00000000000000.000000Z#000000#000#000000".utf8)
        let areGood = numbers.allSatisfy { number in
            number.utf8.count == form.count
                && zip(number.utf8, form).allSatisfy { $1 == UInt8(ascii: "0") ? Character(UnicodeScalar($0)).isHexDigit : $0 == $1 }
        }
        return areGood && !numbers.isEmpty ? numbers : nil
    }

    private static func splitNumbers(in cookie: [UInt8]) -> [String] {
        String(decoding: cookie, as: UTF8.self).split(separator: ",").filter { $0.hasPrefix("csn=") }
            .flatMap { $0.dropFirst(4).split(separator: ";").map(String.init) }
    }
}

extension LDAPError {
    /// Whether the server refused the question, where another one may be answered.
    var isRefusal: Bool {
        if case .server = code.origin { return ![.busy, .unavailable].contains(code) }
        return false
    }
}

extension LDAPConnection {
    /// Whether there is such an entry, and it fits the filter.
    borrowing func hasEntry(_ dn: String, fitting filter: String) throws(LDAPError) -> Bool {
        try search(SearchRequest(base: dn, scope: .base, filter: filter, attributes: ["1.1"])) { _ throws(LDAPError) in }.entries == 1
    }

    /// Which of the attributes some entry shows, in their order.
    borrowing func attributesShown(_ base: String, _ filter: String, _ names: [String]) throws(LDAPError) -> [String] {
        var shown: Set<String> = []
        do throws(LDAPError) {
            _ = try search(SearchRequest(base: base, filter: filter, attributes: names, sizeLimit: 1)) { (entry) throws(LDAPError) in
                try entry.forEachValue { name, _ in if let name = name.text { shown.insert(name.lowercased()) } }
            }
        } catch {
            guard error.code == .sizeLimitExceeded else { throw error }
        }
        return names.filter { shown.contains($0.lowercased()) }
    }
}
