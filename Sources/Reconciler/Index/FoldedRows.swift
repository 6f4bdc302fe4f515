import Parallel
import Records

/// All rows' names and addresses, folded, and the lists of what they can be looked up by.
struct FoldedRows {
    /// Each row's names.
    private(set) var names: [RowNames] = []
    /// The readings of all rows' names.
    private(set) var readings: [NameReading] = []
    /// Every row's MS Mail address; `nil` for a row whose postoffice is unknown.
    private(set) var mailboxes: [MSMailKey?] = []
    /// Whether each row brings that address itself.
    private(set) var bringsAddress: [Bool] = []
    /// Whole names, each with its row.
    private(set) var wholeNames: [(key: Key, member: Int32)] = []
    /// Words of names with the first letter of another, each with its row.
    private(set) var nearNames: [(key: Key, member: Int32)] = []
    /// Mailbox names without case, each with its row.
    private(set) var mailboxNames: [(key: Key, member: Int32)] = []
    /// Names of NT accounts without case, their domains left out, by so many letters as the wizard looks at, each with its row.
    private(set) var accounts: [(key: Key, member: Int32)] = []
    /// Postoffices together with a word of a name, each with its row.
    private(set) var words: [(key: Key, member: Int32)] = []

    /// Folds all rows, on all processors.
    init(_ rows: [MigrationRow], settings: ReconcilerSettings) {
        names.reserveCapacity(rows.count)
        readings.reserveCapacity(rows.count)
        mailboxes.reserveCapacity(rows.count)
        for piece in Parallel.map(rows.count, inPiecesOf: 4096, { FoldedRows(rows, $0, settings) }) {
            let distance = readings.count
            for var name in piece.names {
                name.moveReadings(by: distance)
                names.append(name)
            }
            readings += piece.readings
            mailboxes += piece.mailboxes
            bringsAddress += piece.bringsAddress
            wholeNames += piece.wholeNames
            nearNames += piece.nearNames
            mailboxNames += piece.mailboxNames
            accounts += piece.accounts
            words += piece.words
        }
    }

    /// Some rows that follow one another.
    private init(_ rows: [MigrationRow], _ range: Range<Int>, _ settings: ReconcilerSettings) {
        var desk = FoldingDesk()
        for index in range {
            let known = RowNames(rows, index, &desk, &readings)
            names.append(known)
            let own = Self.ownMailbox(of: rows, index)
            let mailbox = own ?? Self.mailbox(ofFileOf: rows, index, settings)
            mailboxes.append(mailbox)
            bringsAddress.append(own != nil)
            mailboxNames.append((Key(loweredOf: rows[index].mailboxName.utf8[...]), Int32(index)))
            if let account = Self.account(rows[index].account) { accounts.append((account, Int32(index))) }
            for place in known.readings.places {
                if readings[place].wholeName != 0 { wholeNames.append((readings[place].wholeName, Int32(index))) }
                readings[place].nearKeys { nearNames.append(($0, Int32(index))) }
                guard let postoffice = mailbox?.postoffice else { continue }
                for word in readings[place].words where !word.isLink { words.append((postoffice.with(word.key), Int32(index))) }
            }
        }
    }

    /// The key of an NT account's name; `nil` where there is none.
    private static func account(_ text: String) -> Key? {
        if text.isEmpty { return nil }
        let name = text.utf8.lastIndex(of: UInt8(ascii: "\\")).map { text.utf8[text.utf8.index(after: $0)...] } ?? text.utf8[...]
        return name.isEmpty ? nil : Key(loweredOf: name.prefix(Importer.accountLength))
    }

    /// The row's own address.
    private static func ownMailbox(of rows: [MigrationRow], _ index: Int) -> MSMailKey? {
        for place in rows[index].addresses.indices {
            if let key = MSMailKey(rows[index].addresses[place]) { return key }
        }
        return nil
    }

    /// The row's name in its file's postoffice.
    private static func mailbox(ofFileOf rows: [MigrationRow], _ index: Int, _ settings: ReconcilerSettings) -> MSMailKey? {
        guard let postoffice = settings.postoffice(ofFile: rows[index].file) else { return nil }
        return MSMailKey(postoffice: postoffice, name: rows[index].mailboxName)
    }
}
