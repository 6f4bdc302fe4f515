import Records
import Texts

/// The entry has a `MIGRATE` address with the row's whole MS Mail address.
///
/// The Migration Wizard writes it, and Exchange 5.5 finds the mailbox of an import by it (KB Q242184, Q182665).
enum MigrateAddress: Piece {
    static let name = "migrate-address"
    static let force = Evidence.Force.identifying

    static func holds(_ pair: Pair) -> Bool {
        pair.hasRowsAddress(type: "MIGRATE")
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("MIGRATE address ", pair.rowsAddress(type: "MIGRATE")?.value ?? "", " is the row's own")
    }
}
