/// As much of the Basic Encoding Rules as the values of controls need (RFC 4511, section 5.1): reading, with every length checked.
struct BERValues {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    /// The values that stand one behind the other in some bytes.
    init(_ bytes: [UInt8]) { self.init(bytes, 0..<bytes.count) }

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// Whether all has been read.
    var isAtEnd: Bool { position == end }

    /// The next value's tag; `nil` at the end.
    var tag: UInt8? { position < end ? bytes[position] : nil }

    /// The next value's contents, when it has this tag; otherwise, or when it would not end with the others, `nil`, and nothing is read.
    mutating func next(_ tag: UInt8) -> BERValues? {
        guard self.tag == tag, end - position >= 2 else { return nil }
        var start = position + 2
        var length = Int(bytes[position + 1])
        if length >= 0x80 {
            let octets = length & 0x7F
            guard 1...4 ~= octets, end - start >= octets else { return nil }
            length = bytes[start..<start + octets].reduce(0) { $0 << 8 | Int($1) }
            start += octets
        }
        guard end - start >= length else { return nil }
        position = start + length
        return BERValues(bytes, start..<position)
    }

    /// The next value's octets.
    mutating func octets(_ tag: UInt8 = 0x04) -> [UInt8]? { next(tag).map(\.contents) }

    /// The next value as a number.
    mutating func integer(_ tag: UInt8 = 0x02) -> Int? {
        guard let octets = octets(tag), 1...8 ~= octets.count else { return nil }
        return octets.dropFirst().reduce(Int(Int8(bitPattern: octets[0]))) { $0 << 8 | Int($1) }
    }

    /// The next value as a truth value.
    mutating func boolean() -> Bool? {
        guard let octets = octets(0x01), octets.count == 1 else { return nil }
        return octets[0] != 0
    }

    private var contents: [UInt8] { Array(bytes[position..<end]) }
}

/// The same: writing.
enum BERText {
    /// A value of any tag.
    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        if count < 0x80 { return [tag, UInt8(count)] + content }
        let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }.drop { $0 == 0 }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }

    /// A number.
    static func integer(_ number: Int, tag: UInt8 = 0x02) -> [UInt8] {
        var octets = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
        // The shortest form: leading octets that only repeat the sign go.
        while octets.count > 1, octets[0] == (octets[1] & 0x80 == 0 ? 0 : 0xFF) { octets.removeFirst() }
        return value(tag, octets)
    }

    /// A truth value.
    static func boolean(_ isTrue: Bool) -> [UInt8] { value(0x01, [isTrue ? 0xFF : 0]) }
}
