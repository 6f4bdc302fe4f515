/// What is wrong in an LDIF file, and where.
public struct LDIFProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file's name.
    public let file: String
    /// The physical line, from 1; 0 when the whole file is meant.
    public let line: Int
    /// What is wrong, what was expected, and what to do.
    public let text: String
    /// Whether the file cannot be read at all, as opposed to holding something that cannot be used.
    public let isUnreadable: Bool

    init(file: String, line: Int, text: String, isUnreadable: Bool = false) {
        self.file = file
        self.line = line
        self.text = text
        self.isUnreadable = isUnreadable
    }

    /// `FILE:LINE: text`.
    public var description: String { line > 0 ? "\(file):\(line): \(text)" : "\(file): \(text)" }
}

/// Takes an LDIF file apart (RFC 2849): folded lines, base64, comments, a version line, CRLF or LF. Content records only.
struct LDIFParser {
    private let bytes: [UInt8]
    private let file: String
    private var position = 0
    private var line = 0
    /// References to other servers that ldapsearch met: records of its own, or with -L only comments (`# refldap://…`).
    private(set) var references: [String] = []

    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// One `attribute: value` line, unfolded.
    private struct Item {
        var line: Int
        var name: [UInt8]
        var value: [UInt8]
    }

    /// Calls `value` with each attribute and value of each record, and `end` with the record's DN after them.
    mutating func parse(value: (Span<UInt8>, Span<UInt8>) -> Void, end: (_ dn: String, _ line: Int) -> Void) throws(LDIFProblem) {
        var isFirst = true
        while let first = try nextItem() {
            defer { isFirst = false }
            if isFirst, Self.matches(first.name, "version") {
                guard first.value == [UInt8(ascii: "1")] else {
                    throw problem(first, "LDIF version '\(Self.text(first.value))'; only version 1 (RFC 2849) is known")
                }
                if let next = try itemOfSameRecord() { try record(next, value: value, end: end) }
                continue
            }
            try record(first, value: value, end: end)
        }
    }

    private mutating func record(_ first: Item, value: (Span<UInt8>, Span<UInt8>) -> Void, end: (String, Int) -> Void) throws(LDIFProblem) {
        if Self.matches(first.name, "search") { return try endOfSearch() }
        if Self.matches(first.name, "ref") {
            references.append(Self.text(first.value))
            while let item = try itemOfSameRecord() { references.append(Self.text(item.value)) }
            return
        }
        guard Self.matches(first.name, "dn") else {
            throw problem(first, "a record begins with 'dn:', not with '\(Self.text(first.name)):'")
        }
        guard let dn = String(validating: first.value, as: UTF8.self) else { throw problem(first, "the DN is not UTF-8") }
        while let item = try itemOfSameRecord() {
            if Self.matches(item.name, "changetype") || Self.matches(item.name, "control") {
                throw problem(item, "this is a file of changes; an export of entries is needed (ldapsearch -LLL, ldifde -f, slapcat)")
            }
            // Taken for one record, the second would be lost in the first.
            if Self.matches(item.name, "dn") { throw problem(item, "two records follow one another without an empty line between them") }
            value(item.name.span, item.value.span)
        }
        end(dn, first.line)
    }

    /// What ldapsearch without -L writes after the entries: `search: 2`, `result: 4 Size limit exceeded`.
    private mutating func endOfSearch() throws(LDIFProblem) {
        while let item = try itemOfSameRecord() {
            guard Self.matches(item.name, "result"), !item.value.starts(with: Array("0 ".utf8)), item.value != [UInt8(ascii: "0")] else {
                continue
            }
            throw problem(item, "the search that made this file ended with '\(Self.text(item.value))': it is only a part of the directory")
        }
    }

    /// The first line of the next record; skips empty lines and comments. `nil` at the end.
    private mutating func nextItem() throws(LDIFProblem) -> Item? {
        while position < bytes.count {
            if isAtEmptyLine {
                _ = physicalLine()
                continue
            }
            if let item = try logicalItem() { return item }
        }
        return nil
    }

