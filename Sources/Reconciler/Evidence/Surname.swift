import Records

/// A word of the full name is (part of) the entry's surname, where no more of the names agrees. Alone it only makes somebody worth a look.
enum Surname: Piece {
    static let name = "surname"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        guard !pair.facts.has(.fullName), !pair.facts.has(.initialAndSurname) else { return false }
        return word(pair) != nil
    }

    static func text(_ pair: Pair) -> String {
        "surname \(pair.recipient.surname.isEmpty ? pair.shownName : pair.recipient.surname) occurs in the full name \(pair.fullName)"
    }

    private static func word(_ pair: Pair) -> NameReading.Word? {
        for reading in pair.names.readings {
            for word in reading.surname where !word.isLink && pair.rowNames.readings.contains(where: { $0.words.contains(word) }) {
                return word
            }
        }
        return nil
    }
}
