import Records

/// Another entry of any kind, or another row, has the same surname and the same first letter of the given name, so the name alone does not
/// say who is meant: Jon Smith may be in the address book as Jack.
enum Namesake: Piece {
    static let name = "namesake"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        guard pair.facts.has(.fullName) || pair.facts.has(.initialAndSurname) || pair.facts.has(.surname) else { return false }
        let others = pair.namesakes
        return others.recipients + others.rows > 0
    }

    static func text(_ pair: Pair) -> String {
        let others = pair.namesakes
        let parts = [counted(others.recipients, "other entry", "other entries"), counted(others.rows, "other row", "other rows")]
        return parts.filter { !$0.isEmpty }.joined(separator: " and ") + " with the surname and first letter of \(pair.shownName)"
    }

    private static func counted(_ count: Int, _ one: String, _ many: String) -> String {
        count == 0 ? "" : "\(count) \(count == 1 ? one : many)"
    }
}
