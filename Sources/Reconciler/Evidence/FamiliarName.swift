import Records
import Texts

/// A given name is a usual form of the other side's (Bill, William; Sepp, Josef), and the other words agree.
enum FamiliarName: Piece {
    static let name = "familiar-name"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        pair.likeness?.isFamiliar ?? false
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("full name ", pair.fullName, " is a usual form of ", pair.shownName)
    }
}
