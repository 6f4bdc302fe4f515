import Parallel

/// The rows by what makes two of them rivals, and the MS Mail mailbox of each.
final class RowIndex: Sendable {
    /// Every row's MS Mail address; `nil` for a row whose postoffice is unknown.
    let mailboxes: [MSMailKey?]
    /// Rows by whole name, words in any order.
    let byName: Postings
    /// Rows by a word of the name with the first letter of another one.
    let byNearName: Postings
    /// The postoffices that rows are known to come from.
    let postoffices: Set<Key>

    init(_ folded: FoldedRows) {
        mailboxes = folded.mailboxes
        let tables = Parallel.map(2, inPiecesOf: 1) { Postings($0.lowerBound == 0 ? folded.nearNames : folded.wholeNames) }
        byNearName = tables[0]
        byName = tables[1]
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
