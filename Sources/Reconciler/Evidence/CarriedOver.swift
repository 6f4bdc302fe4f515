import Records

/// The alias or Directory Name is the mailbox name and is not made as its container's names are made, so it was carried over from MS Mail.
///
/// An alias that follows the habit (say, first letter and surname) agrees with every namesake, and adds nothing to an equal full name. The habit
/// is counted over the Directory Names of the container; it must rule at least half of at least 30 mailboxes.
enum CarriedOver: Piece {
    static let name = "carried-over"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        (pair.facts.has(.directoryName) && pair.isExceptional(pair.names.directoryNameForms))
            || (pair.facts.has(.alias) && pair.isExceptional(pair.names.aliasForms))
    }

    static func text(_ pair: Pair) -> String {
        "\(pair.row.mailboxName) is not how names are made in \(pair.containerText), so it was carried over"
    }
}
