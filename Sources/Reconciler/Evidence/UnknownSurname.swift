import Records
import Texts

/// One name has words that the other has not, and neither text says which word is the surname: it may be one of those, and Robert Paul somebody else
/// than Robert Paul Wilson.
enum UnknownSurname: Piece {
    static let name = "unknown-surname"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        pair.facts.has(.partialName) && pair.hasUnknownSurname
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("neither ", pair.fullName, " nor ")
        pair.writeShownName(to: &text)
        text.add(" says which word is the surname")
    }
}
