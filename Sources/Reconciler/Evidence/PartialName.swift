import Records
import Texts

/// Every word of one name is in the other one, which has more: a department or remark beside the name, a second surname, a middle name.
enum PartialName: Piece {
    static let name = "partial-name"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        pair.likeness?.isPartial ?? false
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("full name ", pair.fullName, " and ", pair.shownName)
        text.add(" are the same but for words that only one of them has")
    }
}
