/// UTF-8 text that grows at its end, in memory that is used again: for the words of many rows, where a `String` for each would cost more time
/// than making the words.
///
/// Adding costs the length of what is added. Ranges of what was added stay good until `removeAll`.
@frozen public struct TextBuffer: ~Copyable {
    @usableFromInline var start: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    @usableFromInline var filled = 0

    /// How many bytes have been added.
    @inlinable public var count: Int { filled }

    /// An empty text with room for `capacity` bytes.
    public init(capacity: Int = 1024) {
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    /// Forgets the bytes, and keeps the memory.
    @inlinable public mutating func removeAll() { filled = 0 }

    /// Forgets what was added from there on.
    @inlinable public mutating func removeAll(from position: Int) {
        precondition(0...filled ~= position)
        filled = position
    }

    /// Lends the bytes.
    @inlinable public func withBytes<Result, Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Result) throws(Failure) -> Result {
        try body(UnsafeBufferPointer(start: start, count: count).span)
    }

    /// A copy of a part as text.
    public func text(_ range: Range<Int>) -> String {
        precondition(range.upperBound <= count)
        return String(decoding: UnsafeBufferPointer(start: start + range.lowerBound, count: range.count), as: UTF8.self)
    }

    // MARK: adding

    /// Adds a text.
    @inlinable public mutating func add(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ append($0) }) == nil { addSlowly(text) }
    }

    @usableFromInline mutating func addSlowly(_ text: String) { Array(text.utf8).withUnsafeBufferPointer { append($0) } }

    /// Adds bytes.
    @inlinable public mutating func add(_ bytes: Span<UInt8>) { bytes.withUnsafeBufferPointer { append($0) } }

    /// Adds several texts, one behind the other.
    @inlinable public mutating func add(_ first: String, _ second: String) {
        add(first)
        add(second)
    }

    /// Adds several texts, one behind the other.
    @inlinable public mutating func add(_ first: String, _ second: String, _ third: String) {
        add(first)
        add(second)
        add(third)
    }

    /// Adds several texts, one behind the other.
    @inlinable public mutating func add(_ first: String, _ second: String, _ third: String, _ fourth: String) {
        add(first, second)
        add(third, fourth)
    }

    /// Adds a literal.
    @inlinable @inline(__always) public mutating func add(literal: StaticString) {
        append(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Adds one byte.
    @inlinable public mutating func add(byte: UInt8) {
        reserve(1)
        start[filled] = byte
        filled += 1
    }

    /// Adds a number as two bytes, the lower first; what does not fit is cut off.
    @inlinable public mutating func add(twoBytes number: Int) {
        reserve(2)
        UnsafeMutableRawPointer(start + filled).storeBytes(of: UInt16(truncatingIfNeeded: number).littleEndian, as: UInt16.self)
        filled += 2
    }

    /// Adds a number as four bytes, the lowest first; what does not fit is cut off.
    @inlinable public mutating func add(fourBytes number: Int) {
        reserve(4)
        UnsafeMutableRawPointer(start + filled).storeBytes(of: UInt32(truncatingIfNeeded: number).littleEndian, as: UInt32.self)
        filled += 4
    }

    /// Adds numbers as eight bytes each, the lowest first.
    public mutating func add(eightBytes numbers: [UInt64]) {
        reserve(8 * numbers.count)
        for number in numbers {
            UnsafeMutableRawPointer(start + filled).storeBytes(of: number.littleEndian, as: UInt64.self)
            filled += 8
        }
    }

    /// Adds numbers that are four bytes each in another buffer as two bytes each; what does not fit is cut off.
    public mutating func add(twoBytesOfEachFour other: borrowing TextBuffer) {
        let count = other.filled / 4
        reserve(2 * count)
        let (source, target) = (UnsafeRawPointer(other.start), UnsafeMutableRawPointer(start + filled))
        var index = 0
        while index + 2 <= count {  // two at a time
            let pair = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: 4 * index, as: UInt64.self))
            let halves = UInt32(truncatingIfNeeded: pair) & 0xFFFF | UInt32(truncatingIfNeeded: pair >> 16) & 0xFFFF_0000
            target.storeBytes(of: halves.littleEndian, toByteOffset: 2 * index, as: UInt32.self)
            index += 2
        }
        if index < count {
            // The lower two come first.
            target.storeBytes(
                of: source.loadUnaligned(fromByteOffset: 4 * index, as: UInt16.self), toByteOffset: 2 * index, as: UInt16.self)
        }
        filled += 2 * count
    }

    /// The number that was added as four bytes there.
    @inlinable public func number(ofFourBytesAt position: Int) -> Int {
        precondition(position >= 0 && position + 4 <= filled)
        return Int(UInt32(littleEndian: UnsafeRawPointer(start + position).loadUnaligned(as: UInt32.self)))
    }

    /// Adds a number in decimal.
    public mutating func add(_ number: Int) { add(String(number)) }

    /// Adds a number, 0 or above, with four digits that count, and nine decimals at most: 0.06432, 12.5, 1720. A plan may bring anything in its place.
    public mutating func add(decimal value: Double) {
        guard value.isFinite else { return add("no number") }
        var (scaled, decimals) = (max(0, value), 0)
        while scaled < 1000, decimals < 9 { (scaled, decimals) = (scaled * 10, decimals + 1) }
        var (digits, power) = (Int(min(scaled, 1e15).rounded()), 1)
        while decimals > 0, digits % 10 == 0 { (digits, decimals) = (digits / 10, decimals - 1) }
        for _ in 0..<decimals { power *= 10 }
        add(digits / power)
        guard decimals > 0 else { return }
        add(byte: UInt8(ascii: "."))
        var place = power / 10
        while place > 0 {
            add(byte: UInt8(ascii: "0") + UInt8(digits / place % 10))
            place /= 10
        }
    }

    /// Adds a part of another text.
    @inlinable public mutating func add(_ range: Range<Int>, of other: borrowing TextBuffer) {
        if range.isEmpty { return }
        precondition(range.upperBound <= other.count)
        append(UnsafeBufferPointer(start: UnsafePointer(other.start + range.lowerBound), count: range.count))
    }

    /// Adds parts of another text, one behind the other, and to `ends` where each ends, from `beginning`, as four bytes.
    public mutating func add(_ ranges: Span<Range<Int>>, of other: borrowing TextBuffer, endsTo ends: inout TextBuffer, from beginning: Int)
    {
        ends.reserve(4 * ranges.count)
        for index in ranges.indices {
            let range = ranges[index]
            if !range.isEmpty {
                precondition(range.upperBound <= other.filled)
                append(UnsafeBufferPointer(start: UnsafePointer(other.start + range.lowerBound), count: range.count))
            }
            UnsafeMutableRawPointer(ends.start + ends.filled).storeBytes(
                of: UInt32(truncatingIfNeeded: filled - beginning).littleEndian, as: UInt32.self)
            ends.filled += 4
        }
    }

    /// Adds a part of this text once more.
    public mutating func add(again range: Range<Int>) {
        precondition(range.upperBound <= count)
        reserve(range.count)
        (start + filled).update(from: start + range.lowerBound, count: range.count)
        filled += range.count
    }

    @inlinable @inline(__always) mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let first = bytes.baseAddress else { return }
        reserve(bytes.count)
        (start + filled).update(from: first, count: bytes.count)
        filled += bytes.count
    }

    /// Makes room for so many more bytes.
    @inlinable mutating func reserve(_ more: Int) {
        if filled + more > capacity { grow(to: filled + more) }
    }

    @usableFromInline mutating func grow(to needed: Int) {
        capacity = max(needed, capacity * 2)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: filled)
        start.deallocate()
        start = larger
    }
}
