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
        guard dn.count > 8 else { return isPlainShort(dn) }
        // Eight at a time, each with the byte before it; the last eight again, however many of them were seen.
        var odd = dn.oddBytes(at: dn.count - 8)
        var offset = 1
        while offset < dn.count - 8 {
            odd |= dn.oddBytes(at: offset)
            offset += 8
        }
        return odd == 0 && isPlainShort(dn.extracting(first: 1)) && dn[dn.count - 1] != blank
    }

    /// The same, byte by byte.
    private static func isPlainShort(_ dn: Span<UInt8>) -> Bool {
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

    // Each by itself: a constant of several would be looked up at every use.
    fileprivate static let blank = UInt8(ascii: " ")
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let comma = UInt8(ascii: ",")
    fileprivate static let semicolon = UInt8(ascii: ";")
    fileprivate static let equals = UInt8(ascii: "=")
    fileprivate static let backslash = UInt8(ascii: "\\")
}

extension Span<UInt8> {
    /// Not zero when one of eight bytes from there is what no plain DN has, or could stand there another way after the byte before it:
    /// `EntryDigest.isPlain`.
    fileprivate func oddBytes(at offset: Int) -> UInt64 {
        let (these, before) = (eightBytes(at: offset), eightBytes(at: offset - 1))
        let noSpecial =
            these.others(than: EntryDigest.backslash) & these.others(than: EntryDigest.quote) & these.others(than: EntryDigest.semicolon)
        let (noBlank, wasNoBlank) = (these.others(than: EntryDigest.blank), before.others(than: EntryDigest.blank))
        let noMark = these.others(than: EntryDigest.comma) & these.others(than: EntryDigest.equals)
        let wasNoMark = before.others(than: EntryDigest.comma) & before.others(than: EntryDigest.equals)
        let isFine = noSpecial & (noBlank | wasNoBlank & wasNoMark) & (noMark | wasNoBlank)
        return (these | ~isFine) & UInt64.topBitOfEachByte
    }
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
            var offset = 0
            while offset < count - 8 {
                mix(eightBytes(at: offset))
                offset += 8
            }
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
