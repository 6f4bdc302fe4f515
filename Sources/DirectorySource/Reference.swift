internal import LDAPClient

/// Where a search reference leads (RFC 4511, section 4.5.3): an LDAP URL (RFC 4516).
struct Reference {
    let address: ServerAddress
    /// Where to read; the search's own base when the reference names none.
    let base: String

    var server: ReferredServer { ReferredServer(address) }

    /// `nil` when the text is no `ldap://` or `ldaps://` URL, or asks for less than the search did, of which `scope` tells how far it reaches:
    /// then its entries are not what the search would have found.
    init?(_ text: String, defaultBase: String, scope wanted: SearchRequest.Scope) {
        let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, parts[1].isEmpty, let address = try? ServerAddress("\(parts[0])//\(parts[2])"), address.transport != .ldapi
        else { return nil }
        let rest = parts.count > 3 ? parts[3].split(separator: "?", omittingEmptySubsequences: false).map(String.init) : []
        let scope = rest.count > 2 ? rest[2].lowercased() : ""
        let extensions = rest.count > 4 ? rest[4] : ""
        let isFarEnough = ["", "sub"].contains(scope) || (scope == "base" && wanted == .base)
        guard isFarEnough, !extensions.contains("!"), let base = Self.percentDecoded(rest.first ?? "") else { return nil }
        self.address = address
        self.base = base.isEmpty ? defaultBase : base
    }

    /// Whether name and password would be no worse protected than now: neither TLS nor a local socket, which nobody on the way sees, must become plain
    /// text. StartTLS is asked for there, too, where it is here.
    func isNoLessProtected(than settings: ConnectionSettings) -> Bool {
        address.transport == .ldaps || settings.startTLS || settings.address.transport == .ldap
    }

    private static func percentDecoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte != UInt8(ascii: "%") {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let digits = String(rest.prefix(2)), let value = UInt8(digits, radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