    /// The next line of the record at hand; `nil` when the record ends.
    private mutating func itemOfSameRecord() throws(LDIFProblem) -> Item? {
        while position < bytes.count, !isAtEmptyLine {
            if let item = try logicalItem() { return item }
        }
        return nil
    }

    private var isAtEmptyLine: Bool {
        bytes[position] == 0x0A || (bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A)
    }

    /// Reads one logical line; `nil` for a comment.
    private mutating func logicalItem() throws(LDIFProblem) -> Item? {
        let number = line + 1
        var range = physicalLine()
        var text = [UInt8]()
        let isFolded = position < bytes.count && bytes[position] == UInt8(ascii: " ")
        if isFolded { text = Array(bytes[range]) }
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") {
            let next = physicalLine()
            text += bytes[(next.lowerBound + 1)..<next.upperBound]
        }
        if !isFolded {
            text = Array(bytes[range])
            range = 0..<0
        }
        if text.first == UInt8(ascii: "#") {
            noteReference(inComment: text)
            return nil
        }
        return try item(text, line: number)
    }

    private mutating func noteReference(inComment text: [UInt8]) {
        let words = text.drop { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: " ") }
        guard words.starts(with: "ref".utf8) else { return }
        let url = words.dropFirst(3).drop { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") }
        if url.starts(with: "ldap".utf8) { references.append(Self.text(Array(url))) }
    }

    /// The next physical line without its end; moves past it.
    private mutating func physicalLine() -> Range<Int> {
        let start = position
        line += 1
        var end = start
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        position = min(end + 1, bytes.count)
        return start..<(end > start && bytes[end - 1] == 0x0D ? end - 1 : end)
    }

    private func item(_ text: [UInt8], line: Int) throws(LDIFProblem) -> Item {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > 0 else {
            throw LDIFProblem(file: file, line: line, text: "expected 'attribute: value', found '\(Self.text(Array(text.prefix(40))))'")
        }
        let name = Array(text[..<colon])
        var rest = text[(colon + 1)...]
        switch rest.first {
        case UInt8(ascii: ":"):
            rest = rest.dropFirst().drop { $0 == UInt8(ascii: " ") }
            guard let value = Base64.decode(rest) else {
                throw LDIFProblem(file: file, line: line, text: "the value of '\(Self.text(name))' is not base64")
            }
            return Item(line: line, name: name, value: value)
        case UInt8(ascii: "<"):
            throw LDIFProblem(
                file: file, line: line,
                text:
                    "'\(Self.text(name)):<' takes its value from another file, which is not followed; export with the values in place (ldapsearch without -t)"
            )
        default: return Item(line: line, name: name, value: Array(rest.drop { $0 == UInt8(ascii: " ") }))
        }
    }

    private func problem(_ item: Item, _ text: String) -> LDIFProblem { LDIFProblem(file: file, line: item.line, text: text) }

    private static func matches(_ name: [UInt8], _ word: String) -> Bool { name.span.equalsWithoutCase(Array(word.utf8)) }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// Base64 as RFC 4648, section 4, has it; no line breaks, padding required.
enum Base64 {
    /// The octets; `nil` for anything that is not base64.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        var padding = 0
        for byte in text {
            if byte == UInt8(ascii: "=") {
                padding += 1
                bits <<= 6
            } else {
                guard padding == 0, let value = value(of: byte) else { return nil }
                bits = bits << 6 | value
            }
            count += 1
            if count % 4 == 0 {
                guard padding < 3 else { return nil }
                for shift in [UInt32(16), 8, 0].prefix(3 - padding) { result.append(UInt8(truncatingIfNeeded: bits >> shift)) }
                bits = 0
            }
        }
        return result
    }

    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a") + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0") + 52)
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
