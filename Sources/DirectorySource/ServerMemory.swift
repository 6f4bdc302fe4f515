internal import Records

/// The servers' names, by how the directory spells the attribute that tells of them: thousands of mailboxes share a server, so each spelling
/// is taken apart once. A spelling is found without making text of it.
struct ServerMemory {
    private struct Known {
        let spelling: [UInt8]
        let server: String
    }

    private var known: [UInt64: Known] = [:]

    /// The server that a value tells of.
    mutating func server(of value: EntryValues.Value, in values: EntryValues) -> String {
        let spelling = values.bytes.span.extracting(value.range)
        let hash = spelling.quickHash
        if let known = known[hash], known.spelling.span.isSame(as: spelling) { return known.server }
        let server = LegacyDN.server(of: String(copyingUTF8: spelling))
        known[hash] = Known(spelling: spelling.withUnsafeBufferPointer { Array($0) }, server: server)
        return server
    }
}
