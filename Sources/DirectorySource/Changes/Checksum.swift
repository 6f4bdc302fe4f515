/// XXH64 by Yann Collet (the xxHash fast digest algorithm, version 0.1.1): a number that shows damage, at several gigabytes a second.
/// It proves nothing against somebody who means to deceive.
enum Checksum {
    private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63, 0x27D4_EB2F_1656_67C5
    )

    /// The number of some bytes.
    static func of(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
        bytes.withUnsafeBytes { of($0, seed: seed) }
    }

    private static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        var place = 0
        var hash: UInt64
        if bytes.count >= 32 {
            var (a, b, c, d) = (seed &+ primes.0 &+ primes.1, seed &+ primes.1, seed, seed &- primes.0)
            while place <= bytes.count - 32 {
                a = round(a, word(bytes, place))
                b = round(b, word(bytes, place + 8))
                c = round(c, word(bytes, place + 16))
                d = round(d, word(bytes, place + 24))
                place += 32
            }
            hash = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
            for lane in [a, b, c, d] { hash = (hash ^ round(0, lane)) &* primes.0 &+ primes.3 }
        } else {
            hash = seed &+ primes.4
        }
        return ending(bytes, from: place, hash &+ UInt64(bytes.count))
    }

    /// What is left when all blocks of 32 bytes are taken, and the mixing of the end.
    private static func ending(_ bytes: UnsafeRawBufferPointer, from start: Int, _ before: UInt64) -> UInt64 {
        var (hash, place) = (before, start)
        while place + 8 <= bytes.count {
            hash = rotate(hash ^ round(0, word(bytes, place)), 27) &* primes.0 &+ primes.3
            place += 8
        }
        if place + 4 <= bytes.count {
            let half = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
            hash = rotate(hash ^ half &* primes.0, 23) &* primes.1 &+ primes.2
            place += 4
        }
        while place < bytes.count {
            hash = rotate(hash ^ UInt64(bytes[place]) &* primes.4, 11) &* primes.0
            place += 1
        }
        hash = (hash ^ hash >> 33) &* primes.1
        hash = (hash ^ hash >> 29) &* primes.2
        return hash ^ hash >> 32
    }

    @inline(__always) private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotate(lane &+ word &* primes.1, 31) &* primes.0
    }

    @inline(__always) private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }

    @inline(__always) private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
