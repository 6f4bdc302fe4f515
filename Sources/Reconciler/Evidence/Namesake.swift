import Records

/// Another entry of any kind, or another row, has the same surname and the same first letter of the given name, so the name alone does not
/// say who is meant: Jon Smith may be in the address book as Jack.
enum Namesake: Piece {
    static let name = "namesake"
    static let force = Evidence.Force.against
    /// A surname alone is asked for namesakes only where it may decide together with an old mailbox name.
    private static let agreeing = Facts(.surname, .formerMailboxName)

    static func holds(_ pair: Pair) -> Bool {
        let isNamed = pair.facts.has(.fullName) || pair.facts.has(.initialAndSurname) || pair.facts.isSuperset(of: Self.agreeing)
        guard isNamed, !pair.facts.has(.sameName) else { return false }
        let others = pair.namesakes
        return others.recipients + others.rows > 0
    }

    static func text(_ pair: Pair) -> String {
        let others = pair.namesakes
        return counted(others.recipients, others.rows) + " with the surname and first letter of \(pair.shownName)"
    }

    /// `2 other entries and 1 other row`.
    static func counted(_ recipients: Int, _ rows: Int) -> String {
        let entries = recipients == 0 ? "" : "\(recipients) other \(recipients == 1 ? "entry" : "entries")"
        let others = rows == 0 ? "" : "\(rows) other \(rows == 1 ? "row" : "rows")"
        return entries + (recipients > 0 && rows > 0 ? " and " : "") + others
    }
}
