import Parallel

/// The rows by what makes two of them rivals, and the MS Mail mailbox of each.
final class RowIndex: Sendable {
    /// Every row's MS Mail address; `nil` for a row whose postoffice is unknown.
    let mailboxes: [MSMailKey?]
    /// Whether each row brings an MS Mail address of its own.
    let bringsAddress: [Bool]
    /// Rows by whole name, words in any order.
    let byName: Postings
    /// Rows by a word of the name with the first letter of another one.
    let byNearName: Postings
    /// Rows by postoffice, where it is known, and a word of the name.
    let byWord: Postings
    /// Rows by mailbox name, without case.
    let byMailboxName: Postings
    /// Rows by the name of their NT account, without domain and case.
    let byAccount: Postings
    /// The postoffices that rows are known to come from.
    let postoffices: Set<Key>

    init(_ folded: FoldedRows) {
        mailboxes = folded.mailboxes
        bringsAddress = folded.bringsAddress
        let tables = Parallel.map(5, inPiecesOf: 1) { range in
            switch range.lowerBound {
            case 0: Postings(folded.nearNames)
            case 1: Postings(folded.wholeNames)
            case 2: Postings(folded.mailboxNames)
            case 3: Postings(folded.accounts)
            default: Postings(folded.words)
            }
        }
        byNearName = tables[0]
        byName = tables[1]
        byMailboxName = tables[2]
        byAccount = tables[3]
        byWord = tables[4]
        var postoffices: Set<Key> = []
        var last: Key = 0
        // Rows of a postoffice mostly stand together.
        for mailbox in folded.mailboxes {
            guard let mailbox, mailbox.postoffice != last else { continue }
            last = mailbox.postoffice
            postoffices.insert(last)
        }
        self.postoffices = postoffices
    }
}
