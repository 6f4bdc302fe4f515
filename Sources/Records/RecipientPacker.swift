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

    private var buffer = TextBuffer()
    private var places: [Int] = []
    /// Where the texts of the recipient at hand begin.
    private var beginning = 0
    /// Its table: how many addresses there are, known at its end, and where each text ends.
    private var table = [0]

    /// No recipient yet.
    public init() {}

    /// How many recipients there are.
    public var count: Int { places.count }

    /// Takes the next text of the recipient at hand, which is UTF-8, in the order of `Recipient.Field`.
    public mutating func add(_ text: Span<UInt8>) {
        buffer.add(text)
        table.append(buffer.count - beginning)
    }

    /// The same, of a part of another buffer.
    public mutating func add(_ range: Range<Int>, of other: borrowing TextBuffer) {
        buffer.add(range, of: other)
        table.append(buffer.count - beginning)
    }

    /// Takes one address of the recipient at hand, when all texts are there; the type is put into upper case. An address that is there
    /// already, but for the value's case, is left out.
    public mutating func addAddress(type: Span<UInt8>, value: Span<UInt8>) {
        let start = buffer.count
        if type.indices.allSatisfy({ type[$0] &- UInt8(ascii: "0") <= UInt8(ascii: "Z") - UInt8(ascii: "0") }) {
            buffer.add(type)
        } else {
            buffer.add(String(copyingUTF8: type).uppercased())
        }
        let middle = buffer.count
        buffer.add(value)
        if hasAddress(type: start..<middle, value: middle..<buffer.count) {
            buffer.removeAll(from: start)
        } else {
            table.append(middle - beginning)
            table.append(buffer.count - beginning)
        }
    }

    private func hasAddress(type: Range<Int>, value: Range<Int>) -> Bool {
        buffer.withBytes { bytes in
            var index = Recipient.Field.allCases.count
            while index + 2 < table.count {
                let (start, middle, end) = (beginning + table[index], beginning + table[index + 1], beginning + table[index + 2])
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
        table[0] = (table.count - Recipient.Field.allCases.count - 1) / 2
        let isWide = max(table[0], buffer.count - beginning) > Int(UInt16.max)
        places.append(buffer.count)
        buffer.add(
            byte: kind.number | (isHidden ? Self.hiddenBit : 0) | (isDeleted ? Self.deletedBit : 0) | (isWide ? Self.wideBit : 0))
        if isWide { buffer.add(fourBytes: table) } else { buffer.add(twoBytes: table) }
        beginning = buffer.count
        clearTable()
    }

    /// Forgets the recipient at hand.
    public mutating func drop() {
        buffer.removeAll(from: beginning)
        clearTable()
    }

    private mutating func clearTable() {
        table.removeAll(keepingCapacity: true)
        table.append(0)
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
    /// The kind's place among all.
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
