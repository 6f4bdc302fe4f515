internal import Records

/// Marks rows that name one MS Mail mailbox twice. Mailbox names are unique within a postoffice, not across
/// postoffices (KB Q146676), and compare without case.
///
/// A row without an address of its own is taken to be in the postoffice that the caller told; where none was told it may
/// be any, and so is a duplicate of every row of its name.
struct DuplicateNames {
    private var offices = PostofficeMemory()
    private var keys: [Key] = []
    private var sameName: [String: Int] = [:]
    private var repeated = false
    private let fallback: Postoffice?

    private struct Key: Hashable {
        let name: String
        let office: Postoffice?
    }

    init(fallback: Postoffice?) { self.fallback = fallback }

    /// Every postoffice that a row's own address names.
    var postoffices: [Postoffice] { offices.seen.sorted { ($0.network, $0.name) < ($1.network, $1.name) } }

    /// Remembers the row. Rows must come in order.
    mutating func add(_ row: MigrationRow) {
        let name = row.mailboxName.trimmed.uppercased()
        keys.append(Key(name: name, office: offices.postoffice(of: row.addresses) ?? fallback))
        if sameName.updateValue(keys.count, forKey: name) != nil { repeated = true }
    }

    /// Marks every row that shares its mailbox with another, and returns what is wrong with them in the order of the file.
    func mark(_ rows: inout [MigrationRow]) -> [RowProblem] {
        guard repeated else { return [] }
        let byName = Dictionary(grouping: rows.indices) { keys[$0].name }
        let byKey = Dictionary(grouping: rows.indices) { keys[$0] }
        var problems: [RowProblem] = []
        for index in rows.indices where !keys[index].name.isEmpty {
            let others = rivals(of: index, byName: byName, byKey: byKey)
            guard let first = others.first else { continue }
            let problem = problem(of: rows[index], line: rows[first].line, more: others.more)
            problems.append(problem)
            if rows[index].problem == nil { rows[index].problem = problem }
        }
        return problems
    }

    /// The first row that has the same mailbox, and how many more have. Looks at a handful of rows, however many share the name.
    private func rivals(of index: Int, byName: [String: [Int]], byKey: [Key: [Int]]) -> (first: Int?, more: Int) {
        let key = keys[index]
        let anywhere = Key(name: key.name, office: nil)
        let groups = key.office == nil ? [byName[key.name] ?? []] : [byKey[key] ?? [], byKey[anywhere] ?? []]
        let first = groups.compactMap { $0.prefix(2).first { $0 != index } }.min()
        return (first, groups.reduce(0) { $0 + $1.count } - 2)
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
