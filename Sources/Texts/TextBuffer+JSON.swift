extension TextBuffer {
    /// Adds a text as it stands inside a JSON string (RFC 8259, section 7): quotes, backslashes and control characters escaped, and so is what
    /// does not show or turns text around (DEL, C1 controls, line and paragraph separators, format characters), since JSON ends up on terminals.
    public mutating func addEscaped(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ appendEscaped($0) }) == nil {
            Array(text.utf8).withUnsafeBufferPointer { appendEscaped($0) }
        }
    }

    /// Adds bytes of UTF-8, escaped in the same way.
    public mutating func addEscaped(_ bytes: Span<UInt8>) { bytes.withUnsafeBufferPointer { appendEscaped($0) } }

    /// Adds a part of another text, escaped in the same way; as it is, where the other text `isPlain`.
    public mutating func addEscaped(_ range: Range<Int>, of other: borrowing TextBuffer, isPlain: Bool) {
        precondition(range.upperBound <= other.count)
        let part = UnsafeBufferPointer(start: UnsafePointer(other.start + range.lowerBound), count: range.count)
        if isPlain { append(part) } else { appendEscaped(part) }
    }

    /// Adds JSON of somebody else's making, in which what does not show stands as it is, and escapes that. The values stay the same.
    public mutating func addMakingVisible(json: Span<UInt8>) { json.withUnsafeBufferPointer { append($0, isJSON: true) } }

    /// Whether no part of the text needs escaping, so that many parts of it can be added without looking at each.
    public var isPlain: Bool { !Self.mayNeedEscaping(UnsafeBufferPointer(start: start, count: filled)) }

    /// Nearly all texts need no escaping, so that is found out eight bytes at a time.
    private mutating func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>) {
        if Self.mayNeedEscaping(bytes) { append(bytes, isJSON: false) } else { append(bytes) }
    }

    /// Adds the bytes with what needs it escaped; in what is JSON already, only what does not show needs it.
    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, isJSON: Bool) {
        var (done, index) = (0, 0)
        while index < bytes.count {
            let byte = bytes[index]
            var length = 0
            if byte >= 0x80 {
                length = Self.mayBeginInvisible(byte) ? Self.invisibleScalar(at: index, of: bytes)?.length ?? 0 : 0
            } else if byte == 0x7F || (!isJSON && (byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\"))) {
                length = 1
            }
            guard length > 0 else {
                index += 1
                continue
            }
            append(UnsafeBufferPointer(rebasing: bytes[done..<index]))
            if let scalar = Self.invisibleScalar(at: index, of: bytes)?.scalar { add(escaped: scalar) } else { add(escaped: byte) }
            index += length
            done = index
        }
        append(UnsafeBufferPointer(rebasing: bytes[done...]))
    }

    private mutating func add(escaped byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            add(byte: UInt8(ascii: "\\"))
            add(byte: byte)
        case UInt8(ascii: "\n"): add(literal: "\\n")
        case UInt8(ascii: "\r"): add(literal: "\\r")
        case UInt8(ascii: "\t"): add(literal: "\\t")
        default: add(escaped: Unicode.Scalar(byte))
        }
    }

    /// Four hexadecimal digits for each of its UTF-16 units.
    private mutating func add(escaped scalar: Unicode.Scalar) {
        for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            add("\\u", String(repeating: "0", count: 4 - digits.utf8.count), digits)
        }
    }

    /// Whether a character that does not show may begin with this byte of UTF-8; false for most letters of the world.
    private static func mayBeginInvisible(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2, 0xD8, 0xDB, 0xDC, 0xE0, 0xE1, 0xE2, 0xEF, 0xF0, 0xF3: true
        default: false
        }
    }

    /// The character that begins there, and how many bytes it is long, where it is beyond ASCII and does not show; `nil` for others.
    private static func invisibleScalar(at index: Int, of bytes: UnsafeBufferPointer<UInt8>) -> (scalar: Unicode.Scalar, length: Int)? {
        let first = bytes[index]
        guard first >= 0xC2 else { return nil }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard index + length <= bytes.count else { return nil }
        var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for byte in bytes[index + 1..<index + length] { value = value << 6 | UInt32(byte & 0x3F) }
        guard let scalar = Unicode.Scalar(value) else { return nil }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return (scalar, length)
        default: return nil
        }
    }

    /// False only when every byte is ASCII, and none below 0x20, a quote, a backslash or DEL. Says true too often, never too seldom.
    private static func mayNeedEscaping(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= 8 else { return bytes.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 >= 0x7F } }
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        while index + 8 <= raw.count {
            if mayNeedEscaping(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) { return true }
            index += 8
        }
        // The last eight, some of them for the second time.
        return mayNeedEscaping(raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self))
    }

    /// The same for eight bytes at once: a byte's high bit becomes set where the byte is one of them ("Bit Twiddling Hacks", haszero, hasless),
    /// and is set in all that is not ASCII.
    private static func mayNeedEscaping(_ eight: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = eight ^ (ones &* 0x22)
        let backslashes = eight ^ (ones &* 0x5C)
        let deletes = eight ^ (ones &* 0x7F)
        let found = eight | (eight &- ones &* 0x20) | (quotes &- ones) | (backslashes &- ones) | (deletes &- ones)
        return found & (ones &* 0x80) != 0
    }
}
