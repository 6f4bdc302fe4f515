import Records

/// One side has Jr, Sr, II, III or IV, and the other has not, or has another.
enum OtherSuffix: Piece {
    static let name = "other-suffix"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        pair.rowNames.suffix != pair.names.suffix && !pair.rowNames.readings.isEmpty && !pair.names.readings.isEmpty
    }

    static func text(_ pair: Pair) -> String {
        "Jr, Sr or II differs: \(pair.row.fullName), \(pair.shownName)"
    }
}
