import Records
import Texts

/// Both sides have middle initials, and none agrees.
enum OtherMiddleInitial: Piece {
    static let name = "other-middle-initial"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        !pair.rowNames.middleInitials.isEmpty && !pair.names.middleInitials.isEmpty
            && pair.rowNames.middleInitials.isDisjoint(with: pair.names.middleInitials)
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("middle initials differ: ", pair.rowNames.middleInitials.text, ", ", pair.names.middleInitials.text)
    }
}
