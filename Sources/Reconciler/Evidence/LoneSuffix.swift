import Records
import Texts

/// Only one side has Jr, Sr, II, III or IV. People leave it out, so beside an address it does not matter; without one it may be the father.
enum LoneSuffix: Piece {
    static let name = "lone-suffix"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        guard !pair.rowNames.readings.isEmpty, !pair.names.readings.isEmpty else { return false }
        return (pair.rowNames.suffix == 0) != (pair.names.suffix == 0)
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("only one side has Jr, Sr or II: ", pair.fullName, ", ", pair.shownName)
    }
}
