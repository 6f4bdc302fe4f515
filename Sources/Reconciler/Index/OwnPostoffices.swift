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

    /// The share of fitting names from which on a NET/PO is Exchange's own.
    private static let share = 0.8

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
        own = Set(counts.lazy.filter { Double($0.made) >= Self.share * Double($0.all) }.map(\.postoffice))
    }

    /// Whether Exchange made up this NET/PO, as far as can be seen.
    func contains(_ postoffice: Key) -> Bool { own.contains(postoffice) }

    /// Whether the address's mailbox name is what Exchange makes of the alias or Directory Name: cut at 10, with a number when taken.
    static func isMade(_ address: String, alias: String, directoryName: String) -> Bool {
        var (address, alias, directoryName) = (address, alias, directoryName)
        return address.withUTF8 { address in
            var start = address.count
            while start > 0, address[start - 1] != UInt8(ascii: "/") { start -= 1 }
            let name = address.extracting(start..<address.count)
            return directoryName.withUTF8 { fits(name, $0) } || alias.withUTF8 { fits(name, $0) }
        }
    }

    /// Whether `name`, its number apart, begins `source`, letters and digits only and without case, and is all of it or was cut.
    private static func fits(_ name: UnsafeBufferPointer<UInt8>, _ source: UnsafeBufferPointer<UInt8>) -> Bool {
        var stem = name.count
        while stem > 0, name[stem - 1] &- UInt8(ascii: "0") < 10 { stem -= 1 }
        if stem == 0 { stem = name.count }
        var place = 0
        for byte in source where isNameByte(byte) {
            if place == stem { return name.count >= 8 || byte <= UInt8(ascii: "9") }
            if name[place] | 0x20 != byte | 0x20 { return false }
            place += 1
        }
        return place == stem && stem > 0
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte >= 0x80
    }
}
