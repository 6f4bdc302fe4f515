import Records

/// The administrator's map with both sides looked up.
struct ResolvedMap {
    /// The pairs that speak of a row, with the recipients that each names.
    private var pairsOfRows: [Int: [(pair: MappedPair, recipients: [Int])]] = [:]

    init(_ map: [MappedPair], rows: [MigrationRow], recipients: [Recipient], settings: ReconcilerSettings) {
        guard !map.isEmpty else { return }
        let named = Self.recipients(named: map.map(\.recipient), in: recipients)
        var pairs: [[UInt8]: [MappedPair]] = [:]
        for pair in map { pairs[lowered(pair.mailboxName), default: []].append(pair) }
        for (index, row) in rows.enumerated() {
            for pair in pairs[lowered(row.mailboxName)] ?? []
            where pair.postoffice == nil || pair.postoffice == Self.postoffice(of: row, settings) {
                pairsOfRows[index, default: []].append((pair, named[pair.recipient] ?? []))
            }
        }
    }

    /// The lines of the map that speak of a row.
    var usedLines: Set<Int> { pairsOfRows.values.reduce(into: []) { lines, pairs in for pair in pairs { lines.insert(pair.pair.line) } } }

    /// The recipients that the map names for this row.
    func recipients(of row: Int) -> [Int] { pairsOfRows[row, default: []].flatMap(\.recipients) }

    /// The pair that names this recipient for this row.
    func pair(of row: Int, recipient: Int) -> MappedPair? {
        pairsOfRows[row]?.first { $0.recipients.contains(recipient) }?.pair
    }

    /// A pair of this row that names nothing in the directory.
    func lostPair(of row: Int) -> MappedPair? { pairsOfRows[row]?.first { $0.recipients.isEmpty }?.pair }

    /// A pair of this row whose name several recipients go by, so that it does not decide.
    func vaguePair(of row: Int) -> (pair: MappedPair, count: Int)? {
        pairsOfRows[row]?.first { $0.recipients.count > 1 }.map { ($0.pair, $0.recipients.count) }
    }

    /// The rows of which the map speaks, in order.
    var mappedRows: [Int] { pairsOfRows.keys.sorted() }

    /// The pairs of this row that name one recipient each, in the map's order.
    func plainPairs(of row: Int) -> [(pair: MappedPair, recipient: Int)] {
        pairsOfRows[row, default: []].compactMap { $0.recipients.count == 1 ? ($0.pair, $0.recipients[0]) : nil }
    }

    private static func postoffice(of row: MigrationRow, _ settings: ReconcilerSettings) -> Postoffice? {
        row.ownMailbox?.postoffice ?? settings.postoffice(ofFile: row.file)
    }

    /// The recipients that go by each of these names. A DN or Directory Name goes before a display name only in that all are looked at together:
    /// a name that several recipients go by names them all, and then decides nothing.
    private static func recipients(named names: [String], in recipients: [Recipient]) -> [String: [Int]] {
        var wanted: [String: [String]] = [:]
        for name in Set(names) {
            let spelling = name.contains("=") ? DistinguishedName(name).normalized : name.lowercased()
            wanted[spelling, default: []].append(name)
        }
        let dns = wanted.keys.contains { $0.contains("=") }
        var found: [String: [Int]] = [:]
        for (index, recipient) in recipients.enumerated() where !recipient.isDeleted {
            for spelling in spellings(of: recipient, withDN: dns) {
                for name in wanted[spelling] ?? [] where found[name]?.last != index { found[name, default: []].append(index) }
            }
        }
        return found
    }

    private static func spellings(of recipient: Recipient, withDN: Bool) -> Set<String> {
        var result = Set([recipient.alias, recipient.directoryName, recipient.displayName].map { $0.lowercased() })
        for address in recipient.addresses {
            result.insert(address.description.lowercased())
            if address.type == "SMTP" { result.insert(address.value.lowercased()) }
        }
        if withDN { result.insert(DistinguishedName(recipient.dn).normalized) }
        result.remove("")
        return result
    }
}
