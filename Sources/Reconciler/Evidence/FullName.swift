import Records
import Texts

/// The full name and a name of the entry (display name, given name and surname, or the names in the X.400 address, which keep an
/// earlier surname) are the same words, whatever their case, accents, order and punctuation: `MÜLLER, JÖRG`, `Joerg Mueller`, `Jorg Muller`.
///
/// At least two whole words. Not when both sides say which word is the surname and mean different ones: Martin Thomas is not Thomas Martin.
/// Initials, titles, degrees and what stands in brackets are not compared here.
enum FullName: Piece {
    static let name = "full-name"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        pair.hasSameName
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("full name ", pair.fullName)
        let others = pair.additionsThatDiffer
        text.add(others.isEmpty ? " = " : " and ")
        pair.writeSameName(to: &text)
        if !others.isEmpty { text.add(" agree but for ", others.joined(separator: ", ")) }
    }
}
