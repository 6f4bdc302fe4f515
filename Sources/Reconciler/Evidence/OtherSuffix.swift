import Records

/// One side has Jr, Sr, II, III or IV, and the other has not, or has another.
enum OtherSuffix: Piece {
    static let name = "other-suffix"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        guard !pair.rowNames.readings.isEmpty, !pair.names.readings.isEmpty else { return false }
        let own = Set(pair.rowNames.readings.map(\.suffix)).subtracting([0])
        return own != Set(pair.names.readings.map(\.suffix)).subtracting([0])
    }

    static func text(_ pair: Pair) -> String {
        "Jr, Sr or II differs: \(pair.row.fullName), \(pair.shownName)"
    }
}
