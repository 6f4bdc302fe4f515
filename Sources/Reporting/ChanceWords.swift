import Records
import Texts

/// The chance that a mailbox is somebody else's, taken apart: one line for each number of which it is made.
enum ChanceWords {
    /// The section's lines without its heading; none where the plan does not say. `mailboxes`: how many the directory has.
    static func lines(of row: PlannedRow, mailboxes: Int) -> [String] {
        guard let once = row.wrongOnceIn, !row.factors.isEmpty else { return [] }
        let numbers = row.factors.map { number($0.value) }
        let width = numbers.map(\.count).max() ?? 0
        var lines: [String] = []
        for (place, factor) in row.factors.enumerated() {
            lines.append("\(place == 0 ? " " : "×") \(numbers[place].padded(to: width))  \(words(factor))")
        }
        lines.append("= once in \(once)")
        if mailboxes < ChanceFactor.leastMailboxes {
            let counted = row.factors.contains { $0.name == .shortNames } ? "; only the alias is counted" : ""
            lines.append("taken as usual, since there is too little to count in (mailboxes: \(mailboxes))\(counted)")
        }
        return lines
    }

    /// A number above 0 as the plan has it.
    static func number(_ value: Double) -> String {
        var text = TextBuffer()
        text.add(decimal: value)
        return text.text(0..<text.count)
    }

    private static func words(_ factor: ChanceFactor) -> String {
        switch factor.name {
        case .withoutMailbox: "rows whose person has no mailbox that shows, for each that has one"
        case .unclaimed: "of the mailboxes are reached for by no row"
        case .namesakes: "others of such a name are to be expected where the mailbox is"
        case .department:
            factor.value < 1
                ? "another one works in the department of the row's people so much less often"
                : "another one works elsewhere than the row's people so much more often"
        case .shortNames:
            factor.value < 1
                ? "another one has the row's mailbox name as alias and Directory Name so much less often"
                : "people of the postoffice kept their mailbox name as alias; another one has other short names so much more often"
        case .middleInitial: "another one has the row's middle initial so often"
        case .carriedOver: "another one has a short name that was carried over so often"
        case .formerName: "another one has the row's old mailbox name so often"
        case .stale: "of the addresses and keys are somebody else's by now"
        case .agreement: "of those stand beside names that agree as well as these"
        }
    }
}
