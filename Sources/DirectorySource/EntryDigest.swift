internal import Records

/// Numbers by which an entry that comes once more is noticed, at little cost for the millions that come once.
///
/// Equal names and ids have equal numbers. Two that differ may have, too, once in 10¹⁹: where it matters, what has the same number is compared.
struct EntryDigest: Sendable, Hashable {
    /// Of the DN, however it is spelled.
    var name: UInt64
    /// Of the immutable id, without case; 0 for an entry that shows none.
    var id: UInt64

    /// The number of a DN, the same for all that have one `normalized` form.
    static func ofName(_ dn: Span<UInt8>) -> UInt64 { isPlain(dn) ? dn.digestWithoutCase : plain(dn).span.digestWithoutCase }

    /// The number of an id.
    static func ofID(_ id: Span<UInt8>) -> UInt64 { id.isEmpty ? 0 : max(1, id.digestWithoutCase) }

    /// Whether nothing in the DN but the case of ASCII letters could be spelled in another way: as in most.
    private static func isPlain(_ dn: Span<UInt8>) -> Bool {
        var before = comma
        for index in dn.indices {
            let byte = dn[unchecked: index]  // in bounds: one of its indices
            if byte > UInt8(ascii: "=") {
                if byte >= 0x80 || byte == backslash { return false }
            } else if byte == comma || byte == equals {
                if before == blank { return false }
            } else if byte == blank {
                if before == blank || before == comma || before == equals { return false }
            } else if byte == quote || byte == semicolon {
                return false
            }
            before = byte
        }
        return before != blank
    }

    /// The DN without escapes, quotes, and blanks that do not count: not one to take apart again, but the same for all spellings.
    private static func plain(_ dn: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(dn.count)
        var (isQuoted, isValue, isBeginning, owesBlank, isASCII) = (false, false, true, false, true)
        func put(_ byte: UInt8) {
            if byte == quote { return }
            if byte == blank {
                owesBlank = !isBeginning
                return
            }
            if owesBlank { result.append(blank) }
            result.append(byte)
            (owesBlank, isBeginning) = (false, false)
            if byte >= 0x80 { isASCII = false }
        }
        func separate(_ byte: UInt8) {
            result.append(byte)
            (owesBlank, isBeginning) = (false, true)
        }
        var index = 0
        while index < dn.count {
            let byte = dn[index]
            index += 1
            if byte == backslash, index < dn.count {
                if index + 1 < dn.count, let high = dn[index].hexValue, let low = dn[index + 1].hexValue {
                    put(high << 4 | low)
                    index += 2
                } else {
                    put(dn[index])
                    index += 1
                }
            } else if byte == quote {
                isQuoted.toggle()
            } else if !isQuoted, byte == comma || byte == semicolon {
                separate(comma)
                isValue = false
            } else if !isValue, byte == equals {
                separate(equals)
                isValue = true
            } else {
                put(byte)
            }
        }
        return isASCII ? result : Array(String(decoding: result, as: UTF8.self).lowercased().utf8)
    }

    private static let (blank, quote, comma) = (UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: ","))
    private static let (semicolon, equals, backslash) = (UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "\\"))
}

extension UInt8 {
    /// What the ASCII digit stands for in hexadecimal.
    fileprivate var hexValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// The numbers of many entries: those of the ids take no room where no entry shows one.
struct EntryDigests: Sendable {
    private(set) var names: [UInt64] = []
    /// Empty, or as many as names.
    private(set) var ids: [UInt64] = []

    var count: Int { names.count }

    subscript(place: Int) -> EntryDigest {
        get { EntryDigest(name: names[place], id: ids.isEmpty ? 0 : ids[place]) }
        set {
            names[place] = newValue.name
            if newValue.id != 0 { fillIDs() }
            if !ids.isEmpty { ids[place] = newValue.id }
        }
    }

    mutating func append(_ digest: EntryDigest) {
        if digest.id != 0 { fillIDs() }
        if digest.id != 0 || !ids.isEmpty { ids.append(digest.id) }
        names.append(digest.name)
    }

    mutating func append(_ others: EntryDigests) {
        if !others.ids.isEmpty { fillIDs() }
        if !others.ids.isEmpty {
            ids += others.ids
        } else if !ids.isEmpty {
            ids += repeatElement(0, count: others.count)
        }
        names += others.names
    }

    private mutating func fillIDs() {
        if ids.isEmpty { ids = Array(repeating: 0, count: names.count) }
    }

    /// Keeps those at the places that `isKept` says.
    mutating func keep(_ isKept: (Int) -> Bool) {
        if !ids.isEmpty { ids = ids.indices.filter(isKept).map { ids[$0] } }
        names = names.indices.filter(isKept).map { names[$0] }
    }

    mutating func removeAll() { self = EntryDigests() }
}

extension Span<UInt8> {
    /// A number for the bytes, ASCII letters taken without case.
    fileprivate var digestWithoutCase: UInt64 {
        var hash = UInt64(count) &* 0x9E37_79B9_7F4A_7C15
        func mix(_ word: UInt64) {
            hash = (hash ^ word.lowercasedASCII) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
        }
        if count < 8 {
            mix(indices.reduce(0) { $0 << 8 | UInt64(self[$1]) })
        } else {
            for offset in stride(from: 0, to: count - 8, by: 8) { mix(eightBytes(at: offset)) }
            mix(eightBytes(at: count - 8))
        }
        hash = (hash ^ hash >> 29) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash >> 32
    }

    private func eightBytes(at offset: Int) -> UInt64 {
        precondition(offset >= 0 && offset <= count - 8)
        return bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
}

extension UInt64 {
    /// Eight bytes at once: each that is an ASCII capital becomes a small letter.
    fileprivate var lowercasedASCII: UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops = 0x80 &* ones
        // No byte carries into the next one.
        let low = self & ~tops
        let fromA = low &+ (0x80 - 0x41) &* ones
        let beyondZ = low &+ (0x7F - 0x5A) &* ones
        let capitals = fromA & ~beyondZ & ~self & tops
        return self | capitals >> 2
    }
}
