/// What the program needs to know of distinguished names (RFC 4514): their parts, and when two are the same.
public struct DistinguishedName: Sendable, Hashable {
    /// The relative names from the leaf to the root, as spelled.
    public let parts: [Substring]

    /// Splits at the commas (or semicolons, RFC 2253) that are not escaped.
    public init(_ text: some StringProtocol) {
        var parts: [Substring] = []
        let text = Substring(text)
        var start = text.startIndex
        var index = start
        var isQuoted = false
        while index < text.endIndex {
            switch text[index] {
            case "\\":
                index = text.index(after: index)
                if index == text.endIndex { continue }
            case "\"": isQuoted.toggle()
            case "," where !isQuoted, ";" where !isQuoted:
                parts.append(text[start..<index].trimmingBlanks())
                start = text.index(after: index)
            default: break
            }
            index = text.index(after: index)
        }
        let last = text[start...].trimmingBlanks()
        if !last.isEmpty || !parts.isEmpty { parts.append(last) }
        self.parts = parts
    }

    /// The value of the leaf's (first) attribute, escapes undone: the Directory Name of an Exchange 5.5 entry. Empty for an empty DN.
    public var leafValue: String {
        guard let leaf = parts.first, let mark = leaf.firstIndex(of: "=") else { return "" }
        return Self.unescape(leaf[leaf.index(after: mark)...].trimmingBlanks())
    }

    /// The entry above; empty for a root.
    public var parent: String { parts.dropFirst().joined(separator: ",") }

    /// A form in which two spellings of one name are equal: attribute names and values without case, blanks and escapes made alike.
    public var normalized: String {
        parts.map { part in
            guard let mark = part.firstIndex(of: "=") else { return part.lowercased() }
            let name = part[..<mark].trimmingBlanks().lowercased()
            let value = Self.unescape(part[part.index(after: mark)...].trimmingBlanks()).lowercased()
            return name + "=" + Self.escape(value.split(separator: " ").joined(separator: " "))
        }.joined(separator: ",")
    }

    /// Whether the entry is `ancestor` or stands below it.
    public func isWithin(_ ancestor: DistinguishedName) -> Bool {
        let own = normalized
        let above = ancestor.normalized
        return above.isEmpty || own == above || own.hasSuffix("," + above)
    }

    /// The value with RFC 4514's escapes undone: `\,`, `\2C`, `\C3\BC`, and RFC 1779's quotes.
    static func unescape(_ value: some StringProtocol) -> String {
        guard value.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") }) else { return String(value) }
        var source = Array(value.utf8)
        if source.count >= 2, source.first == UInt8(ascii: "\""), source.last == UInt8(ascii: "\"") {
            source = Array(source.dropFirst().dropLast())
        }
        var bytes: [UInt8] = []
        var index = 0
        while index < source.count {
            guard source[index] == UInt8(ascii: "\\"), index + 1 < source.count else {
                bytes.append(source[index])
                index += 1
                continue
            }
            if index + 2 < source.count, let high = hexValue(source[index + 1]), let low = hexValue(source[index + 2]) {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(source[index + 1])
                index += 2
            }
        }
        return String(decoding: bytes, as: UTF8.self)
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
        if result.count > 1, result.hasSuffix(" ") { result.insert("\\", at: result.index(before: result.endIndex)) }
        return result
    }

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
        var result = drop { $0 == " " }
        while result.last == " " {
            let body = result.dropLast()
            let slashes = body.reversed().prefix { $0 == "\\" }.count
            if slashes % 2 == 1 { break }
            result = body
        }
        return result
    }
}
