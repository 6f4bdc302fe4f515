/// The one or two plain spellings of a mailbox name, alias or Directory Name, as keys; 0 where there is none.
struct ShortNameKeys: Equatable {
    /// The spelling with marks dropped.
    let dropped: Key
    /// The other spelling, where there is one.
    let expanded: Key

    /// The keys of a name's letters and digits. `folding` holds the dropped spelling afterwards.
    init(_ name: String, _ folding: inout Folding) {
        folding.foldJoined(name)
        if folding.hasOtherSpelling {
            folding.foldJoined(name, .expanded)
            expanded = Self.key(folding)
            folding.foldJoined(name)
        } else {
            expanded = 0
        }
        dropped = Self.key(folding)
    }

    private static func key(_ folding: borrowing Folding) -> Key { folding.bytes.isEmpty ? 0 : Key(folding.bytes.span) }

    /// Calls `body` with each spelling.
    func forEach(_ body: (Key) -> Void) {
        if dropped != 0 { body(dropped) }
        if expanded != 0 { body(expanded) }
    }

    /// Whether a spelling of one is a spelling of the other.
    func agrees(with other: ShortNameKeys) -> Bool {
        (dropped != 0 && (dropped == other.dropped || dropped == other.expanded))
            || (expanded != 0 && (expanded == other.dropped || expanded == other.expanded))
    }
}
