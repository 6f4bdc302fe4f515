/// Writes one JSON object (RFC 8259) as bytes, keys in the order of the calls, so that the same values give the same bytes.
///
/// A plan has a line for every row, so this is on the hot path; and JSONEncoder knows no order of keys but the alphabet's.
struct JSONLine {
    private(set) var bytes: [UInt8]
    private var needsComma = false

    /// A line behind the bytes that are there already.
    init(appendingTo bytes: consuming [UInt8]) { self.bytes = bytes }

    /// Runs `body` between braces.
    mutating func object(_ body: (inout JSONLine) -> Void) { enclosed("{", "}", body) }

    /// Runs `body` between braces, as the value of a key.
    mutating func object(_ key: StaticString, _ body: (inout JSONLine) -> Void) {
        name(key)
        enclosed("{", "}", body)
    }

    /// Writes a list of objects as the value of a key; nothing at all for an empty list.
    mutating func list<Item>(_ key: StaticString, _ items: [Item], _ body: (inout JSONLine, Item) -> Void) {
        guard !items.isEmpty else { return }
        name(key)
        enclosed("[", "]") { line in
            for item in items { line.object { body(&$0, item) } }
        }
    }

    /// Writes a text; nothing at all for an empty one.
    mutating func text(_ key: StaticString, _ value: String) {
        if !value.isEmpty { requiredText(key, value) }
    }

    /// Writes a text, also an empty one.
    mutating func requiredText(_ key: StaticString, _ value: String) {
        name(key)
        string(value)
        needsComma = true
    }

    /// Writes a number.
    mutating func number(_ key: StaticString, _ value: Int) {
        name(key)
        bytes += String(value).utf8
        needsComma = true
    }

    /// Ends the line.
    mutating func end() { bytes.append(UInt8(ascii: "\n")) }

    private mutating func enclosed(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONLine) -> Void) {
        separate()
        bytes.append(UInt8(ascii: open))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    private mutating func name(_ key: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        key.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func string(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { text in
            if text.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }) {
                for byte in text { escaped(byte) }
            } else {
                bytes.append(contentsOf: text)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escaped(_ byte: UInt8) {
        switch byte {
        case 0x22, 0x5C: bytes += [0x5C, byte]
        case 0x0A: bytes += Array("\\n".utf8)
        case 0x0D: bytes += Array("\\r".utf8)
        case 0x09: bytes += Array("\\t".utf8)
        case 0..<0x20, 0x7F: bytes += Array(("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8)
        default: bytes.append(byte)
        }
    }
}
