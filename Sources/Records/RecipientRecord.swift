/// Recipients as bytes, to be kept in a file and taken from it without making a text of anything.
extension Recipient {
    /// Lends the recipient's texts and table as they stand in its buffer, and tells how many of the bytes are texts.
    public func withRecord<Result>(_ body: (_ bytes: Span<UInt8>, _ texts: Int) -> Result) -> Result {
        let beginning = beginning
        return body(bytes.span.extracting(beginning..<place + Self.tableSize(addresses: addressCount, isWide: isWide)), place - beginning)
    }

    /// The recipients whose records stand one behind the other in `bytes` from `start` to `end`; `texts` tells of each how many of
    /// its bytes are texts. All share the one buffer.
    ///
    /// `nil` when anything does not fit, whoever wrote it: what is given can be read without harm. About 0.1 µs for each.
    public static func recipients(in bytes: [UInt8], from start: Int, to end: Int, texts: [UInt32]) -> [Recipient]? {
        var recipients: [Recipient] = []
        recipients.reserveCapacity(texts.count)
        var position = start
        for length in texts {
            guard end - position > Int(length) else { return nil }
            let recipient = Recipient(in: bytes, at: position + Int(length))
            guard let next = recipient.endOfRecord(from: position), next <= end else { return nil }
            recipients.append(recipient)
            position = next
        }
        return position == end ? recipients : nil
    }

    private var isWide: Bool { bytes[place] & RecipientPacker.wideBit != 0 }

    private static func tableSize(addresses: Int, isWide: Bool) -> Int { 1 + (1 + Field.allCases.count + 2 * addresses) * (isWide ? 4 : 2) }

    /// Where the record ends whose texts begin at `start`; `nil` when it is none.
    private func endOfRecord(from start: Int) -> Int? {
        let known = RecipientPacker.kindMask | RecipientPacker.hiddenBit | RecipientPacker.deletedBit | RecipientPacker.wideBit
        guard bytes[place] & ~known == 0, Int(bytes[place] & RecipientPacker.kindMask) < RecipientKind.allCases.count,
            bytes.count - place >= Self.tableSize(addresses: 0, isWide: isWide)
        else { return nil }
        let count = addressCount
        guard count <= bytes.count, bytes.count - place >= Self.tableSize(addresses: count, isWide: isWide),
            hasGoodTexts(from: start, addresses: count)
        else { return nil }
        return place + Self.tableSize(addresses: count, isWide: isWide)
    }

    /// Whether the texts end one behind the other, the last of them at the table, and are UTF-8, which is nowhere checked again.
    private func hasGoodTexts(from start: Int, addresses: Int) -> Bool {
        let isASCII = bytes.span.extracting(start..<place).isASCII
        var before = 0
        for index in 1...Field.allCases.count + 2 * addresses {
            let end = number(index)
            guard before <= end, end <= place - start else { return false }
            if !isASCII {
                let text = bytes.span.extracting(start + before..<start + end)
                guard text.isASCII || text.withUnsafeBufferPointer({ String(validating: $0, as: UTF8.self) }) != nil else { return false }
            }
            before = end
        }
        return before == place - start
    }
}
