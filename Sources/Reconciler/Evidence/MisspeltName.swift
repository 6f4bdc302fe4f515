import Records
import Texts

/// The names are the same but for a slip in one word of four letters and more (a letter left out, put in or exchanged, or two turned round), a
/// blank (MaryAnne, Mary Anne), or the end of the last word, where the full name has the 30 characters after which MS Mail cuts it (KB Q104869).
///
/// Looked for only where nobody has the row's names as they are written. Makes somebody worth a look, and a rival of others: Hansen and Hanson
/// are two people as often as one.
enum MisspeltName: Piece {
    static let name = "misspelt-name"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        pair.isFoundBySlip && pair.facts.isDisjoint(with: .wholeNames)
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("full name ", pair.fullName, " and ", pair.shownName)
        text.add(" are the same but for a slip")
    }
}
