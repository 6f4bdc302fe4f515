/// What the short names of a container are usually made of: first letter and surname, first name and a letter, and so on.
///
/// An alias that follows the habit agrees with everybody of that name, so it adds nothing to a name that agrees already. One that does not
/// follow it and still is the mailbox name was carried over from MS Mail.
struct Habits {
    /// Mailboxes with names that a container needs before it has habits; a smaller one has those of the container above.
    static let leastNamed = 30
    /// From this share on a form is a habit.
    private static let share = 0.25
    /// From this share on a form rules its container, so that a name of another form is an exception.
    private static let ruling = 0.5

    /// For each container the forms that are habits there; `nil` where none rules, or too few mailboxes are known.
    private var usual: [ShortNameForms?] = []

    /// Counts the Directory Names of `mailboxes`, whose forms are given by `forms`.
    init(mailboxes: [Int], tree: ContainerTree, forms: (Int) -> ShortNameForms?) {
        var named = Array(repeating: 0, count: tree.names.count)
        var counts = Array(repeating: 0, count: tree.names.count * 8)
        for mailbox in mailboxes {
            guard let forms = forms(mailbox) else { continue }
            let container = Int(tree.containers[mailbox])
            named[container] += 1
            for bit in 0..<8 where forms.rawValue & 1 << UInt8(bit) != 0 { counts[container * 8 + bit] += 1 }
        }
        // What stands below a container counts there, too. Containers stand behind those above them.
        for container in tree.names.indices.reversed() {
            guard let above = tree.parent(of: container) else { continue }
            named[above] += named[container]
            for bit in 0..<8 { counts[above * 8 + bit] += counts[container * 8 + bit] }
        }
        usual.reserveCapacity(named.count)
        for container in named.indices {
            if named[container] < Self.leastNamed, let above = tree.parent(of: container) {
                usual.append(usual[above])
            } else {
                usual.append(Self.usual(named[container], counts[(container * 8)..<(container * 8 + 8)]))
            }
        }
    }

    private static func usual(_ named: Int, _ counts: ArraySlice<Int>) -> ShortNameForms? {
        guard named >= leastNamed, counts.contains(where: { Double($0) >= ruling * Double(named) }) else { return nil }
        return counts.enumerated().reduce(into: []) { forms, count in
            if Double(count.element) >= share * Double(named) { forms.insert(ShortNameForms(rawValue: 1 << UInt8(count.offset))) }
        }
    }

    /// Whether a short name of these forms is not what the habits of its container make. False where that cannot be said.
    func isExceptional(_ forms: ShortNameForms?, container: Int) -> Bool {
        guard let forms, let usual = usual[container] else { return false }
        return forms.isDisjoint(with: usual)
    }
}
