import Records
import Texts

/// The alias or Directory Name is the mailbox name and is not made as its container's names are made, so it was carried over from MS Mail.
///
/// The Directory Name comes from the first alias, so any exception counts there. An alias may have been changed to a newer habit, so it counts
/// only when no usual form makes it of the person's names. An alias that follows the habit (say, first letter and surname) agrees with every namesake, and adds nothing to an equal full name. The habit
/// is counted over the Directory Names of the container; it must rule at least half of at least 30 mailboxes. Where another row has the same mailbox
/// name and the mailbox's person a namesake, either row's may have been carried over, and it does not hold.
enum CarriedOver: Piece {
    static let name = "carried-over"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        isCarriedOver(pair) && !(pair.isMailboxNameShared && pair.hasNamesake)
    }

    private static func isCarriedOver(_ pair: Pair) -> Bool {
        (pair.facts.has(.directoryName) && pair.isExceptional(pair.names.directoryNameForms))
            || (pair.facts.has(.alias) && pair.names.aliasForms == [] && pair.isExceptional(pair.names.aliasForms))
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add(pair.mailboxName, " is not how names are made in ", pair.containerText, ", so it was carried over")
    }
}
