/// LDAP Content Synchronization (RFC 4533), as far as asking once for what changed (`refreshOnly`) needs it.
public enum ContentSync {
    /// The request's OID in the root DSE's `supportedControl`.
    public static let control = "1.3.6.1.4.1.4203.1.9.1.1"
    static let stateControl = "1.3.6.1.4.1.4203.1.9.1.2"
    static let doneControl = "1.3.6.1.4.1.4203.1.9.1.3"
    static let infoMessage = "1.3.6.1.4.1.4203.1.9.1.4"

    /// What the server says of an entry that it sends.
    public enum State: Int, Sendable {
        /// It is unchanged, and so comes without its attributes.
        case present
        /// It is new, or new to this client; OpenLDAP says so of changed ones, too.
        case add
        /// It was changed.
        case modify
        /// It is gone, and so comes without its attributes.
        case delete
    }

    /// A message about many entries at once.
    public enum Info: Sendable, Equatable {
        /// A newer cookie and nothing else.
        case cookie([UInt8])
        /// A phase of the refresh ends: of naming what is gone (`deletes`), or of naming what is still there.
        case phaseEnds(deletes: Bool)
        /// Entries by their ids: those that are gone (`areDeleted`), or those that are still there.
        case ids([EntryUUID], areDeleted: Bool)
    }

    /// What a synchronization that ended with success gave beside its entries.
    public struct Summary: Sendable, Equatable {
        /// From where the next one goes on; `nil` when the server sent none, since nothing changed; empty when it took ours for none.
        public var cookie: [UInt8]?
        /// Whether all that is gone was named. Where it was not, all that was neither sent nor named as present is gone.
        public var namedDeletions = false
        /// Whether anything was named as present.
        public var namedPresent = false
        /// How many entries came with their attributes.
        public var entries = 0
        /// References to other servers.
        public var references: [String] = []
    }

    /// `syncRequestValue ::= SEQUENCE { mode ENUMERATED, cookie OCTET STRING OPTIONAL, reloadHint BOOLEAN DEFAULT FALSE }`
    static func request(cookie: [UInt8]?) -> SearchControl {
        SearchControl(
            oid: control, isCritical: true,
            value: BERText.value(0x30, BERText.integer(1, tag: 0x0A) + (cookie.map { BERText.value(0x04, $0) } ?? [])),
            shown: "!sync=ro" + (cookie.map { "/" + String(decoding: $0, as: UTF8.self) } ?? ""))
    }

    /// `syncStateValue ::= SEQUENCE { state ENUMERATED, entryUUID OCTET STRING, cookie OCTET STRING OPTIONAL }`
    static func state(_ value: [UInt8]) -> (State, EntryUUID)? {
        var outer = BERValues(value)
        guard var inner = outer.next(0x30), let state = inner.integer(0x0A).flatMap(State.init),
            let id = inner.octets().flatMap({ EntryUUID($0) })
        else { return nil }
        return (state, id)
    }

    /// `syncDoneValue ::= SEQUENCE { cookie OCTET STRING OPTIONAL, refreshDeletes BOOLEAN DEFAULT FALSE }`
    static func done(_ value: [UInt8]) -> (cookie: [UInt8]?, namedDeletions: Bool)? {
        var outer = BERValues(value)
        guard var inner = outer.next(0x30) else { return nil }
        let cookie = inner.octets()
        let deletions = inner.boolean()
        return inner.isAtEnd ? (cookie, deletions ?? false) : nil
    }

    /// `syncInfoValue ::= CHOICE { newcookie [0], refreshDelete [1], refreshPresent [2], syncIdSet [3] }`; `nil` for anything else.
    static func info(_ value: [UInt8]) -> Info? {
        var outer = BERValues(value)
        switch outer.tag {
        case 0x80: return outer.octets(0x80).map(Info.cookie)
        case 0xA1: return outer.next(0xA1) == nil ? nil : .phaseEnds(deletes: true)
        case 0xA2: return outer.next(0xA2) == nil ? nil : .phaseEnds(deletes: false)
        case 0xA3: return outer.next(0xA3).flatMap(ids)
        default: return nil
        }
    }

    /// `SEQUENCE { cookie OCTET STRING OPTIONAL, refreshDeletes BOOLEAN DEFAULT FALSE, syncUUIDs SET OF OCTET STRING (SIZE(16)) }`
    private static func ids(_ set: BERValues) -> Info? {
        var set = set
        _ = set.octets()
        let areDeleted = set.boolean() ?? false
        guard var list = set.next(0x31) else { return nil }
        var ids: [EntryUUID] = []
        while !list.isAtEnd {
            guard let id = list.octets().flatMap({ EntryUUID($0) }) else { return nil }
            ids.append(id)
        }
        return .ids(ids, areDeleted: areDeleted)
    }
}

extension LDAPConnection {
    /// Asks for what changed since `cookie` (RFC 4533, `refreshOnly`), unpaged; `nil` asks for everything.
    ///
    /// `entry` gets each entry that came, `info` what the server says of many at once. Returns only after the server's success, as
    /// `search` does. A cookie that the server does not take gives `.syncRefreshRequired`, `.unwillingToPerform` or another of its codes.
    public borrowing func synchronize(
        _ request: SearchRequest, from cookie: [UInt8]?,
        entry: (borrowing LDAPEntry, ContentSync.State, EntryUUID) throws(LDAPError) -> Void,
        info: (ContentSync.Info) throws(LDAPError) -> Void
    ) throws(LDAPError) -> ContentSync.Summary {
        let doing = "asking for changes below '\(request.base)' on \(settings.address)"
        let broken = LDAPError(.protocolViolation, doing: doing, because: "what the server says of its changes cannot be read")
        var summary = ContentSync.Summary()
        var ids = 0
        let answer = try search(request, controls: [ContentSync.request(cookie: cookie)], doing: doing) { (item) throws(LDAPError) in
            guard let (state, id) = try item.control(ContentSync.stateControl, doing: doing).flatMap(ContentSync.state) else {
                throw broken
            }
            if state == .present { summary.namedPresent = true }
            try entry(item, state, id)
        } intermediate: { (oid, value) throws(LDAPError) in
            guard oid == ContentSync.infoMessage else { return }
            guard let message = ContentSync.info(value) else { throw broken }
            if case .cookie(let newer) = message { summary.cookie = newer }
            if case .ids(let list, let areDeleted) = message {
                if !areDeleted, !list.isEmpty { summary.namedPresent = true }
                ids += list.count
                // So many entries no directory has; memory is not the server's to fill.
                guard ids <= 100_000_000 else { throw broken }
            }
            try info(message)
        }
        summary.entries = answer.entries
        summary.references = answer.references
        guard let value = answer.controls[ContentSync.doneControl] else {
            // Without it the server has taken the request for an ordinary search.
            throw LDAPError(.server(12), doing: doing, because: "the server does not say how far its changes have come")
        }
        guard let done = ContentSync.done(value) else { throw broken }
        summary.cookie = done.cookie ?? summary.cookie
        summary.namedDeletions = done.namedDeletions
        return summary
    }
}
