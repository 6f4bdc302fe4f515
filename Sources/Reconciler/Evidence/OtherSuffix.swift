import Records
import Texts

/// Both sides have Jr, Sr, II, III or IV, and not the same. Speaks against an address, too: father and son share names, and sometimes mailboxes.
enum OtherSuffix: Piece {
    static let name = "other-suffix"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        pair.rowNames.suffix != pair.names.suffix && pair.rowNames.suffix != 0 && pair.names.suffix != 0
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("Jr, Sr or II differs: ", pair.fullName, ", ", pair.shownName)
    }
}
