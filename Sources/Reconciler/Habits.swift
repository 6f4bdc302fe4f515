import Records

/// What the short names of a container are usually made of: first letter and surname, first name and a letter, and so on.
///
/// An alias that follows the habit agrees with everybody of that name, so it adds nothing to a name that agrees already. One that does not
/// follow it and still is the mailbox name was carried over from MS Mail.
struct Habits {
    /// A way to make a short name of a given name and a surname.
    enum Form: Int, CaseIterable {
        /// `jsmith`
        case initialSurname
        /// `smithj`
        case surnameInitial
        /// `johns`
        case givenInitial
        /// `johnsmith`, `john.smith`
        case givenSurname
        /// `smithjohn`
        case surnameGiven
        /// `john`
        case given
        /// `smith`
        case surname

        /// The short name that this form makes of folded names without blanks.
        func make(_ given: [UInt8], _ surname: [UInt8]) -> [UInt8] {
            switch self {
            case .initialSurname: given.prefix(1) + surname
            case .surnameInitial: surname + given.prefix(1)
            case .givenInitial: given + surname.prefix(1)
            case .givenSurname: given + surname
            case .surnameGiven: surname + given
            case .given: given
            case .surname: surname
            }
        }
    }

    /// Mailboxes with names that a container needs before it has habits; a smaller one has those of the container above.
    static let leastNamed = 30
    /// From this share on a form is a habit.
    private static let share = 0.25
    /// From this share on a form rules its container, so that a name of another form is an exception.
    private static let ruling = 0.5

    private var named: [Int32: Int] = [:]
    private var counts: [Int32: [Int]] = [:]

    init(_ recipients: [Recipient], mailboxes: [Int], tree: ContainerTree) {
        for index in mailboxes {
            guard let forms = Self.forms(of: recipients[index].directoryName, recipients[index]) else { continue }
            for container in tree.lineage(of: index) {
                named[container, default: 0] += 1
                for form in forms { counts[container, default: Array(repeating: 0, count: Form.allCases.count)][form.rawValue] += 1 }
            }
        }
    }

    /// Whether `shortName` is not what the habits of the recipient's container make of its names. False where that cannot be said.
    func isExceptional(_ shortName: String, _ recipient: Recipient, lineage: [Int32]) -> Bool {
        guard let forms = Self.forms(of: shortName, recipient) else { return false }
        guard let container = lineage.first(where: { (named[$0] ?? 0) >= Self.leastNamed }), let total = named[container] else { return false }
        let shares = (counts[container] ?? []).map { Double($0) / Double(total) }
        guard shares.contains(where: { $0 >= Self.ruling }) else { return false }
        return !forms.contains { shares[$0.rawValue] >= Self.share }
    }

    /// The forms that make `shortName` (without its number) of the recipient's names; `nil` when a name is missing.
    static func forms(of shortName: String, _ recipient: Recipient) -> [Form]? {
        let givens = Folding.joined(recipient.givenName)
        let surnames = Folding.joined(recipient.surname)
        guard givens != [[]], surnames != [[]], let name = Folding.joined(shortName).first, !name.isEmpty else { return nil }
        var stem = name[...]
        while let last = stem.last, last <= UInt8(ascii: "9") { stem.removeLast() }
        return Form.allCases.filter { form in
            givens.contains { given in
                surnames.contains { surname in
                    let made = form.make(given, surname)
                    return made.elementsEqual(stem) || (stem.count >= 7 && made.starts(with: stem))
                }
            }
        }
    }
}
