/// What a `StubServer` says of changes: RFC 4533 and Active Directory's DirSync.
extension StubReply {
    /// An entry with the sync state control: 0 present, 1 add, 2 modify, 3 delete.
    public static func syncEntry(_ entry: StubEntry, state: Int, id: [UInt8]) -> StubReply {
        let value = BER.sequence([BER.integer(state, tag: 0x0A), BER.value(0x04, id)])
        return .controlled(tag: 0x64, content: entry.content, controls: [("1.3.6.1.4.1.4203.1.9.1.2", value)])
    }

    /// The sync info message that names entries: those that are gone, or those that are still there.
    public static func syncIDs(_ ids: [[UInt8]], areDeleted: Bool) -> StubReply {
        let set = BER.value(0x31, ids.map { BER.value(0x04, $0) })
        return syncInfo(BER.value(0xA3, (areDeleted ? BER.value(0x01, [0xFF]) : []) + set))
    }

    /// A sync info message of any content.
    public static func syncInfo(_ value: [UInt8], oid: String = "1.3.6.1.4.1.4203.1.9.1.4") -> StubReply {
        .message(tag: 0x79, content: BER.text(oid, tag: 0x80) + BER.value(0x81, value))
    }

    /// The end of a synchronization that went well.
    public static func syncDone(cookie: String?, namedDeletions: Bool) -> StubReply {
        let value = BER.sequence([cookie.map { BER.text($0) } ?? [], namedDeletions ? BER.value(0x01, [0xFF]) : []])
        return .controlled(tag: 0x65, content: success, controls: [("1.3.6.1.4.1.4203.1.9.1.3", value)])
    }

    /// The end of an answer of DirSync.
    public static func directorySyncDone(cookie: String, isMore: Bool) -> StubReply {
        let value = BER.sequence([BER.integer(isMore ? 1 : 0), BER.integer(0), BER.text(cookie)])
        return .controlled(tag: 0x65, content: success, controls: [(StubRequest.directorySync, value)])
    }

    private static var success: [UInt8] { BER.integer(0, tag: 0x0A) + BER.text("") + BER.text("") }
}

extension StubRequest {
    static let directorySync = "1.2.840.113556.1.4.841"

    /// The cookie of the DirSync control, if it was sent.
    public var directorySyncCookie: String? {
        guard let value = controls[Self.directorySync] else { return nil }
        var outer = BERReader(value)
        var reader = BERReader(outer.octets())
        _ = (reader.next(), reader.next())
        return reader.text()
    }

    /// The cookie of the sync request control (RFC 4533), if it was sent; empty without a cookie.
    public var syncCookie: String? {
        guard let value = controls["1.3.6.1.4.1.4203.1.9.1.1"] else { return nil }
        var outer = BERReader(value)
        var reader = BERReader(outer.octets())
        _ = reader.next()
        return reader.tag == 0x04 ? reader.text() : ""
    }
}
