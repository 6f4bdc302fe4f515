/// What the program needs to know of distinguished names (RFC 4514): their parts, and when two are the same.
public struct DistinguishedName: Sendable, Hashable {
    /// The relative names from the leaf to the root, as spelled, without the blanks around them.
    public let parts: [Substring]

    /// Splits at the commas (or semicolons, RFC 2253) that are neither escaped nor quoted.
    public init(_ text: some StringProtocol) {
        var parts: [Substring] = []
        var rest = Substring(text)
        while let offset = Self.endOfFirstPart(rest.utf8.span) {
            let end = rest.utf8.index(rest.startIndex, offsetBy: offset)
            parts.append(rest[..<end].trimmingBlanks())
            rest = rest[rest.utf8.index(after: end)...]
        }
        let last = rest.trimmingBlanks()
        if !last.isEmpty || !parts.isEmpty { parts.append(last) }
        self.parts = parts
    }

    /// The value of the leaf's (first) attribute with escapes undone: the Directory Name of an Exchange 5.5 entry. Empty for an empty DN.
    public static func leafValue(of dn: String) -> String {
        let value = dn.utf8.span.extracting(rangeOfLeafValue(in: dn.utf8.span))
        return unescape(value)
    }

    /// Where the leaf's value stands in a DN, as spelled; empty for an empty DN. It is that value where no backslash or quote is in it.
    public static func rangeOfLeafValue(in bytes: Span<UInt8>) -> Range<Int> {
        let end = endOfFirstPart(bytes, orPlus: true) ?? bytes.count
        var start = 0
        while start < end, bytes[start] != UInt8(ascii: "=") { start += 1 }
        guard start < end else { return 0..<0 }
        let value = bytes.extracting(start + 1..<end).rangeWithoutBlanks
        return start + 1 + value.lowerBound..<start + 1 + value.upperBound
    }

