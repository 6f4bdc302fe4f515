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

    /// The place of names that no known form makes, behind those of the forms.
    private static let other = 7

    /// For each container the forms that are habits there; `nil` where none rules, or too few mailboxes are known.
    private var usual: [ShortNameForms?] = []
    /// For each container how many mailboxes were counted, and how many of their names each form makes.
    private var named: [Int32]
    private var counts: [Int32]
    /// For each container where its names were counted: itself, or, where it is small, one above it.
    private var counted: [Int32] = []

    /// Counts the Directory Names of `mailboxes`, whose forms are given by `forms`.
    init(mailboxes: [Int], tree: ContainerTree, forms: (Int) -> ShortNameForms?) {
        named = Array(repeating: 0, count: tree.names.count)
        counts = Array(repeating: 0, count: tree.names.count * 8)
        for mailbox in mailboxes {
            guard let forms = forms(mailbox) else { continue }
            let container = Int(tree.containers[mailbox])
            named[container] += 1
            for bit in 0..<8 where forms.rawValue & 1 << UInt8(bit) != 0 { counts[container * 8 + bit] += 1 }
            if forms.isEmpty { counts[container * 8 + Self.other] += 1 }
        }
        // What stands below a container counts there, too. Containers stand behind those above them.
        for container in tree.names.indices.reversed() {
            guard let above = tree.parent(of: container) else { continue }
            named[above] += named[container]
            for bit in 0..<8 { counts[above * 8 + bit] += counts[container * 8 + bit] }
        }
        usual.reserveCapacity(named.count)
        counted.reserveCapacity(named.count)
        for container in named.indices {
            if named[container] < Self.leastNamed, let above = tree.parent(of: container) {
                usual.append(usual[above])
                counted.append(counted[above])
            } else {
                usual.append(Self.usual(Int(named[container]), counts[(container * 8)..<(container * 8 + Self.other)]))
                counted.append(Int32(container))
            }
        }
    }

    private static func usual(_ named: Int, _ counts: ArraySlice<Int32>) -> ShortNameForms? {
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

    /// How often a short name of the container is made by one of these forms, the most usual of them, or, where there is none, by no known one; from 0 to 1, as if eight more had been counted
    /// that `usual` says.
    func share(of forms: ShortNameForms, container: Int, usual: Double) -> Double {
        let place = Int(counted[container])
        // A habit that is not known here is one all the same.
        var most = forms.isEmpty ? counts[place * 8 + Self.other] : 0
        for bit in 0..<8 where forms.rawValue & 1 << UInt8(bit) != 0 { most = max(most, counts[place * 8 + bit]) }
        return (Double(most) + 8 * usual) / Double(named[place] + 8)
    }
}
