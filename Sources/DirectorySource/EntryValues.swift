internal import Records
internal import Texts

/// The name and the values of the entry at hand, as bytes in one buffer that serves all entries: text is made only of what a recipient keeps.
struct EntryValues: ~Copyable {
    /// One value: UTF-8 in the buffer.
    struct Value {
        let slot: Int
        let range: Range<Int>
    }

    private(set) var bytes = TextBuffer()
    /// In the directory's order; only the first `count` are of this entry.
    private var values: [Value] = []
    private var count = 0
    /// Those with an option such as `;lang-de`: what they say counts only where there is nothing without one.
    private var variants: [Value] = []
    /// By slot, the place of its first value in `values`; -1 for none.
    private var firsts: [Int]

    init(slots: Int) { firsts = Array(repeating: -1, count: slots) }

    /// Takes bytes in which values stand that `note` tells of, or anything else to be kept with the entry; gives where they begin in the buffer.
    mutating func append(_ more: Span<UInt8>) -> Int {
        let start = bytes.count
        bytes.add(more)
        return start
    }

    /// Takes the value at `range` of the buffer; gives false, and leaves it out, when its bytes are not UTF-8.
    ///
    /// `isASCII`: whether that is known already.
    mutating func note(_ range: Range<Int>, slot: Int, isVariant: Bool, isASCII: Bool = false) -> Bool {
        guard isASCII || bytes.withBytes({ $0.extracting(range).isUTF8 }) else { return false }
        let value = Value(slot: slot, range: range)
        if isVariant { variants.append(value) } else { place(value) }
        return true
    }

    /// Takes a value that stands nowhere yet.
    mutating func append(_ value: Span<UInt8>, to slot: Int, isVariant: Bool) -> Bool {
        let start = append(value)
        return note(start..<bytes.count, slot: slot, isVariant: isVariant)
    }

    /// Ends the entry: what the variants say stands behind everything else.
    mutating func admitVariants() {
        for value in variants { place(value) }
    }

    private mutating func place(_ value: Value) {
        if firsts[value.slot] < 0 { firsts[value.slot] = count }
        if count < values.count { values[count] = value } else { values.append(value) }
        count += 1
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
        for index in firsts[slot]..<count where values[index].slot == slot && fits(values[index]) { return values[index] }
        return nil
    }

    /// Lends the bytes of each value of a slot.
    func forEach(of slot: Int, _ body: (Span<UInt8>) -> Void) {
        guard firsts[slot] >= 0 else { return }
        bytes.withBytes { bytes in
            for index in firsts[slot]..<count where values[index].slot == slot { body(bytes.extracting(values[index].range)) }
        }
    }

    /// A copy of a value, or of any other part of the buffer.
    func text(_ range: Range<Int>) -> String { bytes.withBytes { String(copyingUTF8: $0.extracting(range)) } }

    /// Whether the value is `text` but for case.
    func equalsWithoutCase(_ value: Value, _ text: String) -> Bool {
        bytes.withBytes { $0.extracting(value.range).equalsWithoutCase(text.utf8.span) }
    }

    /// Whether the first value of these slots says so.
    func isTrue(_ slots: [Int]) -> Bool {
        guard let value = first(slots) else { return false }
        return equalsWithoutCase(value, "1") || equalsWithoutCase(value, "true")
    }

    /// Whether two parts of the buffer are the same text but for case.
    func equalsWithoutCase(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        bytes.withBytes { $0.extracting(one).equalsWithoutCase($0.extracting(other)) }
    }

    /// Forgets the entry and keeps the memory.
    mutating func removeAll() {
        for index in 0..<count { firsts[values[index].slot] = -1 }
        count = 0
        bytes.removeAll()
        if !variants.isEmpty { variants.removeAll() }
    }
}

extension Span<UInt8> {
    /// Whether the bytes are UTF-8.
    var isUTF8: Bool { isASCII || text != nil }
}
