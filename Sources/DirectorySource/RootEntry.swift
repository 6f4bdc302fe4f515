internal import LDAPClient
internal import Records

/// What the root DSE says (RFC 4512, section 5.1).
struct RootEntry {
    private var values: [String: [String]] = [:]

    mutating func add(_ attribute: Span<UInt8>, _ value: Span<UInt8>) {
        guard let name = attribute.text, let text = value.text else { return }
        values[name.lowercased(), default: []].append(text)
    }

    /// The DNs under which entries stand. Active Directory's own domain comes first.
    var namingContexts: [String] {
        let contexts = values["namingcontexts", default: []]
        guard let own = values["defaultnamingcontext"]?.first else { return contexts }
        return [own] + contexts.filter { $0 != own }
    }

    var controls: [String] { values["supportedcontrol", default: []].sorted() }

    var supportsPaging: Bool { controls.contains("1.2.840.113556.1.4.319") }

    /// Whether the server tells what changed by content synchronization (RFC 4533), or by DirSync.
    var supportsContentSync: Bool { controls.contains(ContentSync.control) }
    var supportsDirectorySync: Bool { controls.contains(DirectorySync.control) }

    /// Active Directory's DN of the server itself.
    var serverName: String? { values["dsservicename"]?.first }

    /// What `identity` must say again for it to be the same server.
    static let identityAttributes = ["dsServiceName", "highestCommittedUSN", "vendorName", "vendorVersion"]

    /// What the server is, beyond its address.
    var identity: [String] { ["dsservicename", "vendorname", "vendorversion"].flatMap { values[$0, default: []] } }

    /// Active Directory's number of its last change.
    var highestCommittedUSN: Int64? { values["highestcommittedusn"]?.first.flatMap { Int64($0) } }

    /// The naming context in which `base` stands; `nil` when the server names none that fits.
    func context(of base: String) -> String? {
        let base = DistinguishedName(base)
        return namingContexts.filter { !$0.isEmpty && base.isWithin(DistinguishedName($0)) }.max { $0.count < $1.count }
    }

    /// Whether the server says that it is an Active Directory domain controller ([MS-ADTS] 3.1.1.3.4.3.1), as Samba's does.
    var isActiveDirectory: Bool { values["supportedcapabilities", default: []].contains("1.2.840.113556.1.4.800") }

    var supportsWhoAmI: Bool { values["supportedextension", default: []].contains(LDAPConnection.whoAmIExtension) }

    /// The DN of the entry that says which version it is, where the server shows it (OpenLDAP's slapd-monitor(5)).
    var monitor: String? { isOpenLDAP ? values["monitorcontext"]?.first : nil }

    /// Product and version as far as the server tells; empty when it does not. `monitored`: what its `monitor` says.
    func product(monitored: String?) -> String {
        let vendor = values["vendorname"]?.first.map { ([$0] + values["vendorversion", default: []].prefix(1)).joined(separator: " ") }
        if isActiveDirectory {
            let level = values["domaincontrollerfunctionality"]?.first.flatMap { Self.windowsVersions[$0] }
            return ["Active Directory", vendor, level.map { "at the level of \($0)" }].compactMap(\.self).joined(separator: ", ")
        }
        if let vendor { return vendor }
        return isOpenLDAP ? monitored ?? "OpenLDAP" : ""
    }

    private var isOpenLDAP: Bool { values["objectclass", default: []].contains("OpenLDAProotDSE") }

    /// The version of Windows whose functions a domain controller has, from 2 on those it runs on at least ([MS-ADTS] 3.1.1.3.2.25 and 6.1.4.2).
    private static let windowsVersions = [
        "0": "Windows 2000", "2": "Windows Server 2003", "3": "Windows Server 2008", "4": "Windows Server 2008 R2",
        "5": "Windows Server 2012", "6": "Windows Server 2012 R2", "7": "Windows Server 2016 to 2022", "10": "Windows Server 2025",
    ]

