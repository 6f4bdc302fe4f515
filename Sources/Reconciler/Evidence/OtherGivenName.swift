import Records
import Texts

/// The surname agrees, but the given names are different words. Either a nickname, or somebody else of the family.
enum OtherGivenName: Piece {
    static let name = "other-given-name"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        pair.facts.has(.surname) && !pair.sharesGivenName && pair.givenNamesDiffer
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("given names differ: ", pair.fullName, ", ", pair.shownName)
    }
}
