import Records
import Texts

/// Another entry of any kind, or another row, has the very same full name. Custom recipients and accounts count: the row may be theirs.
enum SameName: Piece {
    static let name = "same-name"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        pair.facts.has(.fullName) && pair.isNameShared
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        let others = pair.sameNames
        Namesake.writeCount(others.recipients, others.rows, to: &text)
        text.add(" with the same full name")
    }
}
