import Records
import Texts

/// The middle initial agrees. On the row it stands in the full name, or in a mailbox name made of three initials (`JQS`, `JQS2`).
enum MiddleInitial: Piece {
    static let name = "middle-initial"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        !pair.middleInitials.isEmpty
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("middle initial ", pair.middleInitials.text, " agrees")
    }
}
