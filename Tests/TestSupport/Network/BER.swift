/// As much of the Basic Encoding Rules as LDAP uses (RFC 4511, section 5.1): writing.
enum BER {
    /// A value of any tag.
    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag] + length(content.count) + content
    }

    /// A value that holds others.
    static func value(_ tag: UInt8, _ parts: [[UInt8]]) -> [UInt8] {
        value(tag, Array(parts.joined()))
    }

    /// A sequence.
    static func sequence(_ parts: [[UInt8]]) -> [UInt8] { value(0x30, parts) }

    /// An octet string of UTF-8 text.
    static func text(_ text: String, tag: UInt8 = 0x04) -> [UInt8] { value(tag, Array(text.utf8)) }

    /// An integer that is not negative, or an enumeration.
    static func integer(_ number: Int, tag: UInt8 = 0x02) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = number
        repeat {
            bytes.insert(UInt8(rest & 0xff), at: 0)
            rest >>= 8
        } while rest > 0
        return value(tag, bytes[0] & 0x80 == 0 ? bytes : [0] + bytes)
    }

    private static func length(_ count: Int) -> [UInt8] {
        if count < 0x80 { return [UInt8(count)] }
        let bytes = [24, 16, 8, 0].map { UInt8(count >> $0 & 0xff) }.drop { $0 == 0 }
        return [0x80 | UInt8(bytes.count)] + bytes
    }
}

/// Reads the BER values that stand one after the other in some bytes.
struct BERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// How many bytes have not been read.
    var count: Int { rest.count }

    /// Whether all has been read.
    var isAtEnd: Bool { rest.isEmpty }

    /// The next value's tag; `nil` at the end.
    var tag: UInt8? { rest.first }

    /// The next value; `nil` when there is none, or not all of it.
    mutating func next() -> (tag: UInt8, content: [UInt8])? {
        for count in 2...6 where rest.count >= count {
            guard let length = BERHeader.length(Array(rest.prefix(count))) else { continue }
            guard rest.count >= count + length, let tag = rest.first else { return nil }
            let content = Array(rest.dropFirst(count).prefix(length))
            rest = rest.dropFirst(count + length)
            return (tag, content)
        }
        return nil
    }

    /// The next value as a number; 0 when there is none.
    mutating func integer() -> Int {
        (next()?.content ?? []).reduce(0) { $0 << 8 | Int($1) }
    }

    /// The next value's bytes; empty when there is none.
    mutating func octets() -> [UInt8] { next()?.content ?? [] }

    /// The next value as text.
    mutating func text() -> String { String(decoding: octets(), as: UTF8.self) }
}
