/// Active Directory's way to tell what changed ([MS-ADTS] 3.1.1.3.4.1.3, LDAP_SERVER_DIRSYNC_OID).
public enum DirectorySync {
    /// The control's OID in the root DSE's `supportedControl`; the answer bears the same.
    public static let control = "1.2.840.113556.1.4.841"

    /// What one answer gave beside its entries.
    public struct Summary: Sendable, Equatable {
        /// From where the next question goes on.
        public var cookie: [UInt8]
        /// Whether more is to come: ask again at once.
        public var isMore: Bool
        /// How many entries came.
        public var entries: Int
        /// References to other servers.
        public var references: [String]
    }

    /// How many bytes an answer has about: the server ends it there, and says that more is to come.
    private static let answerSize = 8 << 20

    /// `DirSyncRequestValue ::= SEQUENCE { Flags INTEGER, MaxBytes INTEGER, Cookie OCTET STRING }`
    static func request(cookie: [UInt8]) -> SearchControl {
        SearchControl(
            oid: control, isCritical: true,
            value: BERText.value(0x30, BERText.integer(0) + BERText.integer(answerSize) + BERText.value(0x04, cookie)),
            shown: "!dirSync=0/\(answerSize)" + (cookie.isEmpty ? "" : "/" + base64(cookie)))
    }

    /// RFC 4648, section 4: ldapsearch takes the cookie so.
    private static func base64(_ octets: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        return stride(from: 0, to: octets.count, by: 3).map { start in
            let group = octets[start..<min(start + 3, octets.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            return String((0..<4).map { $0 <= group.count ? letters[bits >> (18 - 6 * $0) & 63] : "=" })
        }.joined()
    }

    /// `DirSyncResponseValue ::= SEQUENCE { MoreResults INTEGER, unused INTEGER, CookieServer OCTET STRING }`
    static func response(_ value: [UInt8]) -> (isMore: Bool, cookie: [UInt8])? {
        var outer = BERValues(value)
        guard var inner = outer.next(0x30), let more = inner.integer(), inner.integer() != nil, let cookie = inner.octets() else {
            return nil
        }
        return (more != 0, cookie)
    }
}

extension LDAPConnection {
    /// Asks once for what changed since `cookie`; an empty one asks for everything. The base must be a naming context.
    ///
    /// An entry comes when one of the attributes asked for was changed, and with those alone. The account needs the right
    /// "Replicating Directory Changes": without it the server says `.insufficientAccessRights`.
    public borrowing func directorySync(
        _ request: SearchRequest, from cookie: [UInt8], entry: (borrowing LDAPEntry) throws(LDAPError) -> Void
    ) throws(LDAPError) -> DirectorySync.Summary {
        let doing = "asking for changes in '\(request.base)' on \(settings.address)"
        let answer = try search(
            request, controls: [DirectorySync.request(cookie: cookie)], doing: doing, entry: entry,
            intermediate: { (_, _) throws(LDAPError) in })
        guard let value = answer.controls[DirectorySync.control] else {
            throw LDAPError(.server(12), doing: doing, because: "the server does not say how far its changes have come")
        }
        guard let (isMore, next) = DirectorySync.response(value), !next.isEmpty else {
            throw LDAPError(.protocolViolation, doing: doing, because: "what the server says of its changes cannot be read")
        }
        return DirectorySync.Summary(cookie: next, isMore: isMore, entries: answer.entries, references: answer.references)
    }
}
