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

    init(_ recipients: [Recipient]) {
        var counts: [Key: (all: Int, fitting: Int)] = [:]
        for recipient in recipients where !recipient.isDeleted {
            for address in recipient.addresses {
                guard let key = MSMailKey(address) else { continue }
                counts[key.postoffice, default: (0, 0)].all += 1
                if Self.isMade(address, from: recipient) { counts[key.postoffice, default: (0, 0)].fitting += 1 }
            }
        }
        own = Set(counts.filter { Double($0.value.fitting) >= Self.share * Double($0.value.all) }.keys)
    }

    /// Whether Exchange made up this NET/PO, as far as can be seen.
    func contains(_ postoffice: Key) -> Bool { own.contains(postoffice) }

    /// Whether the address's mailbox name is what Exchange makes of the alias or Directory Name: cut at 10, with a number when taken.
    private static func isMade(_ address: MailAddress, from recipient: Recipient) -> Bool {
        guard let mark = address.value.lastIndex(of: "/") else { return false }
        let name = Folding(String(address.value[address.value.index(after: mark)...])).bytes.filter { $0 > UInt8(ascii: " ") }
        return [recipient.alias, recipient.directoryName].contains { source in
            let made = Folding(source).bytes.filter { $0 > UInt8(ascii: " ") && $0 != UInt8(ascii: ",") }
            return stem(name) == stem(Array(made.prefix(10))) || (name.count >= 8 && made.starts(with: stem(name)))
        }
    }

    private static func stem(_ name: [UInt8]) -> ArraySlice<UInt8> {
        var stem = name[...]
        while let last = stem.last, last <= UInt8(ascii: "9") { stem.removeLast() }
        return stem.isEmpty ? name[...] : stem
    }
}
