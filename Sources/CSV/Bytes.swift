/// Questions about many bytes, answered for eight at a time.
extension Span<UInt8> {
    /// Whether all bytes are below 128.
    var isASCII: Bool { count >= 8 ? allWords { $0 } & highBits == 0 : allBytes { $0 } < 0x80 }

    /// Whether all bytes are below 128 and none is zero.
    var isPlainASCII: Bool {
        // One less than zero has the high bit set.
        count >= 8 ? allWords { $0 | ($0 &- ones) } & highBits == 0 : allBytes { $0 | ($0 &- 1) } < 0x80
    }

    /// How many bytes are 128 or more.
    var highCount: Int {
        let rest = count % 8
        var sum = extracting((count - rest)...).indices.count { self[count - rest + $0] >= 0x80 }
        for offset in stride(from: 0, to: count - rest, by: 8) { sum += (word(at: offset) & highBits).nonzeroBitCount }
        return sum
    }

    /// Where the next byte from `start` on is that is 128 or more; `nil` when there is none.
    func nextHigh(from start: Int) -> Int? {
        var index = start
        while index + 8 <= count {
            let high = word(at: index) & highBits
            if high != 0 { return index + high.trailingZeroBitCount / 8 }
            index += 8
        }
        return (index..<count).first { self[$0] >= 0x80 }
    }

    /// Whether the other's bytes are the same. Both have the same count.
    func isSame(as other: Span<UInt8>) -> Bool {
        for index in indices {
            if self[index] != other[index] { return false }
        }
        return true
    }

    /// Eight bytes, the first of them the lowest.
    func word(at offset: Int) -> UInt64 { UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)) }

    /// The bits of all words, each as `look` gives it, or-ed. The last eight bytes are one word, however many of them were seen before.
    private func allWords(_ look: (UInt64) -> UInt64) -> UInt64 {
        var all = look(word(at: count - 8))
        for offset in stride(from: 0, to: count - 8, by: 8) { all |= look(word(at: offset)) }
        return all
    }

    private func allBytes(_ look: (UInt8) -> UInt8) -> UInt8 {
        var all: UInt8 = 0
        for index in indices { all |= look(self[index]) }
        return all
    }
}

/// A byte to look for among eight.
struct WordPattern {
    private let repeated: UInt64

    init(_ byte: UInt8) { repeated = ones &* UInt64(byte) }

    /// The high bit of the first byte that is the one looked for, and perhaps of some behind it; zero when there is none.
    func hits(in word: UInt64) -> UInt64 {
        let difference = word ^ repeated
        return (difference &- ones) & ~difference & highBits
    }
}

private let ones: UInt64 = 0x0101_0101_0101_0101
private let highBits: UInt64 = 0x8080_8080_8080_8080