    /// The same where nothing is escaped or quoted and no blanks stand around the value, as nearly always: found in one go. `nil` elsewhere.
    public static func rangeOfPlainLeafValue(in bytes: Span<UInt8>) -> Range<Int>? {
        var (start, index) = (-1, 0)
        while index < bytes.count {
            if start >= 0 { index = nextMark(in: bytes, from: index) }
            if index == bytes.count { break }
            let byte = bytes[index]
            switch byte {
            case backslash, quote: return nil
            case UInt8(ascii: "="): if start < 0 { start = index + 1 }
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "+"):
                return start < 0 || hasBlanks(bytes, start, index) ? nil : start..<index
            default: break
            }
            index += 1
        }
        return start < 0 || hasBlanks(bytes, start, bytes.count) ? nil : start..<bytes.count
    }

    /// The next place from `index` at which a value may end, or be spelled in a way of its own: a byte of those, one beyond ASCII, or any of the last eight.
    private static func nextMark(in bytes: Span<UInt8>, from index: Int) -> Int {
        var index = index
        while index <= bytes.count - 8 {
            let word = bytes.word(at: index)
            let others =
                word.others(than: UInt8(ascii: ",")) & word.others(than: UInt8(ascii: ";")) & word.others(than: UInt8(ascii: "+"))
                & word.others(than: backslash) & word.others(than: quote)
            let found = (~others | word) & UInt64.topBitOfEachByte
            if found != 0 { return index + found.littleEndian.trailingZeroBitCount / 8 }
            index += 8
        }
        return index
    }

    /// Where the DN of the entry above begins, as spelled; at the end for a root.
    static func startOfParent(in bytes: Span<UInt8>) -> Int {
        if let leaf = rangeOfPlainLeafValue(in: bytes), leaf.upperBound < bytes.count, bytes[leaf.upperBound] == UInt8(ascii: ",") {
            return leaf.upperBound + 1
        }
        return endOfFirstPart(bytes).map { $0 + 1 } ?? bytes.count
    }

    private static func hasBlanks(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        start < end && (bytes[start] <= UInt8(ascii: " ") || bytes[end - 1] <= UInt8(ascii: " "))
    }

    /// The DN of the entry above, blanks around the separators left out; empty for a root.
    public var parent: String { parts.dropFirst().joined(separator: ",") }

    /// Whether every part is the name of an attribute, `=` and a value (RFC 4514, section 3). A lone word is no DN.
    public var isWellFormed: Bool {
        !parts.isEmpty
            && parts.allSatisfy { part in
                guard let mark = part.utf8.firstIndex(of: UInt8(ascii: "=")), mark < part.utf8.index(before: part.utf8.endIndex) else {
                    return false
                }
                let name = part[..<mark].trimmingBlanks()
                return !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }
            }
    }

    /// A form in which two spellings of one name are equal: names and values without case, blanks and escapes made alike.
    public var normalized: String {
        parts.map { part in
            guard let mark = part.utf8.firstIndex(of: UInt8(ascii: "=")) else { return part.lowercased() }
            let name = part[..<mark].trimmingBlanks().lowercased()
            let value = Self.unescape(part[part.utf8.index(after: mark)...].trimmingBlanks().utf8.span).lowercased()
            return name + "=" + Self.escape(value.split(separator: " ").joined(separator: " "))
        }.joined(separator: ",")
    }

    /// Whether the entry is `ancestor` or stands below it.
    public func isWithin(_ ancestor: DistinguishedName) -> Bool {
        let own = normalized
        let above = ancestor.normalized
        return above.isEmpty || own == above || own.hasSuffix("," + above)
    }

    /// The value with the characters escaped that RFC 4514, section 2.4, requires.
    public static func escape(_ value: some StringProtocol) -> String {
        var result = ""
        for (index, character) in value.enumerated() {
            switch character {
            case ",", "+", "\"", "\\", "<", ">", ";": result += "\\\(character)"
            case "#" where index == 0, " " where index == 0: result += "\\\(character)"
            case "\0": result += "\\00"
            default: result.append(character)
            }
        }
        if value.count > 1, value.last == " " { result.insert("\\", at: result.index(before: result.endIndex)) }
        return result
    }

    /// The value with RFC 4514's escapes undone: `\,`, `\2C`, `\C3\BC`, and RFC 1779's quotes. The bytes are UTF-8.
    static func unescape(_ value: Span<UInt8>) -> String {
        guard value.indices.contains(where: { value[$0] == backslash || value[$0] == quote }) else { return String(copyingUTF8: value) }
        var source = value.withUnsafeBufferPointer { Array($0) }[...]
        if source.count >= 2, source.first == quote, source.last == quote { source = source.dropFirst().dropLast() }
        var bytes: [UInt8] = []
        while let byte = source.popFirst() {
            guard byte == backslash, let next = source.first else {
                bytes.append(byte)
                continue
            }
            if let high = hexValue(next), let low = source.dropFirst().first.flatMap(hexValue) {
                bytes.append(high << 4 | low)
                source = source.dropFirst(2)
            } else {
                bytes.append(next)
                source = source.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Where the first comma or semicolon stands that separates (or the first plus sign within a part); `nil` when there is none.
    static func endOfFirstPart(_ bytes: Span<UInt8>, orPlus: Bool = false) -> Int? {
        var isEscaped = false
        var isQuoted = false
        for index in bytes.indices {
            switch bytes[index] {
            case _ where isEscaped: isEscaped = false
            case backslash: isEscaped = true
            case quote: isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: ";") where !isQuoted: return index
            case UInt8(ascii: "+") where orPlus && !isQuoted: return index
            default: break
            }
        }
        return nil
    }

    private static let backslash = UInt8(ascii: "\\")
    private static let quote = UInt8(ascii: "\"")

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Substring {
    /// Without blanks at either end, but with a last one that a backslash escapes.
    fileprivate func trimmingBlanks() -> Substring {
        let range = utf8.span.rangeWithoutBlanks
        return self[utf8.index(startIndex, offsetBy: range.lowerBound)..<utf8.index(startIndex, offsetBy: range.upperBound)]
    }
}

extension Span<UInt8> {
    /// What is left without blanks at either end, but with a last one that a backslash escapes.
    fileprivate var rangeWithoutBlanks: Range<Int> {
        let blank = UInt8(ascii: " ")
        var (start, end) = (0, count)
        while start < end, self[start] == blank { start += 1 }
        while end > start, self[end - 1] == blank { end -= 1 }
        var slashes = 0
        while end - slashes > start, self[end - slashes - 1] == UInt8(ascii: "\\") { slashes += 1 }
        return start..<(slashes % 2 == 1 && end < count ? end + 1 : end)
    }
}

extension DistinguishedName {
    /// What stands behind the first separator of a DN, as spelled: the same for two entries of one container as a rule, and quickly found.
    public static func spelledParent(of dn: String) -> Substring {
        let quick = dn.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") || $0 == backslash || $0 == quote }.map {
                (offset: $0, isSeparator: bytes[$0] != backslash && bytes[$0] != quote)
            }
        }
        if let found = quick ?? nil, found.isSeparator { return dn[dn.utf8.index(dn.startIndex, offsetBy: found.offset + 1)...] }
        return slowlySpelledParent(of: dn)
    }

    /// The same where something is escaped or quoted.
    private static func slowlySpelledParent(of dn: String) -> Substring {
        var isEscaped = false
        var isQuoted = false
        var index = dn.utf8.startIndex
        while index < dn.utf8.endIndex {
            let byte = dn.utf8[index]
            index = dn.utf8.index(after: index)
            switch byte {
            case _ where isEscaped: isEscaped = false
            case backslash: isEscaped = true
            case quote: isQuoted.toggle()
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                if !isQuoted { return dn[index...] }
            default: break
            }
        }
        return dn[index...]
    }
}
