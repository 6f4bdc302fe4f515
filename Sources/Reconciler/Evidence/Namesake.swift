import Records
import Texts

/// Another entry of any kind, or another row, has the same surname and the same first letter of the given name, so the name alone does not
/// say who is meant: Jon Smith may be in the address book as Jack.
enum Namesake: Piece {
    static let name = "namesake"
    static let force = Evidence.Force.against
    /// A surname alone is asked for namesakes only where it may decide together with an old mailbox name.
    private static var agreeing: Facts { Facts(.surname, .formerMailboxName) }

    static func holds(_ pair: Pair) -> Bool {
        let isNamed =
            !pair.facts.isDisjoint(with: .wholeNames) || pair.facts.has(.initialAndSurname) || pair.facts.isSuperset(of: Self.agreeing)
        return isNamed && !pair.facts.has(.sameName) && pair.hasNamesake
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        let others = pair.namesakes
        writeCount(others.recipients, others.rows, to: &text)
        text.add(" with the surname and first letter of ")
        pair.writeShownName(to: &text)
    }

    /// Writes `2 other entries and 1 other row`.
    static func writeCount(_ recipients: Int, _ rows: Int, to text: inout TextBuffer) {
        if recipients > 0 {
            text.add(recipients)
            text.add(recipients == 1 ? " other entry" : " other entries")
        }
        if recipients > 0, rows > 0 { text.add(" and ") }
        if rows > 0 {
            text.add(rows)
            text.add(rows == 1 ? " other row" : " other rows")
        }
    }
}
