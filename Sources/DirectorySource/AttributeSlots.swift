internal import Records

/// The attributes that a profile names, each with a number; finds an attribute's number from its bytes without making a `String`.
///
/// Names compare without case (RFC 4512, section 2.5), and options after a semicolon do not count for the number. Slot 0 is objectClass.
struct AttributeSlots {
    private let names: [String]
    private let keys: [[UInt8]]
    private let indices: [String: Int]
    private let binary: [Bool]

    init(_ names: [String]) {
        self.names = names
        keys = names.map { Array($0.lowercased().utf8) }
        indices = Dictionary(names.enumerated().map { ($1.lowercased(), $0) }) { first, _ in first }
        binary = names.map { ["objectguid"].contains($0.lowercased()) }
    }

    var count: Int { names.count }

    func name(of slot: Int) -> String { names[slot] }

    func index(of name: String) -> Int? { indices[name] ?? indices[name.lowercased()] }

    /// The slot of an attribute description, and what its options say; `nil` when the profile does not name the attribute.
    func place(of description: Span<UInt8>) -> AttributePlace? {
        var end = 0
        while end < description.count, description[end] != UInt8(ascii: ";") { end += 1 }
        for (slot, key) in keys.enumerated() where key.count == end && description.startsWithoutCase(key) {
            let options = end == description.count ? AttributeOptions() : AttributeOptions(description.extracting(end..<description.count))
            let meaning: AttributePlace.Meaning =
                if slot == 0 { .classes } else if binary[slot] { .binaryID } else { options.isVariant ? .variant : .text }
            return AttributePlace(slot: slot, nameLength: end, meaning: meaning, range: options.range)
        }
        return nil
    }
}

/// What an attribute description means to a profile. Small, since each attribute of each entry asks for it.
struct AttributePlace {
    /// What the attribute's values are.
    enum Meaning: UInt8 {
        case classes
        /// An id of 16 octets rather than text.
        case binaryID
        case text
        /// Text for some purpose, which counts only where there is none without it.
        case variant
    }

    private let slotNumber, length: Int32
    /// The numbers of the first and the last value; -1 where there is none.
    private let rangeStart, rangeEnd: Int
    let meaning: Meaning

    init(slot: Int, nameLength: Int, meaning: Meaning, range: ValueRange?) {
        (slotNumber, length) = (Int32(slot), Int32(nameLength))
        (rangeStart, rangeEnd) = (range?.first ?? -1, range?.last ?? -1)
        self.meaning = meaning
    }

    var slot: Int { Int(slotNumber) }
    /// How many bytes of the description are the name.
    var nameLength: Int { Int(length) }
    var hasRange: Bool { rangeStart >= 0 }
    /// Which part of the attribute's values the server sent, where it says so.
    var range: ValueRange? { hasRange ? ValueRange(first: rangeStart, last: rangeEnd < 0 ? nil : rangeEnd) : nil }
}

/// The options of an attribute description (RFC 4512, section 2.5.2), as far as they matter here.
struct AttributeOptions {
    /// Which part of the attribute's values the server sent, where it says so.
    private(set) var range: ValueRange?
    /// A variant for some purpose (`;lang-de`, RFC 3866) of what the attribute says without it.
    private(set) var isVariant = false

    init() {}

    init(_ text: Span<UInt8>) {
        isVariant = text.startsWithoutCase(Array(";lang-".utf8))
        range = ValueRange(text)
    }
}

/// A part of an attribute's values, as Active Directory sends long ones: `;range=0-1499`, `;range=1500-*` ([MS-ADTS] 3.1.1.3.1.3.3).
struct ValueRange {
    /// The number of the first value, from 0.
    let first: Int
    /// The number of the last value; `nil` when it is the last of all.
    let last: Int?

    init(first: Int, last: Int?) { (self.first, self.last) = (first, last) }

    /// `nil` for an option that is none.
    init?(_ option: Span<UInt8>) {
        let prefix = Array(";range=".utf8)
        guard option.startsWithoutCase(prefix), let text = option.extracting(prefix.count...).text else { return nil }
        let bounds = text.split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2, let first = Int(bounds[0]), first >= 0 else { return nil }
        if bounds[1] == "*" {
            last = nil
        } else {
            guard let end = Int(bounds[1]), end >= first, end < Int.max else { return nil }
            last = end
        }
        self.first = first
    }
}

/// The attribute descriptions that came so far, spelled as they came, each with its place.
///
/// Entries send their attributes in much the same order, so the description that followed last time is compared before any other.
struct DescriptionMemory {
    private struct Known {
        /// Where it stands in `spellings`.
        let start, end: Int32
        let place: AttributePlace?
        /// The one that followed it last time.
        var next: Int
    }

    /// A server sends a few dozen; one that sends more is served without this memory.
    private static let mostKnown = 256
    private static let longestSpellings = 1 << 20

    private let slots: AttributeSlots
    private var spellings: [UInt8] = []
    private var known: [Known] = []
    private var last = 0

    init(_ slots: AttributeSlots) { self.slots = slots }

    /// As `AttributeSlots.place(of:)`.
    mutating func place(of description: Span<UInt8>) -> AttributePlace? {
        guard last < known.count else { return learn(description) }
        let next = known[last].next
        if isSpelled(known[next], description) {
            last = next
            return known[next].place
        }
        if isSpelled(known[last], description) { return known[last].place }
        guard let found = known.indices.first(where: { isSpelled(known[$0], description) }) else { return learn(description) }
        known[last].next = found
        last = found
        return known[found].place
    }

    private mutating func learn(_ description: Span<UInt8>) -> AttributePlace? {
        let place = slots.place(of: description)
        let start = spellings.count
        guard known.count < Self.mostKnown, start + description.count <= Self.longestSpellings else { return place }
        description.withUnsafeBufferPointer { spellings.append(contentsOf: $0) }
        if !known.isEmpty { known[last].next = known.count }
        last = known.count
        known.append(Known(start: Int32(start), end: Int32(spellings.count), place: place, next: last))
        return place
    }

    @inline(__always) private func isSpelled(_ known: Known, _ description: Span<UInt8>) -> Bool {
        spellings.span.extracting(Int(known.start)..<Int(known.end)).isSame(as: description)
    }
}

extension Span<UInt8> {
    /// Whether the bytes begin with `lowercase`, ASCII letters compared without case.
    func startsWithoutCase(_ lowercase: [UInt8]) -> Bool {
        guard count >= lowercase.count else { return false }
        for index in lowercase.indices {
            if self[index].lowercasedASCII != lowercase[index] { return false }
        }
        return true
    }

    /// Whether the bytes are `lowercase`, ASCII letters compared without case.
    func equalsWithoutCase(_ lowercase: [UInt8]) -> Bool { count == lowercase.count && startsWithoutCase(lowercase) }

    /// A copy as text; `nil` when the bytes are not UTF-8.
    var text: String? { isASCII ? String(copyingUTF8: self) : withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) } }
}
