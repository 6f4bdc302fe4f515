import Records
import Texts

/// The administrator's map names this recipient for this mailbox.
///
/// It decides although the names differ: that is what a map is for. Another recipient that holds the row's address still speaks against.
enum ExplicitMap: Piece {
    static let name = "explicit-map"
    static let force = Evidence.Force.identifying

    static func holds(_ pair: Pair) -> Bool {
        pair.mapped != nil
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        guard let mapped = pair.mapped else { return }
        text.add("line \(mapped.line) of the map says that ", mapped.mailboxName, " is ", mapped.recipient)
    }
}
