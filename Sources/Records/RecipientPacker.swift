public import Texts

/// Makes recipients, one after the other, in one buffer for a batch of them.
///
/// In the buffer a recipient is its texts, in the order of `Recipient.Field`, then of each address type and value; and behind them a table:
/// a byte for kind and marks, how many addresses there are, and where each text ends. The table's numbers have two bytes, or four
/// where `wideBit` says so, the lowest byte first.
public struct RecipientPacker: ~Copyable {
    static let kindMask: UInt8 = 0x0F
    static let hiddenBit: UInt8 = 0x10
    static let deletedBit: UInt8 = 0x20
    static let wideBit: UInt8 = 0x40

    @usableFromInline var buffer = TextBuffer()
    private var places: [Int] = []
    /// Where the texts of the recipient at hand begin.
    @usableFromInline var beginning = 0
    /// Where each of its texts ends, from there: numbers of four bytes.
    @usableFromInline var ends = TextBuffer()

    /// No recipient yet.
    public init() {}

    /// How many recipients there are.
    public var count: Int { places.count }

    /// Takes the next text of the recipient at hand, which is UTF-8, in the order of `Recipient.Field`.
    @inlinable public mutating func add(_ text: Span<UInt8>) {
        buffer.add(text)
        ends.add(fourBytes: buffer.count - beginning)
    }

    /// Takes all texts of the recipient at hand, in that order: where each stands in another buffer.
    public mutating func add(_ ranges: Span<Range<Int>>, of other: borrowing TextBuffer) {
        buffer.add(ranges, of: other, endsTo: &ends, from: beginning)
    }

    /// Takes one address of the recipient at hand, when all texts are there; the type is put into upper case. An address that is there
    /// already, but for the value's case, is left out.
    public mutating func addAddress(type: Span<UInt8>, value: Span<UInt8>) {
        let start = buffer.count
        if type.isASCII {
            for index in type.indices { buffer.add(byte: type[index].uppercasedASCII) }
        } else {
            buffer.add(String(copyingUTF8: type).uppercased())
        }
        endAddress(from: start, value)
    }

    /// The same for a type that is in upper case.
    public mutating func addAddress(capitalType type: Span<UInt8>, value: Span<UInt8>) {
        let start = buffer.count
        buffer.add(type)
        endAddress(from: start, value)
    }

    private mutating func endAddress(from start: Int, _ value: Span<UInt8>) {
        let middle = buffer.count
        buffer.add(value)
        if textCount > Recipient.fieldCount, hasAddress(type: start..<middle, value: middle..<buffer.count) {
            buffer.removeAll(from: start)
        } else {
            ends.add(fourBytes: middle - beginning)
            ends.add(fourBytes: buffer.count - beginning)
        }
    }

    /// How many texts the recipient at hand has.
    private var textCount: Int { ends.count / 4 }

    /// Where one of its texts ends in the buffer.
    private func end(of text: Int) -> Int { beginning + ends.number(ofFourBytesAt: 4 * text) }

    private func hasAddress(type: Range<Int>, value: Range<Int>) -> Bool {
        buffer.withBytes { bytes in
            var index = Recipient.fieldCount
            while index < textCount {
                let (start, middle, end) = (end(of: index - 1), end(of: index), end(of: index + 1))
                if bytes.extracting(start..<middle).isSame(as: bytes.extracting(type)),
                    bytes.extracting(middle..<end).equalsWithoutCase(bytes.extracting(value))
                {
                    return true
                }
                index += 2
            }
            return false
        }
    }

    /// Ends the recipient at hand.
    public mutating func finish(kind: RecipientKind, isHidden: Bool, isDeleted: Bool) {
        let addresses = (textCount - Recipient.fieldCount) / 2
        let isWide = max(addresses, buffer.count - beginning) > Int(UInt16.max)
        places.append(buffer.count)
        buffer.add(
            byte: kind.number | (isHidden ? Self.hiddenBit : 0) | (isDeleted ? Self.deletedBit : 0) | (isWide ? Self.wideBit : 0))
        if isWide {
            buffer.add(fourBytes: addresses)
            buffer.add(0..<ends.count, of: ends)
        } else {
            buffer.add(twoBytes: addresses)
            buffer.add(twoBytesOfEachFour: ends)
        }
        beginning = buffer.count
        ends.removeAll()
    }

    /// Forgets the recipient at hand.
    public mutating func drop() {
        buffer.removeAll(from: beginning)
        ends.removeAll()
    }

    /// The recipients that were finished since the last call.
    public mutating func take() -> [Recipient] {
        drop()
        let batch = buffer.withBytes { bytes in bytes.withUnsafeBufferPointer { [UInt8]($0) } }
        let recipients = places.map { Recipient(in: batch, at: $0) }
        buffer.removeAll()
        beginning = 0
        places.removeAll(keepingCapacity: true)
        return recipients
    }
}

extension RecipientKind {
    /// The kind that a packed recipient's number stands for.
    init(number: UInt8) {
        switch number {
        case 0: self = .mailbox
        case 1: self = .customRecipient
        case 2: self = .distributionList
        case 3: self = .publicFolder
        default: self = .account
        }
    }

    /// The kind's number in a packed recipient.
    fileprivate var number: UInt8 {
        switch self {
        case .mailbox: 0
        case .customRecipient: 1
        case .distributionList: 2
        case .publicFolder: 3
        case .account: 4
        }
    }
}
