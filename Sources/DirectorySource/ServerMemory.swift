internal import Records

/// The servers' names, by how the directory spells the attribute that tells of them: thousands of mailboxes share a server, so each spelling
/// is taken apart once. A spelling is found without making text of it.
struct ServerMemory {
    private struct Known {
        let spelling: [UInt8]
        let server: [UInt8]
    }

    private var known: [UInt64: Known] = [:]

    /// The server that a value tells of, as UTF-8.
    mutating func server(of spelling: Span<UInt8>) -> [UInt8] {
        let hash = spelling.quickHash
        if let known = known[hash], known.spelling.span.isSame(as: spelling) { return known.server }
        let server = Array(LegacyDN.server(of: String(copyingUTF8: spelling)).utf8)
        known[hash] = Known(spelling: spelling.withUnsafeBufferPointer { Array($0) }, server: server)
        return server
    }
}