    /// Whether a naming context holds nobody: the server's settings, or its log of changes, which 389 Directory Server with nothing else set
    /// even gives as its default one.
    private func isOfServer(_ context: String) -> Bool {
        let known = ["cn=config", "cn=schema", "cn=monitor", "cn=log", "cn=changelog"] + values["changelog", default: []]
        return context.isEmpty || known.contains { DistinguishedName($0).normalized == DistinguishedName(context).normalized }
    }

    /// The base for somebody who named none: Active Directory's domain, or the only naming context.
    func onlyContext(of server: ServerAddress) throws(LDAPError) -> String {
        if let own = values["defaultnamingcontext"]?.first, !isOfServer(own) { return own }
        let contexts = namingContexts.filter { !isOfServer($0) }
        if contexts.count == 1 { return contexts[0] }
        throw LDAPError(
            .badSetting, doing: "choosing where to read on \(server)",
            because: contexts.isEmpty
                ? "the server names no naming context to this account"
                : "the server has \(contexts.count) naming contexts: \(contexts.joined(separator: "; "))",
            advice: "Name the part to read with --base.")
    }
}

extension LDAPConnection {
    /// Reads the root DSE; everything, operational attributes included, unless told otherwise. Samba shows its version only to who names it.
    borrowing func rootEntry(_ attributes: [String] = ["*", "+", "vendorName", "vendorVersion"]) throws(LDAPError) -> RootEntry {
        var root = RootEntry()
        let request = SearchRequest(base: "", scope: .base, attributes: attributes)
        _ = try search(request) { (entry) throws(LDAPError) in
            try entry.forEachValue { attribute, value in root.add(attribute, value) }
        }
        return root
    }

    /// Product and version; of OpenLDAP, what its monitor says (`OpenLDAP: slapd 2.5.13 (Feb  8 2025)`), where the account may see that.
    borrowing func product(_ root: RootEntry) throws(LDAPError) -> String {
        guard let monitor = root.monitor else { return root.product(monitored: nil) }
        var version: String?
        do throws(LDAPError) {
            _ = try search(SearchRequest(base: monitor, scope: .base, attributes: ["monitoredInfo"])) { (entry) throws(LDAPError) in
                try entry.forEachValue { _, value in version = value.text }
            }
        } catch {
            guard case .server = error.code.origin else { throw error }
        }
        // When it was built matters to nobody.
        let words = version.map {
            $0.prefix { $0 != "(" }.split(separator: " ").filter { $0 != "slapd" }.map { $0 == "OpenLDAP:" ? "OpenLDAP" : $0 }
        }
        return root.product(monitored: words?.joined(separator: " "))
    }

    /// The profile, and why.
    borrowing func choose(_ choice: ProfileChoice, base: String) throws(LDAPError) -> (DirectoryProfile, evidence: String) {
        switch choice {
        case .profile(let profile): return (profile, "named by the settings")
        case .automatic(let profiles):
            for profile in profiles {
                guard let signature = profile.signature, try hasMatch(signature, base: base) else { continue }
                // Not which entry: that is another one with every order of entries.
                return (profile, "entries match \(signature)")
            }
            throw LDAPError(
                .badSetting, doing: "finding out what kind of directory \(settings.address) is",
                because:
                    "no entry below '\(base)' that this account sees looks like one of \(profiles.map(\.name).joined(separator: ", "))",
                advice: "Check --base and the account, or name the profile with --profile.")
        }
    }

    /// Whether some entry matches. One entry is asked for, so the server's "size limit exceeded" is the expected answer.
    borrowing func hasMatch(_ filter: String, base: String) throws(LDAPError) -> Bool {
        var isFound = false
        let request = SearchRequest(base: base, filter: filter, attributes: ["1.1"], sizeLimit: 1)
        do throws(LDAPError) {
            _ = try search(request) { _ throws(LDAPError) in isFound = true }
        } catch {
            if error.code == .sizeLimitExceeded, isFound { return true }
            guard [.sizeLimitExceeded, .adminLimitExceeded, .timeLimitExceeded].contains(error.code) else { throw error }
            throw error.advising(
                "The server looked at too many entries to find out what kind of directory it is: name it with --profile, such as --profile inetorgperson."
            )
        }
        return isFound
    }
}
