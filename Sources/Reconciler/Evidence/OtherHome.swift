import Records
import Texts

/// The people of the row's postoffice live in one container, as the rows show whose mailbox is known, and this mailbox is not there.
enum OtherHome: Piece {
    static let name = "other-container"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        pair.home != nil && !pair.facts.has(.home)
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("the \(pair.peopleInWords) live elsewhere than in ", pair.containerText)
    }
}
