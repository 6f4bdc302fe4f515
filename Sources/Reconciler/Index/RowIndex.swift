import Records

/// The rows by what makes two of them rivals, and the MS Mail mailbox of each.
struct RowIndex {
    /// Every row's MS Mail address; `nil` for a row whose postoffice is unknown.
    let mailboxes: [MSMailKey?]
    /// Rows by whole name, words in any order.
    let byName: Postings
    /// Rows by a word of the name with the first letter of another one.
    let byNearName: Postings
    /// The postoffices that rows are known to come from.
    let postoffices: Set<Key>

    init(_ rows: [MigrationRow], names: [RowNames], settings: ReconcilerSettings) {
        mailboxes = rows.map { Self.mailbox(of: $0, settings) }
        var wholeNames: [(key: Key, member: Int32)] = []
        var nearNames: [(key: Key, member: Int32)] = []
        for (index, names) in names.enumerated() {
            for reading in names.readings {
                if let key = reading.wholeNameKey { wholeNames.append((key, Int32(index))) }
                reading.nearKeys { nearNames.append(($0, Int32(index))) }
            }
        }
        byName = Postings(wholeNames)
        byNearName = Postings(nearNames)
        postoffices = Set(mailboxes.compactMap { $0?.postoffice })
    }

    /// The row's own address, else its name in its file's postoffice.
    private static func mailbox(of row: MigrationRow, _ settings: ReconcilerSettings) -> MSMailKey? {
        for address in row.addresses {
            if let key = MSMailKey(address) { return key }
        }
        guard settings.postoffices.indices.contains(row.file), let postoffice = settings.postoffices[row.file] else { return nil }
        return MSMailKey(postoffice: postoffice, name: row.mailboxName)
    }
}
