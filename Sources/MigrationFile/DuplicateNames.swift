internal import Records

/// Marks rows that name one MS Mail mailbox twice. Mailbox names are unique within a postoffice, not across
/// postoffices (KB Q146676), and compare without case.
///
/// A row without an address of its own is taken to be in the postoffice that the caller told, or else in the only one
/// that the file names. Where there are several, such rows are only compared with each other: that one of them is the
/// same as a row with an address cannot be said, and would take a row with good evidence out of the run.
struct DuplicateNames {
    private var offices = PostofficeMemory()
    private var keys: [Key] = []
    private let told: Postoffice?

    private var areNamesASCII = true

    private struct Key: Equatable {
        let name: String
        var office: Int?
    }

    init(told: Postoffice?, capacity: Int) {
        self.told = told
        keys.reserveCapacity(capacity)
    }

    /// Every postoffice that a row's own address names.
    var postoffices: [Postoffice] { offices.seen.sorted { ($0.network, $0.name) < ($1.network, $1.name) } }

    /// Remembers the row. Rows must come in order.
    mutating func add(mailboxName: String, addresses: [MailAddress]) {
        let name = mailboxName.trimmed.inCapitals
        if !name.utf8.span.isASCII { areNamesASCII = false }
        keys.append(Key(name: name, office: offices.number(of: addresses)))
    }

    /// Marks every row that shares its mailbox with another, and returns what is wrong with them in the order of the file.
    mutating func mark(_ rows: inout [MigrationRow]) -> [RowProblem] {
        let groups = sharedMailboxes()
        let marked = groups.flatMap { group in group.map { (index: $0, other: $0 == group[0] ? group[1] : group[0], more: group.count - 2) }
        }
        var problems: [RowProblem] = []
        for (index, other, more) in marked.sorted(by: { $0.index < $1.index }) {
            let problem = problem(of: rows[index], line: rows[other].line, more: more)
            problems.append(problem)
            if rows[index].problem == nil { rows[index].problem = problem }
        }
        return problems
    }

    /// The rows of each mailbox that has several.
    private mutating func sharedMailboxes() -> [[Int]] {
        let fallback = told.map { offices.number(of: $0) } ?? (offices.seen.count == 1 ? 0 : nil)
        for index in keys.indices where keys[index].office == nil { keys[index].office = fallback }
        return Self.shared(keys, areNamesASCII: areNamesASCII)
    }

    private static func shared(_ keys: [Key], areNamesASCII: Bool) -> [[Int]] {
        var first = FirstPlaces(capacity: keys.count)
        var shared: [Int: [Int]] = [:]
        for (index, key) in keys.enumerated() where !key.name.isEmpty {
            let hash = hash(of: key, isASCII: areNamesASCII)
            guard let earlier = first.insert(index, hash: hash, isSame: { keys[$0] == key }) else { continue }
            shared[earlier, default: [earlier]].append(index)
        }
        return Array(shared.values)
    }

    /// Equal keys have equal hashes. Texts that are not ASCII may be equal without having the same bytes, and then Unicode has to say.
    private static func hash(of key: Key, isASCII: Bool) -> UInt64 {
        let office = UInt64(truncatingIfNeeded: key.office ?? -1)
        guard isASCII else { return office ^ UInt64(truncatingIfNeeded: key.name.hashValue) }
        let bytes = key.name.utf8.span
        return bytes.indices.reduce(office) { ($0 ^ UInt64(bytes[$1])) &* 0x0000_0100_0000_01B3 }
    }

    private func problem(of row: MigrationRow, line: Int, more: Int) -> RowProblem {
        let others = more > 0 ? "line \(line) and \(more) more" : "line \(line)"
        return RowProblem(
            position: FilePosition(line: row.line, column: 1),
            text:
                "the mailbox name \(row.mailboxName) stands on \(others) too; leave one row for each mailbox, or give each its MIGRATE address"
        )
    }
}

/// The first place of each of many values, by their hashes: a table of numbers in one piece of memory, which is all that 100,000 rows need.
private struct FirstPlaces {
    /// A place at or behind its hash's own; -1 where there is none.
    private var slots: [Int32]
    private let shift: UInt64

    init(capacity: Int) {
        let bits = UInt64(Int.bitWidth - max(capacity * 2, 16).leadingZeroBitCount)
        slots = Array(repeating: -1, count: 1 << Int(bits))
        shift = 64 - bits
    }

    /// The first place with the same value; `nil` for a new one, which is then remembered.
    mutating func insert(_ place: Int, hash: UInt64, isSame: (Int) -> Bool) -> Int? {
        // Fibonacci hashing: the high bits of the product depend on all bits of the hash.
        var slot = Int((hash &* 0x9E37_79B9_7F4A_7C15) >> shift)
        while slots[slot] >= 0 {
            if isSame(Int(slots[slot])) { return Int(slots[slot]) }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(place)
        return nil
    }
}
