import Records
import Texts

/// A word of the name that row and entry share is in no other entry's name, of whatever kind.
///
/// Says how rare the name is, and so how likely somebody else of the same name is; adds nothing by itself.
/// Not asked where somebody is identified.
enum OnlyBearer: Piece {
    static let name = "only-bearer"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        !pair.facts.isDisjoint(with: .wholeNames) && pair.facts.isDisjoint(with: .identifying) && pair.hasWordOfNobodyElse
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        let words = pair.sharedWords(of: pair.fullName) { key, _ in
            pair.scene.directory.byWord.count(key, apartFrom: pair.recipientIndex) == 0
        }
        if words.isEmpty { return text.add("a word of the name ", pair.fullName, " is in no other entry's name") }
        text.add("no other entry has ", words.joined(separator: " or "), " in its name")
    }
}
