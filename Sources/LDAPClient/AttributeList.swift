/// The attributes of an entry as they stand in its message, taken apart in place: `PartialAttributeList ::= SEQUENCE OF PartialAttribute`,
/// `PartialAttribute ::= SEQUENCE { type, vals SET OF value }` (RFC 4511, section 4.5.2), in BER as LDAP allows it (section 5.1).
///
/// Only lengths are looked at: what an element is follows from where it stands, and servers differ in tags that nobody asks for.
public enum AttributeList {
    /// Calls `body` with where each attribute's name and its values stand in `list`. Gives false as soon as something does not fit.
    @inlinable public static func forEachAttribute(in list: Span<UInt8>, _ body: (_ name: Range<Int>, _ values: Range<Int>) -> Void) -> Bool
    {
        var position = 0
        while position < list.count {
            guard let (name, values) = attribute(of: list, at: &position) else { return false }
            body(name, values)
        }
        return true
    }

    /// Where the name and the values of the attribute at `position` stand; moves behind it. `nil` when something does not fit.
    @inlinable @inline(__always) public static func attribute(
        of list: Span<UInt8>, at position: inout Int
    ) -> (name: Range<Int>, values: Range<Int>)? {
        guard let attribute = element(of: list, at: &position, before: list.count) else { return nil }
        var inner = attribute.lowerBound
        guard let name = element(of: list, at: &inner, before: attribute.upperBound),
            let values = element(of: list, at: &inner, before: attribute.upperBound),
            // A length that was too long by damage would hide the attribute behind it.
            inner == attribute.upperBound
        else { return nil }
        return (name, values)
    }

    /// Calls `body` with where each of the values at `values` stands in `list`. Gives false as soon as something does not fit.
    @inlinable public static func forEachValue(at values: Range<Int>, in list: Span<UInt8>, _ body: (Range<Int>) -> Void) -> Bool {
        var position = values.lowerBound
        while position < values.upperBound {
            guard let value = element(of: list, at: &position, before: values.upperBound) else { return false }
            body(value)
        }
        return true
    }

    /// Where the contents of the element at `position` are; moves behind them. `nil` when they would not end before `limit`.
    @inlinable @inline(__always) public static func element(of list: Span<UInt8>, at position: inout Int, before limit: Int) -> Range<Int>?
    {
        guard position >= 0, limit <= list.count, limit - position >= 2 else { return nil }
        // Both bytes are there. Tag numbers above 30 take more bytes, and LDAP has none here.
        guard unsafe list[unchecked: position] & 0x1F != 0x1F else { return nil }
        let start = position + 2
        let length = unsafe Int(list[unchecked: position + 1])
        if length >= 0x80 { return longElement(of: list, at: &position, before: limit) }
        guard limit - start >= length else { return nil }
        position = start + length
        return start..<position
    }

    /// The same for an element whose length has more than one octet.
    @usableFromInline static func longElement(of list: Span<UInt8>, at position: inout Int, before limit: Int) -> Range<Int>? {
        let octets = Int(list[position + 1] & 0x7F)
        var start = position + 2
        guard 1...4 ~= octets, limit - start >= octets else { return nil }
        let length = (start..<start + octets).reduce(0) { $0 << 8 | Int(list[$1]) }
        start += octets
        guard limit - start >= length else { return nil }
        position = start + length
        return start..<position
    }
}
