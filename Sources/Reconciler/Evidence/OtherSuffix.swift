import Records

/// Both sides have Jr, Sr, II, III or IV, and not the same. Speaks against an address, too: father and son share names, and sometimes mailboxes.
enum OtherSuffix: Piece {
    static let name = "other-suffix"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        pair.rowNames.suffix != pair.names.suffix && pair.rowNames.suffix != 0 && pair.names.suffix != 0
    }

    static func text(_ pair: Pair) -> String {
        "Jr, Sr or II differs: \(pair.fullName), \(pair.shownName)"
    }
}
