internal import LDAPClient
internal import Records

/// Looks for the entries that a name may mean, here and where references lead; where there are none, it finds out what could not be seen.
struct RawSearch {
    private let directory: LiveDirectory
    private let name: String
    private let profile: DirectoryProfile
    private let attributes: [String]
    /// Whether security descriptors are to be asked for, which Active Directory shows only in part to most, and only to who asks for that part.
    private let wantsSecurityDescriptor: Bool

    init(_ directory: LiveDirectory, _ name: String, _ session: borrowing LiveDirectory.Session, operational: Bool) {
        self.directory = directory
        self.name = name
        profile = session.profile
        attributes = profile.rawAttributes(operational: operational, isActiveDirectory: session.root.isActiveDirectory)
        wantsSecurityDescriptor = operational && session.root.isActiveDirectory
    }

    /// What the name means.
    func run(_ session: borrowing LiveDirectory.Session) throws(LDAPError) -> RawFinding {
        var finding = RawFinding(place: session.base.isEmpty ? "in the directory" : "below '\(session.base)'")
        if name.isEmpty { return finding }
        var unread = try findByDN(session, &finding)
        guard finding.entries.isEmpty else { return finding }
        for text in try findByName(session, &finding) where !unread.contains(text) { unread.append(text) }
        if finding.entries.isEmpty { finding.unseen = try unseen(session, unread) }
        return finding
    }

    // MARK: - The two searches

    /// Takes the name for a DN. Gives references that were not followed.
    private func findByDN(_ session: borrowing LiveDirectory.Session, _ finding: inout RawFinding) throws(LDAPError) -> [String] {
        // A DN spells a null character as \00.
        guard name.contains("="), !name.utf8.contains(0) else { return [] }
        func find(_ dn: String, over connection: borrowing LDAPConnection) throws(LDAPError) -> [String] {
            let request = SearchRequest(base: dn, scope: .base, attributes: attributes)
            do throws(LDAPError) {
                return try read(request, over: connection, into: &finding) { _ in true }
            } catch {
                switch error.code {
                case .noSuchObject, .invalidDNSyntax: return []
                // The DN lies where the server refers to.
                case .referral: return error.references
                default: throw error
                }
            }
        }
        var walk = ReferenceWalk(directory, base: name, scope: .base)
        try walk.follow(find(name, over: session.connection)) { (reference) throws(LDAPError) in
            try find(reference.base, over: directory.elsewhere(reference.address).connected { false })
        }
        return walk.left
    }

    /// Takes the name for any other. Gives references that were not followed.
    private func findByName(_ session: borrowing LiveDirectory.Session, _ finding: inout RawFinding) throws(LDAPError) -> [String] {
        var trials = PageTrials(directory.options.pageSize)
        while true {
            let pages = trials.next(isOffered: session.root.supportsPaging)
            var found = finding
            do throws(LDAPError) {
                let unread = try findByName(session, &found, pages)
                finding = found
                return unread
            } catch { try trials.note(error) }
        }
    }

    private func findByName(
        _ session: borrowing LiveDirectory.Session, _ finding: inout RawFinding, _ pages: PagePlan
    ) throws(LDAPError) -> [String] {
        let filter = profile.filter(naming: name)
        func find(below base: String, over connection: borrowing LDAPConnection) throws(LDAPError) -> [String] {
            let request = pages.request(base: base, filter: filter, attributes: attributes)
            return try read(request, over: connection, into: &finding) { profile.means(name, $0) }
        }
        var walk = ReferenceWalk(directory, base: session.base)
        try walk.follow(find(below: session.base, over: session.connection)) { (reference) throws(LDAPError) in
            try find(below: reference.base, over: directory.elsewhere(reference.address).connected { false })
        }
        return walk.left
    }

    /// Reads entries; of recipients only those that are meant, of others only one that is read by its DN. Gives the references that came.
    private func read(
        _ request: SearchRequest, over connection: borrowing LDAPConnection, into finding: inout RawFinding,
        _ isMeant: (Recipient) -> Bool
    ) throws(LDAPError) -> [String] {
        var entries: [RawEntry] = []
        var translator = EntryTranslator(profile)
        let summary = try connection.search(request) { (entry) throws(LDAPError) in
            var collector = RawCollector(profile)
            let dn = try entry.forEachValue { collector.add($0, $1) }
            try entry.lend { translator.take(dn: $0, attributes: $1) }
            guard translator.recipient().map(isMeant) ?? (request.scope == .base) else { return }
            entries.append(RawEntry(dn: dn, attributes: collector.attributes))
        }
        for index in entries.indices {
            try connection.complete(&entries[index])
            if wantsSecurityDescriptor { try addSecurityDescriptor(to: &entries[index], over: connection) }
        }
        // Two servers may hold the same part.
        var known = Set(finding.entries.map { DistinguishedName($0.dn).normalized })
        finding.entries += entries.filter { known.insert(DistinguishedName($0.dn).normalized).inserted }
        return summary.references
    }

    private func addSecurityDescriptor(to entry: inout RawEntry, over connection: borrowing LDAPConnection) throws(LDAPError) {
        let name = "nTSecurityDescriptor"
        guard !entry.attributes.contains(where: { $0.name.equalsWithoutCase(name) }) else { return }
        do throws(LDAPError) {
            guard let octets = try connection.securityDescriptor(of: entry.dn) else { return }
            entry.attributes.append(RawEntry.Attribute(name: name, values: [octets]))
        } catch {
            // Not for this account, or not on this server.
            guard case .server = error.code.origin else { throw error }
        }
    }

    // MARK: - What did not show

    /// Why the name may mean an entry all the same.
    private func unseen(_ session: borrowing LiveDirectory.Session, _ references: [String]) throws(LDAPError) -> [String] {
        var reasons: [String] = []
        let boundAs = directory.login.name
        if !boundAs.isEmpty, session.identity == "" { reasons.append(Unseen.asNobody(boundAs)) }
        if let suffix = profile.adminViewSuffix, !Unseen.isAdminView(boundAs, suffix) { reasons.append(Unseen.hiddenMailboxes(suffix)) }
        if let parts = Unseen.parts(references) { reasons.append(parts) }
        for (words, names) in [
            ("alias", profile.alias), ("display name", profile.displayName), ("address", profile.addresses.map(\.attribute)),
        ] where !names.isEmpty {
            if let reason = try whyNot(words, names, session) { reasons.append(reason) }
        }
        return reasons
    }

    /// Why an entry may have what is looked for in these attributes and not have been found; `nil` where some entry shows one of them.
    private func whyNot(
        _ words: String, _ names: [String], _ session: borrowing LiveDirectory.Session
    ) throws(LDAPError) -> String? {
        let list = names.joined(separator: ", ")
        do throws(LDAPError) {
            let filter = "(|\(names.map { "(\($0)=*)" }.joined()))"
            return try session.connection.hasMatch(filter, base: session.base)
                ? nil : "no entry shows its \(words) (\(list)): hidden from this account?"
        } catch {
            guard case .server = error.code.origin else { throw error }
            return "the server does not say whether entries show their \(words) (\(list)): \(error.reason)"
        }
    }
}
