import Records
import Texts

/// A word of the row's full name is in nobody else's name: neither another entry, of any kind, nor another row has it.
///
/// Asked only where the place is to decide. Relatives and namesakes by chance share the surname; without such a word somebody of the same name, of
/// whom the directory or the list does not tell, is likelier.
enum OnlyBearer: Piece {
    static let name = "only-bearer"
    static let force = Evidence.Force.naming
    private static let place = Facts(.fullName, .home, .homeDepartment)

    static func holds(_ pair: Pair) -> Bool {
        pair.facts.isSuperset(of: place) && pair.hasWordOfNobodyElse
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("nobody else has a word of the name ", pair.fullName)
    }
}
