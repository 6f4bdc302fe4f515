import Records
import Texts

/// The alias is the mailbox name, letters and digits only: `j.smith` and `JSMITH`.
///
/// An alias can be changed at any time (Exchange 5.5 "Concepts and Planning", XCP06023).
enum Alias: Piece {
    static let name = "alias"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        pair.names.alias.agrees(with: pair.rowNames.mailboxName)
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("alias ")
        text.add(.alias, of: pair.recipient)
        text.add(" = mailbox name ", pair.mailboxName)
    }
}
