extension FilterText {
    /// Whether the text is a filter as RFC 4515 writes it, so that a slip is told before anybody is asked.
    ///
    /// What libldap takes beyond that is taken here, too: blanks between parentheses, a comparison without them, `\\(` in place of `\\28`.
    public static func isWellFormed(_ text: String) -> Bool { fault(in: text) == nil }

    /// The place, in characters from 1, up to which the text is a filter; one behind its end where something is missing there. `nil` for a filter.
    public static func fault(in text: String) -> Int? {
        var syntax = FilterSyntax(text)
        if syntax.isFilter() { return nil }
        return String(decoding: text.utf8.prefix(text.utf8.count - syntax.left), as: UTF8.self).count + 1
    }
}

/// Walks over a filter's bytes once.
private struct FilterSyntax {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8)[...] }

    /// How many bytes are left.
    var left: Int { rest.count }

    mutating func isFilter() -> Bool {
        skipBlanks()
        guard rest.first == UInt8(ascii: "(") ? skipFilter() : skipComparison() else { return false }
        skipBlanks()
        return rest.isEmpty
    }

    private mutating func skipFilter() -> Bool {
        guard skip("(") else { return false }
        skipBlanks()
        if skip("&") || skip("|") { return skipFilters() != nil && skip(")") }
        if skip("!") { return skipFilters() == 1 && skip(")") }
        return skipComparison() && skip(")")
    }

    /// How many filters stood there; `nil` when one of them is none.
    private mutating func skipFilters() -> Int? {
        var count = 0
        skipBlanks()
        while rest.first == UInt8(ascii: "(") {
            guard skipFilter() else { return nil }
            count += 1
            skipBlanks()
        }
        return count
    }

    /// `attribute=value` with one of the signs; the value may be empty.
    private mutating func skipComparison() -> Bool {
        let name = rest.prefix { Self.isOfName($0) }
        rest = rest.dropFirst(name.count)
        // With `:`, a matching rule stands in place of the attribute or behind it (section 3, extensible).
        let isExtensible = name.contains(UInt8(ascii: ":"))
        if !isExtensible { _ = skip("~") || skip("<") || skip(">") }
        guard !name.isEmpty, isExtensible == (name.last == UInt8(ascii: ":")), skip("=") else { return false }
        return skipValue()
    }

    private mutating func skipValue() -> Bool {
        while let byte = rest.first, byte != UInt8(ascii: ")") {
            guard byte != UInt8(ascii: "("), byte != 0 else { return false }
            rest = rest.dropFirst()
            guard byte == UInt8(ascii: "\\") else { continue }
            let isHexadecimal = rest.count > 1 && rest.prefix(2).allSatisfy(Self.isHexadecimal)
            guard isHexadecimal || rest.first.map("()*\\".utf8.contains) == true else { return false }
            rest = rest.dropFirst(isHexadecimal ? 2 : 1)
        }
        return true
    }

    private mutating func skip(_ sign: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: sign) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func skipBlanks() { rest = rest.drop { $0 == UInt8(ascii: " ") } }

    /// Names with options, and what stands around a matching rule.
    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: "-._;:".utf8.contains(byte)
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}
