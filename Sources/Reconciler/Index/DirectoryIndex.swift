import Parallel
import Records
import Synchronization

/// The recipients by everything that a row can be looked up by. Tombstones are in none of it, and who is excluded only under addresses and short names.
final class DirectoryIndex: Sendable {
    /// By whole MS Mail address, from `MS` and `MIGRATE` addresses.
    let byAddress: Postings
    /// By the mailbox name alone of an old MS Mail address.
    let byFormerName: Postings
    /// By whole name, words in any order.
    let byName: Postings
    /// By whole name with one blank less.
    let byJoinedName: Postings
    /// By every two words of the name, usual forms alike, where those are not the whole name.
    let byPair: Postings
    /// By each word of the name.
    let byWord: Postings
    /// By alias and by Directory Name.
    let byShortName: Postings
    /// By a word of the name with the first letter of another one.
    let byNearName: Postings
    /// By surname and first letter, those whose given name is only a letter.
    let byInitialName: Postings
    /// By unique key; by number where none is configured.
    let byKey: Postings
    /// The words of all names.
    let vocabulary: Vocabulary
    /// The words by what remains of them without a letter.
    let byRemainder: Postings
    /// Which postoffices in MS addresses are Exchange's own.
    let ownPostoffices: OwnPostoffices
    /// Whether each recipient has an MS address in a postoffice that Exchange did not make up, or that rows come from.
    let hasOldAddress: [Bool]
    /// How many mailboxes there are, tombstones and who is excluded apart.
    let mailboxCount: Int

    /// Takes the lists of `folded`, which are empty afterwards. `postoffices`: those that rows are known to come from.
    init(_ folded: inout FoldedRecipients, _ recipients: [Recipient], postoffices: Set<Key>) {
        let own = OwnPostoffices(folded.addresses)
        ownPostoffices = own
        var hasOldAddress = Array(repeating: false, count: recipients.count)
        // Looked up once for each postoffice, not for each address.
        let isOwn = own.all.map { own.contains($0) }
        let isOld = own.all.map { postoffices.contains($0) || !own.contains($0) }
        for (address, place) in zip(folded.addresses, own.places) where isOld[Int(place)] { hasOldAddress[Int(address.member)] = true }
        self.hasOldAddress = hasOldAddress
        vocabulary = folded.vocabulary
        // The longest first, so that no processor ends much later than the others. Each list is let go when its table stands.
        let addresses = folded.addresses
        let made: [@Sendable () -> Postings] = [
            Self.table(folded.nearNames), Self.table(folded.shortNames),
            { Postings(addresses.map { ($0.key.mailbox, $0.member) }) },
            Self.table(folded.wholeNames),
            { Postings(zip(addresses, own.places).compactMap { isOwn[Int($1)] ? nil : ($0.key.name, $0.member) }) },
            Self.table(folded.uniqueKeys), Self.table(folded.pairs), Self.table(folded.initialNames),
            { [vocabulary = folded.vocabulary] in vocabulary.remainders }, Self.table(folded.joinedNames), Self.table(folded.words),
        ]
        folded.dropLists()
        let tables = Parallel.map(made.count, inPiecesOf: 1) { made[$0.lowerBound]() }
        byNearName = tables[0]
        byShortName = tables[1]
        byAddress = tables[2]
        byName = tables[3]
        byFormerName = tables[4]
        byKey = tables[5]
        byPair = tables[6]
        byInitialName = tables[7]
        byRemainder = tables[8]
        byJoinedName = tables[9]
        byWord = tables[10]
        var mailboxCount = 0
        for index in recipients.indices
        where recipients[index].kind == .mailbox && !recipients[index].isDeleted && (folded.isExcluded.isEmpty || !folded.isExcluded[index])
        {
            mailboxCount += 1
        }
        self.mailboxCount = mailboxCount
    }

    /// Makes a list's table, and lets go of the list. To be called once.
    private static func table(_ list: [(key: Key, member: Int32)]) -> @Sendable () -> Postings {
        let list = Mutex(list)
        return {
            Postings(
                list.withLock { list in
                    defer { list = [] }
                    return list
                })
        }
    }
}
