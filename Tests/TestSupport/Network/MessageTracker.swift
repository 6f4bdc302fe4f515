/// Finds where the LDAP messages of a byte stream begin, from their BER tags and lengths alone.
struct MessageTracker {
    /// Offsets in the stream at which messages begin; the first is 0. The last one may not have come yet.
    private(set) var starts = [0]
    private var header: [UInt8] = []
    private var contentLeft = 0
    private var position = 0

    /// Goes on through bytes that have come.
    mutating func scan(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if contentLeft > 0 {
                let count = min(contentLeft, rest.count)
                advance(count, &rest)
                contentLeft -= count
                if contentLeft == 0 { starts.append(position) }
            } else if let byte = rest.first {
                header.append(byte)
                advance(1, &rest)
                if let length = BERHeader.length(header) {
                    header = []
                    contentLeft = length
                    if length == 0 { starts.append(position) }
                }
            }
        }
    }

    private mutating func advance(_ count: Int, _ rest: inout ArraySlice<UInt8>) {
        position += count
        rest = rest.dropFirst(count)
    }
}

/// The first bytes of a BER value with a one-byte tag, which is all that LDAP has.
enum BERHeader {
    /// The content's length; `nil` when `header` is not complete yet. Indefinite lengths, which LDAP forbids, count as 0.
    static func length(_ header: [UInt8]) -> Int? {
        guard header.count >= 2 else { return nil }
        let first = Int(header[1])
        guard first & 0x80 != 0 else { return first }
        let count = first & 0x7f
        guard header.count >= 2 + count else { return nil }
        return header[2..<(2 + count)].reduce(0) { $0 << 8 | Int($1) }
    }
}
