import Records

/// The names flatly disagree: no word of the full name, in any spelling, is in or begins a word of the entry's names, and neither the mailbox
/// name with the alias or Directory Name, nor one of these with a name, has anything in common.
///
/// People marry, shorten their names and are called by initials, so anything shared (words like van and de apart) is enough not to disagree.
/// An address on a mailbox of flatly different names is stale, or the mailbox was handed on.
enum OtherNames: Piece {
    static let name = "other-names"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        !pair.facts.has(.fullName) && !pair.facts.has(.initialAndSurname) && !pair.facts.has(.surname)
            && !NameComparison(pair).sharesAnything
    }

    static func text(_ pair: Pair) -> String {
        "the names \(pair.row.fullName) and \(pair.shownName) have nothing in common"
    }
}
