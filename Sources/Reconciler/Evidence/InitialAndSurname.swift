import Records
import Texts

/// One side has only the first letter of the given name (`J. Smith`), and letter and surname agree with the other side.
enum InitialAndSurname: Piece {
    static let name = "initial-and-surname"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        guard pair.facts.isDisjoint(with: Facts.wholeNames.union(Facts(.misspeltName))) else { return false }
        return pair.anyReadings { fits($0, $1) || fits($1, $0) }
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("full name ", pair.fullName, " agrees with ", pair.shownName)
        text.add(" by surname and first letter")
    }

    /// Whether `short`, a surname with an initial, is a shorter form of `long`. Where that tells its surname, a surname may have several words, and
    /// the letter is of a given name.
    private static func fits(_ short: NameReading, _ long: NameReading) -> Bool {
        guard short.firstInitial != 0, let word = short.words.first(where: { !$0.isLink }) else { return false }
        if long.surnameCount > 0, long.nameWordCount > 1 {
            return short.words.allSatisfy { $0.isLink || long.surname.contains($0) }
                && long.givenName.contains { !$0.isLink && $0.initial == short.firstInitial }
        }
        guard short.nameWordCount == 1 else { return false }
        // Both have no more.
        if long.nameWordCount == 1, long.words.contains(word) { return long.firstInitial == short.firstInitial }
        return long.words.contains(word) && long.words.contains { $0 != word && !$0.isLink && $0.initial == short.firstInitial }
    }
}
