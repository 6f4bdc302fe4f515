import Records
import Texts

/// The mailbox name is an employee number, as the people show who are known otherwise, and the entry lists another one.
enum OtherNumber: Piece {
    static let name = "other-number"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool { pair.numbers.map { $0.own != $0.theirs } ?? false }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("mailbox name ", pair.mailboxName, " is an employee number, and the entry lists ", pair.recipient.key)
    }
}
