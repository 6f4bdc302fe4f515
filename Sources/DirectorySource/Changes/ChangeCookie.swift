internal import LDAPClient
internal import Records

/// From where the next question for changes goes on. Good for one server, base, filter, profile and account only.
struct ChangeCookie: Sendable, Equatable, Codable {
    /// How the server tells of changes.
    enum Method: String, Sendable, Codable {
        /// RFC 4533 as OpenLDAP has it: changed entries come as they are now.
        case contentSync
        /// RFC 4533 as 389 Directory Server has it: it says nothing of an entry that leaves the filter, and sends changed ones with everything,
        /// so it is asked for ids alone, and for the entries in the ordinary way.
        case contentSyncIDs
        /// Active Directory's DirSync.
        case directorySync
        /// The server does not tell: name and stamp of every entry are read and compared.
        case comparison
    }

    var method: Method
    /// The server's own cookie; with `comparison`, the number of the server's last change, where it has one.
    var octets: [UInt8]
    var tracking: Tracking
    /// To what the cookie belongs.
    var place: Place

    /// To what a cookie belongs: where any of it differs, another directory, or another view of it, would be read.
    struct Place: Sendable, Equatable, Codable {
        var server: String
        /// What the server is, beyond its address: the same name may lead to several.
        var serverIdentity: [String]
        /// The base that was told; `nil` when none was.
        var toldBase: String?
        var login: String
        /// As whom the server regards the account.
        var identity: String?
        /// The naming context in which the base stands.
        var context: String?
        /// Every line of the profile, filter and attributes included.
        var profile: [String]
        var isProfileFound: Bool
    }
}

extension ChangeCookie.Method {
    /// How changes are found, in words; `stamp` is the attribute that is compared.
    func inWords(_ stamp: String?) -> String {
        switch self {
        case .contentSync, .contentSyncIDs: "content synchronization (RFC 4533)"
        case .directorySync: "DirSync"
        case .comparison: "comparing \(stamp ?? "names") of all entries"
        }
    }
}

extension ChangeCookie.Place {
    /// Why a cookie of this place is of no use at the other; `nil` when it is.
    func difference(from now: ChangeCookie.Place) -> String? {
        if server != now.server { return "it was read from \(server)" }
        if serverIdentity != now.serverIdentity { return "another server answers at \(server) than then" }
        if toldBase != now.toldBase { return "it was read below \(toldBase.map { "'\($0)'" } ?? "the server's own base")" }
        if login != now.login { return "it was read with another account or kind of login" }
        if identity != now.identity { return "the server regarded the account as somebody else" }
        if profile != now.profile || isProfileFound != now.isProfileFound {
            return "it was read with another profile, filter or set of attributes"
        }
        return nil
    }
}

extension Login {
    /// Method and name, without the password.
    var inWords: String {
        switch self {
        case .anonymous: "anonymous"
        case .simple: "simple \(name)"
        case .external: "external"
        case .kerberos: "gssapi"
        case .scram: "scram-sha-256 \(name)"
        }
    }
}

extension DirectoryProfile {
    /// Everything of the profile that shapes what is read, in lines that are always the same for the same profile.
    var lines: [String] {
        var lines = [name, filter, "\(hasOwnFilter)", directoryName.rawValue, directoryNameCheck ?? "", legacyDN ?? ""]
        for names in [alias, displayName, givenName, surname, initials, department, homeServer, hidden, deleted, id, key] {
            lines.append(names.joined(separator: " "))
        }
        lines += ["\(displayNameRepeatsDirectoryName)", adminViewSuffix ?? ""]
        lines += addresses.map { "\($0.attribute) \($0.separator.map(String.init) ?? "") \($0.type)" }
        lines += kinds.map { rule in
            let values = rule.values.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
            return ([rule.kind?.rawValue ?? "none", rule.objectClasses.joined(separator: " "), rule.has] + values).joined(separator: "|")
        }
        return lines
    }
}
