import Records
import Texts

/// The mailbox name is a number (E104711), the entry lists the same one as employee number, and the people who are known otherwise show that the one is
/// the other.
enum EmployeeNumber: Piece {
    static let name = "employee-number"
    static let force = Evidence.Force.identifying

    static func holds(_ pair: Pair) -> Bool { pair.numbers.map { $0.own == $0.theirs } ?? false }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("mailbox name ", pair.mailboxName, " has employee number ", pair.recipient.key)
        text.add(", as for ")
        text.add(pair.peopleWithNumber)
        text.add(" people known otherwise")
    }
}
