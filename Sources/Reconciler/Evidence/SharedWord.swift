import Records
import Texts

/// A word of the row's names is one of the entry's, and that says something: both have no other word (`山田太郎`, `Suharto`, `Reception`); or few
/// others have it, or the row has the first letter of another word of the entry's (`M. Berg Support`, `Mary Berg`), and the entry is nobody's otherwise.
///
/// The latter is looked for last, for rows that nothing else fits, before it is said that somebody has no mailbox: an uncommon surname beside another
/// given name may be a middle name that is used, and an uncommon given name beside another surname a marriage. Makes somebody worth a look,
/// and decides nothing.
enum SharedWord: Piece {
    static let name = "shared-word"
    static let force = Evidence.Force.naming
    /// A word of more entries says too little.
    static let mostBearers = 5

    static func holds(_ pair: Pair) -> Bool {
        if pair.hasSameLoneName { return true }
        return pair.isLastLook && (pair.sharesWordOfFew(mostBearers) || pair.sharesWordAndInitial)
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("full name ", pair.fullName, " and ")
        pair.writeShownName(to: &text)
        if pair.hasSameLoneName { return text.add(" are the same word") }
        let isRare = pair.sharesWordOfFew(mostBearers)
        let words = pair.sharedWords(of: pair.fullName) { key, _ in !isRare || pair.scene.directory.byWord.count(key) <= mostBearers }
        text.add(" share ", words.isEmpty ? "a word" : words.joined(separator: " and "))
        text.add(isRare ? (words.isEmpty ? " that few have" : ", which few have") : ", and the first letter of another word")
    }
}
