internal import Records

/// The values of the entry at hand, as bytes in one buffer that serves all entries: text is made only of what a recipient keeps.
struct EntryValues {
    /// One value: UTF-8 in the buffer.
    struct Value {
        let slot: Int
        let range: Range<Int>
        let isASCII: Bool
    }

    private(set) var bytes: [UInt8] = []
    /// In the directory's order.
    private var values: [Value] = []
    /// Those with an option such as `;lang-de`: what they say counts only where there is nothing without one.
    private var variants: [Value] = []
    /// By slot, the place of its first value in `values`; -1 for none.
    private var firsts: [Int]

    init(slots: Int) { firsts = Array(repeating: -1, count: slots) }

    /// Takes a value; gives false, and leaves it out, when the bytes are not UTF-8.
    mutating func append(_ value: Span<UInt8>, to slot: Int, isVariant: Bool) -> Bool {
        let isASCII = value.isASCII
        guard isASCII || value.text != nil else { return false }
        let start = bytes.count
        value.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        let value = Value(slot: slot, range: start..<bytes.count, isASCII: isASCII)
        if isVariant { variants.append(value) } else { place(value) }
        return true
    }

    /// Ends the entry: what the variants say stands behind everything else.
    mutating func admitVariants() {
        for value in variants { place(value) }
    }

    private mutating func place(_ value: Value) {
        if firsts[value.slot] < 0 { firsts[value.slot] = values.count }
        values.append(value)
    }

    /// The first value of a slot.
    func first(_ slot: Int) -> Value? { firsts[slot] < 0 ? nil : values[firsts[slot]] }

    /// The first value of the first slot that has one.
    func first(_ slots: [Int]) -> Value? {
        for slot in slots where firsts[slot] >= 0 { return values[firsts[slot]] }
        return nil
    }

    /// The first value of a slot that `fits`.
    func first(_ slot: Int, where fits: (Value) -> Bool) -> Value? {
        guard firsts[slot] >= 0 else { return nil }
        for index in firsts[slot]..<values.count where values[index].slot == slot && fits(values[index]) { return values[index] }
        return nil
    }

    /// How many values a slot has.
    func count(of slot: Int) -> Int { firsts[slot] < 0 ? 0 : values[firsts[slot]...].count { $0.slot == slot } }

    /// Lends the bytes of each value of a slot.
    func forEach(of slot: Int, _ body: (Span<UInt8>) -> Void) {
        guard firsts[slot] >= 0 else { return }
        for index in firsts[slot]..<values.count where values[index].slot == slot { body(bytes.span.extracting(values[index].range)) }
    }

    /// A copy of the value; empty for none.
    func text(_ value: Value?) -> String {
        guard let value else { return "" }
        return String(copying: UTF8Span(unchecked: bytes.span.extracting(value.range), isKnownASCII: value.isASCII))
    }

    /// Whether the value is `text` but for case.
    func equalsWithoutCase(_ value: Value, _ text: String) -> Bool {
        bytes.span.extracting(value.range).equalsWithoutCase(text.utf8.span)
    }

    /// Forgets the entry and keeps the buffer.
    mutating func removeAll() {
        for value in values { firsts[value.slot] = -1 }
        bytes.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        if !variants.isEmpty { variants.removeAll() }
    }
}
