import Records
import Texts

/// The names flatly disagree: no word of the full name, in any spelling, is or begins a word of the entry's names, or the other way round.
///
/// Beside an address, an alias or Directory Name like the mailbox name, or one of these with four letters of a name in it, is also enough
/// not to disagree. People marry, shorten their names and are called by initials, so anything shared (words like van and de apart) is enough not to disagree.
/// An address on a mailbox of flatly different names is stale, or the mailbox was handed on.
enum OtherNames: Piece {
    static let name = "other-names"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        let agreeing = Facts.wholeNames.union(Facts(.misspeltName, .initialAndSurname, .sharedWord, .surname))
        guard pair.facts.isDisjoint(with: agreeing) else { return false }
        if pair.facts.isDisjoint(with: .identifying) { return !pair.namesHaveSomethingInCommon }
        return pair.facts.isDisjoint(with: .shortName) && !NameComparison(pair).sharesAnything
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("the names ", pair.fullName, " and ", pair.shownName)
        text.add(" have nothing in common")
    }
}
