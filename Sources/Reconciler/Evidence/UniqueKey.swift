import Records
import Texts

/// The key that the configuration names (an employee number) is the same on both sides. Compares without case.
enum UniqueKey: Piece {
    static let name = "unique-key"
    static let force = Evidence.Force.identifying

    static func holds(_ pair: Pair) -> Bool {
        pair.usesUniqueKey && !pair.row.key.isEmpty && lowered(pair.row.key) == lowered(pair.recipient.key)
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("unique key ", pair.recipient.key, " is the same on both sides")
    }
}
