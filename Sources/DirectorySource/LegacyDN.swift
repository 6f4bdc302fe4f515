internal import Records

/// X.500 names as Exchange writes them outside LDAP: `/o=Org/ou=Site/cn=Recipients/cn=JSMITH` (KB Q142781).
enum LegacyDN {
    /// What follows the last `/cn=`; `nil` when there is none.
    static func leaf(of name: String) -> String? {
        guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        let part = name[name.utf8.index(after: slash)...]
        guard part.lowercased().hasPrefix("cn="), part.utf8.count > 3 else { return nil }
        return String(part.dropFirst(3))
    }

    /// The home server in a DN (`…,cn=EX01,cn=Servers,…`, KB Q246567) or a legacy DN (`…/cn=Servers/cn=EX01`, KB 275636); else the text itself.
    static func server(of name: String) -> String {
        if name.hasPrefix("/") {
            let parts = name.split(separator: "/")
            if let servers = parts.firstIndex(where: { $0.lowercased() == "cn=servers" }), servers + 1 < parts.count {
                return String(parts[servers + 1].dropFirst(3))
            }
            return name
        }
        let parts = DistinguishedName(name).parts
        guard let servers = parts.firstIndex(where: { $0.lowercased() == "cn=servers" }), servers > 0 else { return name }
        return DistinguishedName.leafValue(of: String(parts[servers - 1]))
    }
}
