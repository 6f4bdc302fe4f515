/// Text as bytes of UTF-8, so that it is looked at and compared before a `String` is made, or without one.
extension Span<UInt8> {
    /// Whether all bytes are below 128.
    @inlinable public var isASCII: Bool {
        guard count >= 8 else { return indices.reduce(0) { $0 | self[$1] } < 0x80 }
        // The last eight first, then the others, 32 at a time and eight at a time; what is seen twice does no harm.
        var all = word(at: count - 8)
        var offset = 0
        while offset <= count - 32 {
            all |= word(at: offset) | word(at: offset + 8) | word(at: offset + 16) | word(at: offset + 24)
            offset += 32
        }
        while offset < count - 8 {
            all |= word(at: offset)
            offset += 8
        }
        return all & 0x8080_8080_8080_8080 == 0
    }

    /// Whether these are the same bytes.
    @inlinable public func isSame(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        guard count >= 8 else { return isSameShort(as: other) }
        var offset = 0
        while offset < count - 8 {
            if word(at: offset) != other.word(at: offset) { return false }
            offset += 8
        }
        return word(at: count - 8) == other.word(at: count - 8)
    }

    /// The same for fewer than eight bytes, of which both have the same number.
    @inlinable func isSameShort(as other: Span<UInt8>) -> Bool {
        var differences: UInt8 = 0
        for index in indices { differences |= self[unchecked: index] ^ other[unchecked: index] }  // in bounds of both
        return differences == 0
    }

    /// A number for the bytes that is soon had, and differs for most others.
    public var quickHash: UInt64 {
        let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        guard count >= 8 else { return indices.reduce(UInt64(count)) { ($0 ^ UInt64(self[$1])) &* factor } }
        var hash = UInt64(count) ^ word(at: count - 8)
        for offset in stride(from: 0, to: count - 8, by: 8) { hash = (hash ^ word(at: offset)) &* factor ^ hash >> 29 }
        return hash &* factor
    }

    /// Eight bytes as one number, which must be there: all who ask have compared with `count`.
    @inlinable func word(at offset: Int) -> UInt64 { bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self) }

    /// Whether two texts are the same but for case, as `String.equalsWithoutCase` has it. Both are UTF-8.
    public func equalsWithoutCase(_ other: Span<UInt8>) -> Bool {
        if isSame(as: other) { return true }
        if let isSame = equalsASCIIWithoutCase(other) { return isSame }
        return String(copyingUTF8: self).lowercased() == String(copyingUTF8: other).lowercased()
    }

    /// `nil` when bytes beyond ASCII have to be understood.
    private func equalsASCIIWithoutCase(_ other: Span<UInt8>) -> Bool? {
        let common = Swift.min(count, other.count)
        for index in 0..<common {
            // In bounds of both, by the line above.
            let (left, right) = (self[unchecked: index], other[unchecked: index])
            if left | right >= 0x80 { return nil }
            if left != right && left.lowercasedASCII != right.lowercasedASCII { return false }
        }
        if count == other.count { return true }
        let isASCII = count > common ? extracting(common..<count).isASCII : other.extracting(common..<other.count).isASCII
        return isASCII ? false : nil
    }
}

/// Eight bytes at once, as one number.
extension UInt64 {
    /// The highest bit of each of eight bytes.
    @inlinable public static var topBitOfEachByte: UInt64 { 0x8080_8080_8080_8080 }

    /// The highest bit of each byte that is not `byte` becomes 1, of others 0; below it there is anything. All bytes are below 128: one that
    /// is not spoils those above it.
    @inlinable public func others(than byte: UInt8) -> UInt64 { (self ^ 0x0101_0101_0101_0101 &* UInt64(byte)) &+ 0x7F7F_7F7F_7F7F_7F7F }
}

extension String {
    /// A copy of bytes that are known to be UTF-8; for what is not known there is `init(validating:as:)`.
    public init(copyingUTF8 bytes: Span<UInt8>) {
        self.init(copying: UTF8Span(unchecked: bytes, isKnownASCII: bytes.isASCII))
    }
}
