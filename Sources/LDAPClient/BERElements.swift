/// BER as LDAP allows it (RFC 4511, section 5.1), taken apart in place.
///
/// Only lengths are looked at: what an element is follows from where it stands, and servers differ in tags that nobody asks for.
extension Span<UInt8> {
    /// Calls `body` with the name and each value of a `PartialAttribute ::= SEQUENCE { type, vals SET OF value }`, whose contents these
    /// bytes are. Gives false as soon as something does not fit.
    func lendAttribute(to body: (_ name: Span<UInt8>, _ value: Span<UInt8>) -> Void) -> Bool {
        var position = 0
        guard let name = element(at: &position, before: count), let values = element(at: &position, before: count) else { return false }
        // A length that was too long by damage would hide the attribute behind it.
        guard position == count else { return false }
        position = values.lowerBound
        while position < values.upperBound {
            guard let value = element(at: &position, before: values.upperBound) else { return false }
            body(extracting(name), extracting(value))
        }
        return true
    }

    /// Where the contents of the element at `position` are; moves behind them. `nil` when they would not end before `limit`.
    private func element(at position: inout Int, before limit: Int) -> Range<Int>? {
        // Tag numbers above 30 take more bytes, and LDAP has none here.
        guard limit - position >= 2, self[position] & 0x1F != 0x1F else { return nil }
        var length = Int(self[position + 1])
        var start = position + 2
        if length >= 0x80 {
            let octets = length & 0x7F
            guard 1...4 ~= octets, limit - start >= octets else { return nil }
            length = (start..<start + octets).reduce(0) { $0 << 8 | Int(self[$1]) }
            start += octets
        }
        guard limit - start >= length else { return nil }
        position = start + length
        return start..<position
    }
}
