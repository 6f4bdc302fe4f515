import Records

/// A 64-bit digest of folded bytes: what the indexes hold instead of strings.
///
/// Equal text gives equal keys on every run and machine. Two different names meet with a chance of one in 2^64 for each pair:
/// for a hundred thousand rows against as many mailboxes, below one in a thousand million.
typealias Key = UInt64

extension Key {
    /// The digest of `bytes` (FNV-1a, then mixed so that every bit depends on every byte).
    init(_ bytes: some Sequence<UInt8>) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        self = hash.mixed
    }

    /// The same digest of borrowed bytes.
    init(_ bytes: Span<UInt8>) {
        var hash = Self.start
        for index in bytes.indices { hash.take(bytes[index]) }
        self = hash.mixed
    }

    /// Where the digest of bytes that come one by one begins; it is `mixed` when all were taken.
    static var start: UInt64 { 0xcbf2_9ce4_8422_2325 }

    /// Takes the next byte.
    mutating func take(_ byte: UInt8) { self = (self ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

    /// The digest of UTF-8 text in lower case.
    init(withoutCase text: Span<UInt8>) {
        guard text.isASCII else {
            self.init(lowered(String(copyingUTF8: text)))
            return
        }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in text.indices { hash = (hash ^ UInt64(text[index].lowercasedASCII)) &* 0x0000_0100_0000_01b3 }
        self = hash.mixed
    }

    /// The digest of a text as it is spelled.
    init(spelling text: Substring) {
        self = text.utf8.withContiguousStorageIfAvailable { Self($0.span) } ?? Self(text.utf8)
    }

    /// A digest that depends on this one and on `other`, in this order.
    func with(_ other: UInt64) -> Key { (self &* 0x9e37_79b9_7f4a_7c15 &+ other).mixed }

    /// Every bit spread over all the others (the finisher of MurmurHash3).
    var mixed: UInt64 {
        var hash = self
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return hash ^ (hash >> 33)
    }
}
