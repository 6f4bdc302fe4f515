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

    private struct Key: Hashable {
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
    mutating func add(_ row: MigrationRow) {
        keys.append(Key(name: row.mailboxName.trimmed.uppercased(), office: offices.number(of: row.addresses)))
    }

    /// Marks every row that shares its mailbox with another, and returns what is wrong with them in the order of the file.
    mutating func mark(_ rows: inout [MigrationRow]) -> [RowProblem] {
        let groups = sharedMailboxes().values
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
    private mutating func sharedMailboxes() -> [Key: [Int]] {
        let fallback = told.map { offices.number(of: $0) } ?? (offices.seen.count == 1 ? 0 : nil)
        var first: [Key: Int] = Dictionary(minimumCapacity: keys.count)
        var shared: [Key: [Int]] = [:]
        for index in keys.indices where !keys[index].name.isEmpty {
            if keys[index].office == nil { keys[index].office = fallback }
            guard let earlier = first.updateValue(index, forKey: keys[index]) else { continue }
            shared[keys[index], default: [earlier]].append(index)
        }
        return shared
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
