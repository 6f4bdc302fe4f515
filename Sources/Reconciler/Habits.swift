import Records

/// What the short names of a container are usually made of: first letter and surname, first name and a letter, and so on.
///
/// An alias that follows the habit agrees with everybody of that name, so it adds nothing to a name that agrees already. One that does not
/// follow it and still is the mailbox name was carried over from MS Mail.
struct Habits {
    /// Ways to make a short name of a given name and a surname.
    struct Forms: OptionSet {
        let rawValue: UInt8
        /// `jsmith`
        static let initialSurname = Forms(rawValue: 1)
        /// `smithj`
        static let surnameInitial = Forms(rawValue: 2)
        /// `johns`
        static let givenInitial = Forms(rawValue: 4)
        /// `johnsmith`, `john.smith`
        static let givenSurname = Forms(rawValue: 8)
        /// `smithjohn`
        static let surnameGiven = Forms(rawValue: 16)
        /// `john`
        static let given = Forms(rawValue: 32)
        /// `smith`
        static let surname = Forms(rawValue: 64)
    }

    /// Mailboxes with names that a container needs before it has habits; a smaller one has those of the container above.
    static let leastNamed = 30
    /// From this share on a form is a habit.
    private static let share = 0.25
    /// From this share on a form rules its container, so that a name of another form is an exception.
    private static let ruling = 0.5

    private var named: [Int]
    private var counts: [[Int]]

    /// Counts the Directory Names of `mailboxes`, whose forms are given by `forms`.
    init(mailboxes: [Int], tree: ContainerTree, forms: (Int) -> Forms?) {
        named = Array(repeating: 0, count: tree.names.count)
        counts = Array(repeating: Array(repeating: 0, count: 8), count: tree.names.count)
        for mailbox in mailboxes {
            guard let forms = forms(mailbox) else { continue }
            for container in tree.lineage(of: mailbox) {
                named[Int(container)] += 1
                for bit in 0..<8 where forms.rawValue & 1 << UInt8(bit) != 0 { counts[Int(container)][bit] += 1 }
            }
        }
    }

    /// Whether a short name of these forms is not what the habits of its container make. False where that cannot be said.
    func isExceptional(_ forms: Forms?, lineage: [Int32]) -> Bool {
        guard let forms, let container = lineage.first(where: { named[Int($0)] >= Self.leastNamed }).map(Int.init) else { return false }
        let shares = counts[container].map { Double($0) / Double(named[container]) }
        guard shares.contains(where: { $0 >= Self.ruling }) else { return false }
        return !(0..<8).contains { forms.rawValue & 1 << UInt8($0) != 0 && shares[$0] >= Self.share }
    }

    /// The names that short names are made of, folded.
    struct Parts {
        private let givens: [[UInt8]]
        private let surnames: [[UInt8]]

        /// `nil` where one is missing.
        init?(given: String, surname: String) {
            guard !given.isEmpty, !surname.isEmpty else { return nil }
            givens = Folding.joined(given)
            surnames = Folding.joined(surname)
        }

        /// The forms that make one of these short names, its number apart; a name of seven letters and more may be cut.
        func forms(of names: [[UInt8]]) -> Forms {
            guard let name = names.first else { return [] }
            var stem = name[...]
            while let last = stem.last, last <= UInt8(ascii: "9") { stem.removeLast() }
            var result: Forms = []
            for given in givens {
                for surname in surnames where !given.isEmpty && !surname.isEmpty { result.formUnion(Self.forms(of: stem, given, surname)) }
            }
            return result
        }

        private static func forms(of stem: ArraySlice<UInt8>, _ given: [UInt8], _ surname: [UInt8]) -> Forms {
            var result: Forms = []
            if isMade(stem, of: given.prefix(1), surname[...]) { result.insert(.initialSurname) }
            if isMade(stem, of: surname[...], given.prefix(1)) { result.insert(.surnameInitial) }
            if isMade(stem, of: given[...], surname.prefix(1)) { result.insert(.givenInitial) }
            if isMade(stem, of: given[...], surname[...]) { result.insert(.givenSurname) }
            if isMade(stem, of: surname[...], given[...]) { result.insert(.surnameGiven) }
            if stem.elementsEqual(given) { result.insert(.given) }
            if stem.elementsEqual(surname) { result.insert(.surname) }
            return result
        }

        private static func isMade(_ stem: ArraySlice<UInt8>, of first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Bool {
            let length = first.count + second.count
            guard stem.count == length || (stem.count >= 7 && stem.count < length) else { return false }
            return stem.prefix(first.count).elementsEqual(first.prefix(stem.count))
                && stem.dropFirst(first.count).elementsEqual(second.prefix(max(0, stem.count - first.count)))
        }
    }
}
