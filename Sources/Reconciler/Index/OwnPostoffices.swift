import Records

/// The NET/POs that Exchange made up for itself.
///
/// Every Exchange recipient gets an `MS` address of its own (KB Q153028), built from the alias or Directory Name of that time. So a NET/PO
/// nearly all of whose mailbox names are the alias or Directory Name of the entry that holds them is taken for Exchange's own: such an
/// address says nothing about MS Mail. In doubt a NET/PO counts as Exchange's own, and is then not used as evidence.
struct OwnPostoffices {
    private var own: Set<Key> = []

    /// The share of fitting names from which on a NET/PO is Exchange's own.
    private static let share = 0.8

    /// Counts `addresses`.
    init(_ addresses: [FoldedRecipients.Address]) {
        var places: [Key: Int] = [:]
        var counts: [(postoffice: Key, all: Int, made: Int)] = []
        for address in addresses {
            let place = places[address.key.postoffice] ?? counts.count
            if place == counts.count {
                places[address.key.postoffice] = place
                counts.append((address.key.postoffice, 0, 0))
            }
            counts[place].all += 1
            if address.isMade { counts[place].made += 1 }
        }
        own = Set(counts.lazy.filter { Double($0.made) >= Self.share * Double($0.all) }.map(\.postoffice))
    }

    /// Whether Exchange made up this NET/PO, as far as can be seen.
    func contains(_ postoffice: Key) -> Bool { own.contains(postoffice) }

    /// Whether the address's mailbox name is what Exchange makes of the alias or Directory Name: cut at 10, with a number when taken.
    static func isMade(_ address: String, alias: String, directoryName: String) -> Bool {
        let name = address.utf8.suffix(while: { $0 != UInt8(ascii: "/") })
        let stem = Self.stem(name)
        return fits(stem, name.count, directoryName) || (alias != directoryName && fits(stem, name.count, alias))
    }

    /// Whether `stem` begins `source`, letters and digits only and without case, and is all of it or was cut.
    private static func fits(_ stem: Substring.UTF8View, _ length: Int, _ source: String) -> Bool {
        var rest = stem
        for byte in source.utf8 where isNameByte(byte) {
            guard let next = rest.first else { return length >= 8 || byte <= UInt8(ascii: "9") }
            if next | 0x20 != byte | 0x20 { return false }
            rest = rest.dropFirst()
        }
        return rest.isEmpty && !stem.isEmpty
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte >= 0x80
    }

    private static func stem(_ name: Substring.UTF8View) -> Substring.UTF8View {
        var stem = name
        while let last = stem.last, last &- UInt8(ascii: "0") < 10 { stem.removeLast() }
        return stem.isEmpty ? name : stem
    }
}

extension String.UTF8View {
    /// The longest end of the text all of whose bytes are so.
    fileprivate func suffix(while fits: (UInt8) -> Bool) -> Substring.UTF8View {
        var start = endIndex
        while start > startIndex, fits(self[index(before: start)]) { start = index(before: start) }
        return self[start...]
    }
}
