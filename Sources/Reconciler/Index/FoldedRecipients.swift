import Parallel
import Records

/// All recipients' names and addresses, folded, and the lists of what they can be looked up by. Tombstones are in none of the lists,
/// and those who are excluded only in those of addresses and short names.
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
    /// Every two words of a name, usual forms alike, where that is not the whole name, each with its recipient.
    private(set) var pairs: [(key: Key, member: Int32)] = []
    /// Every word of a name, links apart, each with its recipient.
    private(set) var words: [(key: Key, member: Int32)] = []
    /// Aliases and Directory Names, each with its recipient.
    private(set) var shortNames: [(key: Key, member: Int32)] = []
    /// Words of names with the first letter of another, each with its recipient.
    private(set) var nearNames: [(key: Key, member: Int32)] = []
    /// A surname with the first letter of a given name that stands for it (J. Smith), each with its recipient.
    private(set) var initialNames: [(key: Key, member: Int32)] = []
    /// Whole names with one blank less, each with its recipient.
    private(set) var joinedNames: [(key: Key, member: Int32)] = []
    /// The words of all names.
    private(set) var vocabulary = Vocabulary()
    /// Unique keys, or numbers where no key is configured, each with its recipient.
    private(set) var uniqueKeys: [(key: Key, member: Int32)] = []

    /// The number that each recipient's key is; 0 for none.
    private(set) var numbers: [Key] = []
    /// The key of each recipient's container, as spelled.
    private(set) var containers: [Key] = []
    /// The key of each recipient's department, without case; 0 for none.
    private(set) var departments: [Key] = []

    /// Whether each recipient is excluded; empty where nobody is.
    private(set) var isExcluded: [Bool] = []

    /// Nobody yet.
    init() {}

    /// Folds all recipients, on all processors.
    init(_ recipients: [Recipient], _ rules: FoldingRules) {
        var pieces = Parallel.map(recipients.count, inPiecesOf: 4096) { range in
            FoldedRecipients(recipients, range, first: range.lowerBound, rules)
        }
        self.init(joining: &pieces)
    }

    /// The pieces of a directory, in their order. Each is emptied as it is taken, so that nothing is there twice.
    init(joining pieces: inout [FoldedRecipients]) {
        names.reserveCapacity(pieces.reduce(0) { $0 + $1.names.count })
        readings.reserveCapacity(pieces.reduce(0) { $0 + $1.readings.count })
        containers.reserveCapacity(pieces.reduce(0) { $0 + $1.containers.count })
        departments.reserveCapacity(pieces.reduce(0) { $0 + $1.departments.count })
        addresses.reserveCapacity(pieces.reduce(0) { $0 + $1.addresses.count })
        self.words.reserveCapacity(pieces.reduce(0) { $0 + $1.words.count })
        self.pairs.reserveCapacity(pieces.reduce(0) { $0 + $1.pairs.count })
        wholeNames.reserveCapacity(pieces.reduce(0) { $0 + $1.wholeNames.count })
        shortNames.reserveCapacity(pieces.reduce(0) { $0 + $1.shortNames.count })
        nearNames.reserveCapacity(pieces.reduce(0) { $0 + $1.nearNames.count })
        for place in pieces.indices {
            let piece = pieces[place]
            pieces[place] = FoldedRecipients()
            let distance = readings.count
            for var name in piece.names {
                name.moveReadings(by: distance)
                names.append(name)
            }
            readings += piece.readings
            containers += piece.containers
            departments += piece.departments
            isExcluded += piece.isExcluded
            numbers += piece.numbers
            addresses += piece.addresses
            wholeNames += piece.wholeNames
            self.pairs += piece.pairs
            self.words += piece.words
            shortNames += piece.shortNames
            nearNames += piece.nearNames
            initialNames += piece.initialNames
            joinedNames += piece.joinedNames
            vocabulary.add(piece.vocabulary)
            uniqueKeys += piece.uniqueKeys
        }
    }

    /// Some recipients that follow one another; `first` is the place of the first of them among all.
    init(_ recipients: [Recipient], _ range: Range<Int>, first: Int, _ rules: FoldingRules) {
        var desk = FoldingDesk()
        names.reserveCapacity(range.count)
        containers.reserveCapacity(range.count)
        departments.reserveCapacity(range.count)
        readings.reserveCapacity(range.count + range.count / 2)
        shortNames.reserveCapacity(range.count + range.count / 2)
        for index in range {
            let known = RecipientNames(recipients[index], &desk, &readings, &vocabulary)
            names.append(known)
            containers.append(Key(spelling: DistinguishedName.spelledParent(of: recipients[index].dn)))
            departments.append(recipients[index].withBytes(of: .department) { $0.isEmpty ? 0 : Key(withoutCase: $0) })
            numbers.append(rules.usesKey ? 0 : recipients[index].withBytes(of: .key) { Numbers.number($0) })
            let isExcluded = rules.exclusions.contains(recipients[index])
            if !rules.exclusions.isEmpty { self.isExcluded.append(isExcluded) }
            if recipients[index].isDeleted { continue }
            let member = Int32(first + index - range.lowerBound)
            recipients[index].forEachAddress { type, value in
                guard let key = MSMailKey(type: type, value: value) else { return }
                addresses.append(Address(key: key, isMade: OwnPostoffices.isMade(value, of: recipients[index]), member: member))
            }
            listShortNames(known, member)
            if isExcluded { continue }
            list(known, member, rules.givenNames)
            for name in desk.joinedNames { joinedNames.append((name, member)) }
            if rules.usesKey {
                if !recipients[index].isEmpty(.key) { uniqueKeys.append((Key(lowered(recipients[index].key)), member)) }
            } else if let number = numbers.last, number != 0 {
                uniqueKeys.append((number, member))
            }
        }
    }

    /// Lets go of the lists, of which tables are made.
    mutating func dropLists() {
        (wholeNames, pairs, words, shortNames) = ([], [], [], [])
        (nearNames, initialNames, joinedNames, uniqueKeys) = ([], [], [], [])
    }

    private mutating func list(_ known: RecipientNames, _ index: Int32, _ givenNames: GivenNames) {
        for place in known.readings.places {
            if readings[place].wholeName != 0 { wholeNames.append((readings[place].wholeName, index)) }
            if readings[place].loneName != 0 { wholeNames.append((readings[place].loneName, index)) }
            for word in readings[place].words where !word.isLink { words.append((word.key, index)) }
            let whole = readings[place].wholeName
            readings[place].pairKeys(givenNames) { if $0 != whole { pairs.append(($0, index)) } }
            readings[place].nearKeys { nearNames.append(($0, index)) }
            if readings[place].nameWordCount == 1 { readings[place].nearKeys { initialNames.append(($0, index)) } }
        }
    }

    private mutating func listShortNames(_ known: RecipientNames, _ index: Int32) {
        known.alias.forEach { shortNames.append(($0, index)) }
        if known.alias != known.directoryName { known.directoryName.forEach { shortNames.append(($0, index)) } }
    }
}
