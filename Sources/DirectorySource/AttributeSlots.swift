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

    /// Whether the attribute holds an id of 16 octets rather than text.
    func isBinaryID(_ slot: Int) -> Bool { binary[slot] }

    /// The slot of an attribute description, and its options.
    func place(of description: Span<UInt8>) -> (slot: Int, options: AttributeOptions)? {
        var end = 0
        while end < description.count, description[end] != UInt8(ascii: ";") { end += 1 }
        for (slot, key) in keys.enumerated() where key.count == end && description.startsWithoutCase(key) {
            let options = end == description.count ? AttributeOptions() : AttributeOptions(description.extracting(end..<description.count))
            return (slot, options)
        }
        return nil
    }
}

/// The options of an attribute description (RFC 4512, section 2.5.2), as far as they matter here.
struct AttributeOptions {
    /// Active Directory's `;range=0-1499`: the server sent only a part of the values. A range that ends in `*` is the last part.
    private(set) var isRange = false
    /// A variant for some purpose (`;lang-de`, RFC 3866) of what the attribute says without it.
    private(set) var isVariant = false

    init() {}

    init(_ text: Span<UInt8>) {
        let prefix = Array(";range=".utf8)
        isVariant = text.startsWithoutCase(Array(";lang-".utf8))
        guard text.count > prefix.count, text.startsWithoutCase(prefix) else { return }
        isRange = text[text.count - 1] != UInt8(ascii: "*")
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

    /// A copy as text; `nil` when the bytes are not UTF-8. Most values are ASCII, and for those the slow validation is not needed.
    var text: String? {
        withUnsafeBufferPointer { bytes in
            bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
        }
    }
}
