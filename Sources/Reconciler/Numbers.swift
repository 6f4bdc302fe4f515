import Records

/// Whether mailbox names are employee numbers here: learned from the rows whose mailbox is known without them.
///
/// Some postoffices named their mailboxes by number (E104711), and the directory lists the number (the profile's `key`). Where at least five
/// people who are known by an address or by a name of their own have the number of their mailbox name, and not one in twenty has another
/// one, an equal number is as good as an address.
struct Numbers: Sendable {
    /// People with a number on both sides, known without it, whose numbers agree.
    private(set) var agreeing = 0
    /// Those whose numbers differ.
    private(set) var differing = 0
    /// The number of each recipient; 0 for none.
    let ofRecipients: [Key]

    /// People whose numbers agree before numbers are believed.
    static let leastAgreeing = 5
    private static let agreeingForOneDiffering = 20

    init(_ known: [KnownMailbox], rows: [MigrationRow], recipients: [Key]) {
        ofRecipients = recipients
        for pair in known where recipients[pair.recipient] != 0 {
            let own = Self.number(rows[pair.row].mailboxName.utf8.span)
            if own == 0 { continue }
            if own == recipients[pair.recipient] { agreeing += 1 } else { differing += 1 }
        }
    }

    /// Whether a number tells who somebody is.
    var areKeys: Bool { agreeing >= Self.leastAgreeing && agreeing >= Self.agreeingForOneDiffering * differing }

    /// The key of a number of four digits and more, behind at most two letters, without its leading zeros; 0 for everything else.
    static func number(_ text: Span<UInt8>) -> Key {
        var start = 0
        while start < min(text.count, 3), (text[start] | 0x20) &- UInt8(ascii: "a") < 26 { start += 1 }
        guard start <= 2, text.count - start >= 4 else { return 0 }
        for index in start..<text.count where text[index] &- UInt8(ascii: "0") > 9 { return 0 }
        while start < text.count - 1, text[start] == UInt8(ascii: "0") { start += 1 }
        return Key(text.extracting(start..<text.count))
    }
}
