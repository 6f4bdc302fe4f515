import Records
import Texts

/// The entry has an `MS` address that is the row's whole MS Mail address: network, postoffice and mailbox name.
///
/// A user who took part in directory synchronization keeps it beside the address that Exchange made (KB Q164456). An address in Exchange's own
/// network and postoffice proves nothing, and never equals the row's.
enum MSAddress: Piece {
    static let name = "ms-address"
    static let force = Evidence.Force.identifying

    static func holds(_ pair: Pair) -> Bool {
        pair.hasRowsAddress(type: "MS")
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("MS address ", pair.rowsAddress(type: "MS")?.value ?? "", " is the row's own")
    }
}
