import Records

/// The NET/POs that Exchange made up for itself.
///
/// Every Exchange recipient gets an `MS` address of its own (KB Q153028), built from the alias or Directory Name of that time. So a NET/PO
/// nearly all of whose mailbox names are the alias or Directory Name of the entry that holds them is taken for Exchange's own: such an
/// address says nothing about MS Mail. In doubt a NET/PO counts as Exchange's own, and is then not used as evidence.
struct OwnPostoffices {
    /// Every postoffice of the addresses.
    let all: [Key]
    /// For each address, the place of its postoffice in `all`.
    let places: [Int32]
    private let own: Set<Key>

    /// Counts `addresses`.
    init(_ addresses: [FoldedRecipients.Address]) {
        var placeOf: [Key: Int] = [:]
        var places: [Int32] = []
        places.reserveCapacity(addresses.count)
        var counts: [(postoffice: Key, all: Int, made: Int)] = []
        for address in addresses {
            let place = placeOf[address.key.postoffice] ?? counts.count
            if place == counts.count {
                placeOf[address.key.postoffice] = place
                counts.append((address.key.postoffice, 0, 0))
            }
            places.append(Int32(place))
            counts[place].all += 1
            if address.isMade { counts[place].made += 1 }
        }
        all = counts.map(\.postoffice)
        self.places = places
        own = Set(counts.lazy.filter { Double($0.made) >= MadeMailboxName.shareOfOwnPostoffice * Double($0.all) }.map(\.postoffice))
    }

    /// Whether Exchange made up this NET/PO, as far as can be seen.
    func contains(_ postoffice: Key) -> Bool { own.contains(postoffice) }

    /// Whether the address's mailbox name is what Exchange makes of the alias or Directory Name: cut at 10, with a number when taken.
    static func isMade(_ address: Span<UInt8>, of recipient: Recipient) -> Bool {
        var start = address.count
        while start > 0, address[start - 1] != UInt8(ascii: "/") { start -= 1 }
        let name = address.extracting(start..<address.count)
        return recipient.withBytes(of: .directoryName) { MadeMailboxName.isMade(name, of: $0) }
            || recipient.withBytes(of: .alias) { MadeMailboxName.isMade(name, of: $0) }
    }
}
