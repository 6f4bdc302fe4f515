/// One thing that a `StubServer` does in answer to a request.
public enum StubReply: Sendable {
    /// The answer to a bind.
    case bind(code: Int, text: String = "")
    /// An entry of a search.
    case entry(StubEntry)
    /// A reference to other servers (RFC 4511, section 4.5.3).
    case reference([String])
    /// The end of a search; with `cookie` also the paged results control. An empty cookie says that this was the last page.
    case done(code: Int, text: String = "", cookie: [UInt8]? = nil)
    /// The answer to an extended operation; with `value` also its responseValue.
    case extended(code: Int, text: String = "", value: [UInt8]? = nil)
    /// A message of the right number, with any operation: its tag and content.
    case message(tag: UInt8, content: [UInt8])
    /// The same with controls: names and values.
    case controlled(tag: UInt8, content: [UInt8], controls: [(oid: String, value: [UInt8])])
    /// Bytes as they are.
    case bytes([UInt8])
    /// Time that passes before the next reply.
    case wait(Duration)
    /// The end of the connection.
    case close

    /// The first bytes of a message that claims to be 2 GB long.
    public static let endlessMessage = StubReply.bytes([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x02, 0x01, 0x02])

    /// The bytes of a reply; `nil` for those that are none.
    func encoded(messageID: Int) -> [UInt8]? {
        switch self {
        case .bind(let code, let text): Self.message(messageID, BER.value(0x61, Self.result(code, text)))
        case .entry(let entry): Self.message(messageID, entry.encoded)
        case .reference(let uris): Self.message(messageID, BER.value(0x73, uris.map { BER.text($0) }))
        case .done(let code, let text, let cookie):
            Self.message(messageID, BER.value(0x65, Self.result(code, text)), controls: cookie.map(Self.pageControl) ?? [])
        case .extended(let code, let text, let value):
            Self.message(messageID, BER.value(0x78, Self.result(code, text) + (value.map { [BER.value(0x8b, $0)] } ?? [])))
        case .message(let tag, let content): Self.message(messageID, BER.value(tag, content))
        case .controlled(let tag, let content, let controls):
            Self.message(
                messageID, BER.value(tag, content),
                controls: BER.value(0xa0, controls.map { BER.sequence([BER.text($0.oid), BER.value(0x04, $0.value)]) }))
        case .bytes(let bytes): bytes
        case .wait, .close: nil
        }
    }

    private static func message(_ messageID: Int, _ operation: [UInt8], controls: [UInt8] = []) -> [UInt8] {
        BER.sequence([BER.integer(messageID), operation, controls])
    }

    private static func result(_ code: Int, _ text: String) -> [[UInt8]] {
        [BER.integer(code, tag: 0x0a), BER.text(""), BER.text(text)]
    }

    private static func pageControl(_ cookie: [UInt8]) -> [UInt8] {
        let value = BER.sequence([BER.integer(0), BER.value(0x04, cookie)])
        return BER.value(0xa0, [BER.sequence([BER.text(StubRequest.pagedResults), BER.value(0x04, value)])])
    }
}

/// An entry that a `StubServer` sends.
public struct StubEntry: Sendable {
    /// The distinguished name.
    public var dn: String
    /// Attributes with their values, in order.
    public var attributes: [(name: String, values: [String])]

    /// An entry from its parts.
    public init(_ dn: String, _ attributes: [(name: String, values: [String])]) {
        self.dn = dn
        self.attributes = attributes
    }

    /// The search result entry.
    var encoded: [UInt8] { BER.value(0x64, content) }

    /// The same without its head.
    var content: [UInt8] {
        let list = attributes.map { BER.sequence([BER.text($0.name), BER.value(0x31, $0.values.map { BER.text($0) })]) }
        return BER.text(dn) + BER.sequence(list)
    }
}
