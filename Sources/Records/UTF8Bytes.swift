/// Text as bytes of UTF-8, so that it is looked at and compared before a `String` is made, or without one.
extension Span<UInt8> {
    /// Whether all bytes are below 128.
    public var isASCII: Bool {
        withUnsafeBytes { bytes in
            guard bytes.count >= 8 else { return bytes.reduce(0, |) < 0x80 }
            // Eight at a time; the last eight again, however many of them were seen.
            var all = bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
            for offset in stride(from: 0, to: bytes.count - 8, by: 8) {
                all |= bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            }
            return all & 0x8080_8080_8080_8080 == 0
        }
    }

    /// Whether two texts are the same but for case, as `String.equalsWithoutCase` has it. Both are UTF-8.
    public func equalsWithoutCase(_ other: Span<UInt8>) -> Bool {
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

extension String {
    /// A copy of bytes that are known to be UTF-8; for what is not known there is `init(validating:as:)`.
    public init(copyingUTF8 bytes: Span<UInt8>) {
        self.init(copying: UTF8Span(unchecked: bytes, isKnownASCII: bytes.isASCII))
    }
}
