import Texts

/// Writes one JSON object (RFC 8259) as bytes, keys in the order of the calls, so that the same values give the same bytes.
///
/// A plan has a line for every row, so this is on the hot path; and JSONEncoder knows no order of keys but the alphabet's.
struct JSONLine: ~Copyable {
    private(set) var text: TextBuffer
    private var needsComma = false

    /// A line behind the text that is there already.
    init(appendingTo text: consuming TextBuffer) { self.text = text }

    /// The text, ended by a line end.
    consuming func ended() -> TextBuffer {
        text.add(byte: UInt8(ascii: "\n"))
        return text
    }

    /// Runs `body` between braces.
    mutating func object(_ body: (inout JSONLine) -> Void) { enclosed("{", "}", body) }

    /// Runs `body` between braces, as the value of a key.
    mutating func object(_ key: StaticString, _ body: (inout JSONLine) -> Void) {
        name(key)
        enclosed("{", "}", body)
    }

    /// Writes a list of objects as the value of a key; nothing at all for an empty list.
    mutating func list<Items: Collection>(_ key: StaticString, _ items: Items, _ body: (inout JSONLine, Items.Element) -> Void) {
        guard !items.isEmpty else { return }
        name(key)
        enclosed("[", "]") { line in
            for item in items { line.object { body(&$0, item) } }
        }
    }

    /// Writes a text; nothing at all for an empty one.
    mutating func string(_ key: StaticString, _ value: String) {
        if !value.isEmpty { requiredString(key, value) }
    }

    /// Writes a text, also an empty one.
    mutating func requiredString(_ key: StaticString, _ value: String) {
        stringName(key)
        text.addEscaped(value)
        text.add(byte: UInt8(ascii: "\""))
        needsComma = true
    }

    /// Writes bytes of UTF-8, also none.
    mutating func requiredString(_ key: StaticString, _ bytes: Span<UInt8>) {
        stringName(key)
        text.addEscaped(bytes)
        text.add(byte: UInt8(ascii: "\""))
        needsComma = true
    }

    /// Writes a part of another text, also an empty one. `isPlain`: no part of the other text needs escaping.
    mutating func requiredString(_ key: StaticString, _ range: Range<Int>, of other: borrowing TextBuffer, isPlain: Bool) {
        stringName(key)
        text.addEscaped(range, of: other, isPlain: isPlain)
        text.add(byte: UInt8(ascii: "\""))
        needsComma = true
    }

    /// Writes a number.
    mutating func number(_ key: StaticString, _ value: Int) {
        name(key)
        text.add(value)
        needsComma = true
    }

    /// Writes a number above 0 as `TextBuffer.add(decimal:)` has it.
    mutating func decimal(_ key: StaticString, _ value: Double) {
        name(key)
        text.add(decimal: value)
        needsComma = true
    }

    /// Writes `true`.
    mutating func yes(_ key: StaticString) {
        name(key)
        text.add(literal: "true")
        needsComma = true
    }

    private mutating func enclosed(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONLine) -> Void) {
        separate()
        text.add(byte: UInt8(ascii: open))
        needsComma = false
        body(&self)
        text.add(byte: UInt8(ascii: close))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { text.add(byte: UInt8(ascii: ",")) }
        needsComma = false
    }

    private mutating func name(_ key: StaticString) {
        text.add(literal: needsComma ? ",\"" : "\"")
        text.add(literal: key)
        text.add(literal: "\":")
        needsComma = false
    }

    /// The same with the quote that begins a text.
    private mutating func stringName(_ key: StaticString) {
        text.add(literal: needsComma ? ",\"" : "\"")
        text.add(literal: key)
        text.add(literal: "\":\"")
    }
}
