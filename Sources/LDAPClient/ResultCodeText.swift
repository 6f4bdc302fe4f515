internal import CLibLDAP

/// The words for result codes and what an administrator can do about each.
enum ResultCodeText {
    /// `sizeLimitExceeded (4)` and the like: RFC 4511's name where there is one, else libldap's text.
    static func name(of code: Int32) -> String {
        if let name = names[code] { return "\(name) (\(code))" }
        guard let text = unsafe ldap_err2string(code) else { return "result code \(code)" }
        return unsafe "\(String(cString: text)) (\(code))"
    }

    /// What to do next; empty when there is nothing to say in general. `text` is the server's own.
    static func advice(for code: LDAPError.Code, saying text: String = "") -> String {
        switch code {
        case .invalidCredentials:
            accountAdvice(text)
                ?? "Check --bind-name and the password. Exchange 5.5 takes cn=USER,cn=DOMAIN,cn=admin; Active Directory takes USER@DOMAIN or DOMAIN\\USER."
        case .inappropriateAuthentication, .insufficientAccessRights:
            "Log in with --bind-name, with an account that may read the mailboxes."
        case .strongerAuthRequired, .confidentialityRequired: "The server wants an encrypted connection: use ldaps:// or --start-tls."
        case .noSuchObject: "Check --base; 'check' without --base shows the naming contexts that the server has."
        case .invalidDNSyntax: "A base or bind name is a DN such as ou=SITE,o=ORG."
        case .sizeLimitExceeded, .adminLimitExceeded:
            "The server gives this account only a part. Use an account with a higher limit, page the read (--page-size), or raise the limit on the server."
        case .timeLimitExceeded: "The server's time limit ended the read. Use an account with a higher limit, or a smaller --page-size."
        case .busy, .unavailable: "Try again later."
        case .referral: "Name the server that holds this part of the directory with --directory."
        default: ""
        }
    }

    /// Whether a server says that it does not page at all, for this account at least: it does not know the control, or does not allow it
    /// (slapd's `size.prtotal=disabled`). `text` is its own, or has it in it.
    static func refusesPaging(_ code: LDAPError.Code, saying text: String) -> Bool {
        code == .unavailableCriticalExtension || text.contains("control not allowed")
    }

    /// The same for a search in pages, where it is another; `nil` where it is not. `isFirst`: whether no page had come whole. `text` is the
    /// server's own.
    static func advice(for code: Int32, pageSize: Int, isFirst: Bool, saying text: String) -> String? {
        let code = LDAPError.Code.server(code)
        if isFirst, refusesPaging(code, saying: text) {
            return "The server does not page for this account: --page-size 0 reads everything at once."
        }
        guard code == .sizeLimitExceeded || code == .adminLimitExceeded else { return nil }
        if text.contains("illegal pagedResults page size") {
            return "Pages of \(pageSize) entries are too large for the server: use a smaller --page-size."
        }
        let limit = "an account with a higher limit, or raise the limit on the server\(pageLimits)."
        // Against a limit over all pages smaller ones do not help.
        let ways = isFirst ? "Try a smaller --page-size; where that ends alike, use \(limit)" : "Use \(limit)"
        return "The server gives this account only a part, in pages of \(pageSize), too. \(ways)"
    }

    /// What limits a read in pages is called.
    private static let pageLimits = " (OpenLDAP: size.prtotal, 389 Directory Server: nsslapd-pagedsizelimit)"

    /// Why Active Directory lets an account with the right password in no more: `… error, data 533, v1db1`. The numbers are Windows's system
    /// error codes in hexadecimal ([MS-ERREF] 2.2).
    private static func accountAdvice(_ text: String) -> String? {
        guard let data = text.firstRange(of: ", data ") else { return nil }
        switch text[data.upperBound...].prefix(while: \.isHexDigit) {
        case "530": return "The account may not log in at this time of day."
        case "531": return "The account may not log in from this machine."
        case "532": return "The account's password has expired: it must be changed first."
        case "533": return "The account is disabled: have it enabled, or use another --bind-name."
        case "701": return "The account has expired: have it prolonged, or use another --bind-name."
        case "773": return "The password must be changed before the account may log in."
        case "775": return "The account is locked after too many wrong passwords: have it unlocked, or wait."
        default: return nil
        }
    }

    private static let names: [Int32: String] = [
        1: "operationsError", 2: "protocolError", 3: "timeLimitExceeded", 4: "sizeLimitExceeded", 7: "authMethodNotSupported",
        8: "strongerAuthRequired", 10: "referral", 11: "adminLimitExceeded", 12: "unavailableCriticalExtension",
        13: "confidentialityRequired", 16: "noSuchAttribute", 32: "noSuchObject", 34: "invalidDNSyntax", 48: "inappropriateAuthentication",
        49: "invalidCredentials", 50: "insufficientAccessRights", 51: "busy", 52: "unavailable", 53: "unwillingToPerform",
        54: "loopDetect", 80: "other", 4096: "e-syncRefreshRequired",
    ]
}
