import Records
import Texts

/// The Directory Name is the mailbox name, letters and digits only.
///
/// It comes from the first alias and never changes (Exchange 5.5 "Migration", XMG01009). Together with an equal alias it is one piece, not two.
enum DirectoryName: Piece {
    static let name = "directory-name"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        pair.names.directoryName.agrees(with: pair.rowNames.mailboxName)
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("directory name ")
        text.add(.directoryName, of: pair.recipient)
        text.add(" = mailbox name ", pair.mailboxName)
    }
}
