import Parallel
import Records

/// All recipients' names and addresses, folded, and the lists of what they can be looked up by. Tombstones are in none of the lists.
struct FoldedRecipients {
    /// An old MS Mail address of a recipient, and whether Exchange would make it of the recipient's own names.
    struct Address {
        let key: MSMailKey
        let isMade: Bool
        let member: Int32
    }

    /// Each recipient's names.
    private(set) var names: [RecipientNames] = []
    /// The readings of all recipients' names.
    private(set) var readings: [NameReading] = []
    /// Every `MS` and `MIGRATE` address.
    private(set) var addresses: [Address] = []
    /// Whole names, each with its recipient.
    private(set) var wholeNames: [(key: Key, member: Int32)] = []
    /// Aliases and Directory Names, each with its recipient.
    private(set) var shortNames: [(key: Key, member: Int32)] = []
    /// Words of names with the first letter of another, each with its recipient.
    private(set) var nearNames: [(key: Key, member: Int32)] = []
    /// Unique keys, each with its recipient.
    private(set) var uniqueKeys: [(key: Key, member: Int32)] = []

    /// Folds all recipients, on all processors.
    init(_ recipients: [Recipient], usesKey: Bool) {
        names.reserveCapacity(recipients.count)
        readings.reserveCapacity(recipients.count + recipients.count / 4)
        for piece in Parallel.map(recipients.count, inPiecesOf: 4096, { FoldedRecipients(recipients, $0, usesKey) }) {
            let distance = readings.count
            for var name in piece.names {
                name.moveReadings(by: distance)
                names.append(name)
            }
            readings += piece.readings
            addresses += piece.addresses
            wholeNames += piece.wholeNames
            shortNames += piece.shortNames
            nearNames += piece.nearNames
            uniqueKeys += piece.uniqueKeys
        }
    }

    /// Some recipients that follow one another.
    private init(_ recipients: [Recipient], _ range: Range<Int>, _ usesKey: Bool) {
        var desk = FoldingDesk()
        for index in range {
            let known = RecipientNames(recipients[index], &desk, &readings)
            names.append(known)
            if recipients[index].isDeleted { continue }
            list(known, Int32(index))
            for place in recipients[index].addresses.indices {
                guard let key = MSMailKey(recipients[index].addresses[place]) else { continue }
                let isMade = OwnPostoffices.isMade(recipients[index].addresses[place], from: recipients[index])
                addresses.append(Address(key: key, isMade: isMade, member: Int32(index)))
            }
            if usesKey, !recipients[index].key.isEmpty { uniqueKeys.append((Key(lowered(recipients[index].key)), Int32(index))) }
        }
    }

    private mutating func list(_ known: RecipientNames, _ index: Int32) {
        for place in known.readings.places {
            if readings[place].wholeName != 0 { wholeNames.append((readings[place].wholeName, index)) }
            readings[place].nearKeys { nearNames.append(($0, index)) }
        }
        known.alias.forEach { shortNames.append(($0, index)) }
        if known.alias != known.directoryName { known.directoryName.forEach { shortNames.append(($0, index)) } }
    }
}
