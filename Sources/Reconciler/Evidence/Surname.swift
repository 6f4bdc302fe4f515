import Records
import Texts

/// A word of the full name is (part of) the entry's surname, where no more of the names agrees. Alone it only makes somebody worth a look.
enum Surname: Piece {
    static let name = "surname"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        guard pair.facts.isDisjoint(with: Facts.wholeNames.union(Facts(.misspeltName, .initialAndSurname))) else { return false }
        return pair.anyReadings { own, theirs in theirs.surname.contains { word in !word.isLink && own.words.contains(word) } }
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        let surname = pair.recipient.surname
        let source = surname.isEmpty ? pair.shownName : surname
        let shared = pair.sharedWords(of: source) { key, theirs in theirs.surname.contains { $0.key == key } }
        if !surname.isEmpty, shared.count == Pair.words(of: surname).count {
            text.add("surname ", surname)
        } else if shared.isEmpty {
            text.add("a word of the surname of ", source)
        } else {
            text.add(shared.joined(separator: " "), surname.isEmpty ? " as surname in " : " of the surname ", source)
        }
        text.add(" occurs in the full name ", pair.fullName)
    }
}
