/// Makes recipients, one after the other, in one buffer for a batch of them.
///
/// In the buffer a recipient is: a byte for kind and marks; four for where its contents begin, from its start; then lengths, of seven bits a
/// byte: how many addresses, each of `Recipient.Field`, and of each address type and value; then the contents.
public struct RecipientPacker: Sendable {
    static let kindMask: UInt8 = 0x0F
    static let hiddenBit: UInt8 = 0x10
    static let deletedBit: UInt8 = 0x20
    static let fixedSize = 5

    private var bytes: [UInt8] = []
    private var starts: [Int] = []
    /// Of the recipient at hand.
    private var lengths: [Int] = []
    private var contents: [UInt8] = []

    /// No recipient yet.
    public init() {}

    /// How many recipients there are.
    public var count: Int { starts.count }

    /// Takes the next text of the recipient at hand, which is UTF-8, in the order of `Recipient.Field`.
    public mutating func add(_ text: Span<UInt8>) {
        text.withUnsafeBufferPointer { contents.append(contentsOf: $0) }
        lengths.append(text.count)
    }

    /// Takes one address of the recipient at hand, when all texts are there; the type is put into upper case. An address that is there
    /// already, but for the value's case, is left out.
    public mutating func addAddress(type: Span<UInt8>, value: Span<UInt8>) {
        let start = contents.count
        if type.isASCII {
            for index in type.indices { contents.append(type[index].uppercasedASCII) }
        } else {
            contents += String(copyingUTF8: type).uppercased().utf8
        }
        let middle = contents.count
        value.withUnsafeBufferPointer { contents.append(contentsOf: $0) }
        if hasAddress(type: start..<middle, value: middle..<contents.count, before: start) {
            contents.removeSubrange(start...)
        } else {
            lengths.append(middle - start)
            lengths.append(contents.count - middle)
        }
    }

    private func hasAddress(type: Range<Int>, value: Range<Int>, before end: Int) -> Bool {
        var position = lengths[..<Recipient.Field.allCases.count].reduce(0, +)
        var index = Recipient.Field.allCases.count
        while position < end {
            let middle = position + lengths[index]
            let next = middle + lengths[index + 1]
            if contents.span.extracting(position..<middle).isSame(as: contents.span.extracting(type)),
                contents.span.extracting(middle..<next).equalsWithoutCase(contents.span.extracting(value))
            {
                return true
            }
            position = next
            index += 2
        }
        return false
    }

    /// Ends the recipient at hand.
    public mutating func finish(kind: RecipientKind, isHidden: Bool, isDeleted: Bool) {
        let start = bytes.count
        starts.append(start)
        bytes.append(kind.number | (isHidden ? Self.hiddenBit : 0) | (isDeleted ? Self.deletedBit : 0))
        for _ in 1..<Self.fixedSize { bytes.append(0) }
        append((lengths.count - Recipient.Field.allCases.count) / 2)
        for length in lengths { append(length) }
        let distance = bytes.count - start
        for place in 1..<Self.fixedSize { bytes[start + place] = UInt8(truncatingIfNeeded: distance >> (8 * (place - 1))) }
        bytes += contents
        drop()
    }

    private mutating func append(_ length: Int) {
        var rest = length
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Forgets the recipient at hand.
    public mutating func drop() {
        lengths.removeAll(keepingCapacity: true)
        contents.removeAll(keepingCapacity: true)
    }

    /// The recipients that were finished since the last call.
    public mutating func take() -> [Recipient] {
        let batch = bytes
        let recipients = starts.map { Recipient(in: batch, at: $0) }
        bytes = []
        bytes.reserveCapacity(starts.count > 1 ? batch.count : 0)
        starts.removeAll(keepingCapacity: true)
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
