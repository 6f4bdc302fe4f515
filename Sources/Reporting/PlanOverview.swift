public import Records

/// What a terminal shows of a plan: counts of everything, and the first rows of each sort. Fed row by row, so that a plan of a million rows
/// never stands in memory for it.
public struct PlanOverview: Sendable {
    /// How many rows are shown of each sort.
    private let limit: Int
    /// How many rows are in each situation.
    public private(set) var counts: [Situation: Int] = [:]
    /// How many rows `apply` changes.
    public private(set) var changedRows = 0
    /// The first of them.
    private(set) var changes: [PlannedRow] = []
    /// The first rows that wait for a person, by situation.
    private(set) var waiting: [Situation: [PlannedRow]] = [:]
    /// How many changed rows' mailboxes lie in each container.
    private(set) var containers: [String: Int] = [:]

    /// An overview of nothing yet.
    public init(limit: Int) { self.limit = limit }

    /// Takes the next row.
    public mutating func add(_ row: PlannedRow) {
        counts[row.situation, default: 0] += 1
        if !row.changes.isEmpty {
            changedRows += 1
            if let target = row.target { containers[DistinguishedName(target.dn).parent, default: 0] += 1 }
            if changes.count < limit { changes.append(row) }
        }
        if row.situation.treatment == .review, waiting[row.situation, default: []].count < limit {
            waiting[row.situation, default: []].append(row)
        }
    }

    /// Takes what was seen of the rows that follow.
    public mutating func add(_ next: PlanOverview) {
        counts.merge(next.counts, uniquingKeysWith: +)
        changedRows += next.changedRows
        containers.merge(next.containers, uniquingKeysWith: +)
        changes += next.changes.prefix(max(0, limit - changes.count))
        for (situation, rows) in next.waiting {
            waiting[situation, default: []] += rows.prefix(max(0, limit - waiting[situation, default: []].count))
        }
    }

    /// How many rows wait for a person.
    public var waitingRows: Int { counts.reduce(0) { $0 + ($1.key.treatment == .review ? $1.value : 0) } }
}
