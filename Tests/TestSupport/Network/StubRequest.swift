/// What a client asked a `StubServer` for.
public struct StubRequest: Sendable {
    /// The operation and what belongs to it.
    public enum Operation: Sendable {
        /// A bind; `password` is empty for SASL.
        case bind(name: String, password: String)
        /// The end of the connection.
        case unbind
        /// A search.
        case search(Search)
        /// Giving an operation up.
        case abandon(messageID: Int)
        /// An extended operation, such as StartTLS (`1.3.6.1.4.1.1466.20037`).
        case extended(oid: String)
        /// Anything else, by its tag.
        case other(tag: UInt8)
    }

    /// A search as it was sent.
    public struct Search: Sendable {
        /// The base DN.
        public var base: String
        /// 0 base, 1 one level, 2 subtree.
        public var scope: Int
        /// The client's size limit; 0 for none.
        public var sizeLimit: Int
        /// The client's time limit in seconds; 0 for none.
        public var timeLimit: Int
        /// The filter in BER.
        public var filter: [UInt8]
        /// The attributes asked for.
        public var attributes: [String]
    }

    /// The number that the answers must bear.
    public var messageID: Int
    /// The operation.
    public var operation: Operation
    /// The controls' values by their OIDs.
    public var controls: [String: [UInt8]]
    /// The connection that it came on, from 1.
    public var connection: Int

    /// The search, if it is one.
    public var search: Search? {
        if case .search(let search) = operation { search } else { nil }
    }

    /// Page size and cookie of the paged results control (RFC 2696), if it was sent.
    public var page: (size: Int, cookie: [UInt8])? {
        guard let value = controls[Self.pagedResults] else { return nil }
        var outer = BERReader(value)
        var reader = BERReader(outer.octets())
        return (reader.integer(), reader.octets())
    }

    /// The paged results control's OID.
    static let pagedResults = "1.2.840.113556.1.4.319"

    /// A request from a whole LDAP message's content.
    init?(_ message: [UInt8], connection: Int) {
        var reader = BERReader(message)
        messageID = reader.integer()
        guard let (tag, content) = reader.next() else { return nil }
        operation = Operation(tag: tag, content)
        controls = [:]
        self.connection = connection
        var list = BERReader(reader.octets())
        while let (_, control) = list.next() {
            var parts = BERReader(control)
            let oid = parts.text()
            if parts.tag == 0x01 { _ = parts.next() }
            controls[oid] = parts.octets()
        }
    }
}

extension StubRequest.Operation {
    fileprivate init(tag: UInt8, _ content: [UInt8]) {
        var reader = BERReader(content)
        switch tag {
        case 0x60:
            _ = reader.next()
            let name = reader.text()
            self = .bind(name: name, password: reader.tag == 0x80 ? reader.text() : "")
        case 0x42: self = .unbind
        case 0x63: self = .search(StubRequest.Search(&reader))
        case 0x50: self = .abandon(messageID: content.reduce(0) { $0 << 8 | Int($1) })
        case 0x77: self = .extended(oid: reader.text())
        default: self = .other(tag: tag)
        }
    }
}

extension StubRequest.Search {
    fileprivate init(_ reader: inout BERReader) {
        base = reader.text()
        scope = reader.integer()
        _ = reader.next()
        sizeLimit = reader.integer()
        timeLimit = reader.integer()
        _ = reader.next()
        filter = reader.next().map { BER.value($0.tag, $0.content) } ?? []
        attributes = []
        var names = BERReader(reader.octets())
        while !names.isAtEnd, names.tag != nil { attributes.append(names.text()) }
    }
}
