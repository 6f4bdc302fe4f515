internal import Foundation
public import Records

/// How many rows of a plan are in each situation.
public struct PlanTally: Sendable {
    /// How many rows are in each situation.
    public private(set) var counts: [Situation: Int] = [:]
    /// How many rows `apply` changes.
    public private(set) var changedRows = 0

    /// How many of the decided rows are expected to be wrong.
    public private(set) var expectedWrong = 0.0

    /// A tally of nothing yet.
    public init() {}

    /// Counts a row; `chanceOfError` is from 0 to 1.
    public mutating func add(_ situation: Situation, isChanged: Bool, chanceOfError: Double = 0) {
        expectedWrong += chanceOfError
        counts[situation, default: 0] += 1
        if isChanged { changedRows += 1 }
    }

    /// Counts the rows of another tally.
    public mutating func add(_ other: PlanTally) {
        counts.merge(other.counts, uniquingKeysWith: +)
        changedRows += other.changedRows
        expectedWrong += other.expectedWrong
    }

    /// How many rows were decided without a person.
    public var decidedRows: Int { counts[.certain, default: 0] + counts[.correct, default: 0] }

    /// How many of them are expected to be wrong, to three digits that count.
    public var roundedExpectedWrong: Double {
        guard expectedWrong > 0 else { return 0 }
        let scale = pow(10, 2 - floor(log10(expectedWrong)))
        return (expectedWrong * scale).rounded() / scale
    }

    /// How many rows wait for a person.
    public var waitingRows: Int { counts.reduce(0) { $0 + ($1.key.treatment == .review ? $1.value : 0) } }
}

/// What a terminal shows of a plan: counts of everything, and the first rows of each sort. Fed row by row, so that a plan of a million rows
/// never stands in memory for it.
public struct PlanOverview: Sendable {
    /// How many rows are shown of each sort.
    private let limit: Int
    /// The counts of all rows.
    public let tally: PlanTally
    /// The first rows that `apply` changes.
    private(set) var changes: [PlannedRow] = []
    /// The first rows that wait for a person, by situation.
    private(set) var waiting: [Situation: [PlannedRow]] = [:]
    /// The first rows, whatever their situation, for which somebody else's mailbox would be updated.
    private(set) var loud: [PlannedRow] = []
    /// How many changed rows' mailboxes lie in each container.
    private(set) var containers: [String: Int] = [:]

    /// What the importer would do with all rows as they stand, and with the corrected file.
    private(set) var (before, after): ([ImportResult: Int], [ImportResult: Int]) = ([:], [:])
    /// What it would do with rows whose people have no mailbox.
    private(set) var absent: [ImportResult: Int] = [:]
    /// For how many rows that rests on a mailbox that is not certain to be the person's.
    private(set) var supposed = 0
    /// How many rows' Display-Names replace another one, and how many corrected ones are named as another row's NT account may be.
    private(set) var (replacedNames, accounts) = (0, 0)

    /// Each event that was logged for a row, and those of them that the forecast for one of their rows has, by their lines in the log: where several
    /// rows are meant, it is one event all the same.
    private(set) var events: [EventKind: (logged: Set<Int>, foreseen: Set<Int>)] = [:]

    /// For how many rows the log lacks an event that the forecast has.
    private(set) var missingEvents: [MissingEvent: Int] = [:]

    /// For how many rows the log lacks an event that the forecast has, whichever it is.
    public var rowsWithoutEvent: Int { missingEvents.values.reduce(0, +) }

    /// An event by its source and number.
    struct EventKind: Hashable {
        let source: String
        let id: Int
    }

    /// An overview that has seen no row yet; the rows are counted beforehand.
    public init(_ tally: PlanTally = PlanTally(), limit: Int) {
        self.tally = tally
        self.limit = limit
    }

    /// The counts of the forecast as data: results by name.
    public struct ForecastCounts: Encodable, Sendable {
        var before, after: [String: Int]
        var supposed, replacedNames, accounts: Int
    }

    /// What the importer would do with how many rows; `nil` where nothing is said.
    public var forecast: ForecastCounts? {
        func named(_ counts: [ImportResult: Int]) -> [String: Int] {
            Dictionary(uniqueKeysWithValues: counts.map { ($0.rawValue, $1) })
        }
        return before.isEmpty
            ? nil
            : ForecastCounts(
                before: named(before), after: named(after), supposed: supposed, replacedNames: replacedNames, accounts: accounts)
    }

    /// Counts what becomes of a row in this situation.
    public mutating func add(_ forecast: Forecast, _ situation: Situation) {
        before[forecast.before.result, default: 0] += 1
        after[forecast.afterwards.result, default: 0] += 1
        if situation == .absent { absent[forecast.before.result, default: 0] += 1 }
        if forecast.isSupposed { supposed += 1 }
        if !forecast.replacedName.isEmpty { replacedNames += 1 }
        if !forecast.accountOf.isEmpty { accounts += 1 }
    }

    /// Counts what was logged for a row.
    public mutating func add(_ events: [RowEvent]) {
        for logged in events {
            let kind = EventKind(source: logged.event.source, id: logged.event.id)
            self.events[kind, default: ([], [])].logged.insert(logged.event.line)
            if logged.isForeseen { self.events[kind, default: ([], [])].foreseen.insert(logged.event.line) }
        }
    }

    /// Counts a row for which the log lacks an event.
    public mutating func add(_ missing: MissingEvent) { missingEvents[missing, default: 0] += 1 }

    /// Counts rows that change and whose mailboxes lie in the container.
    public mutating func countChanges(_ count: Int = 1, in container: String) { containers[container, default: 0] += count }

    /// Whether a row with this forecast is one of those that are shown, so that it has to be added.
    public func wants(_ situation: Situation, isChanged: Bool, _ forecast: Forecast?) -> Bool {
        (isChanged && changes.count < limit) || (situation.treatment == .review && waiting[situation, default: []].count < limit)
            || (forecast?.afterwards.result == .updatesOther && loud.count < limit)
    }

    /// Takes a row that is shown.
    public mutating func add(_ row: PlannedRow) {
        if !row.changes.isEmpty, changes.count < limit { changes.append(row) }
        if row.situation.treatment == .review, waiting[row.situation, default: []].count < limit {
            waiting[row.situation, default: []].append(row)
        }
        if row.forecast?.afterwards.result == .updatesOther, loud.count < limit { loud.append(row) }
    }

    /// Takes what was seen of the rows that follow.
    public mutating func add(_ next: PlanOverview) {
        containers.merge(next.containers, uniquingKeysWith: +)
        before.merge(next.before, uniquingKeysWith: +)
        after.merge(next.after, uniquingKeysWith: +)
        absent.merge(next.absent, uniquingKeysWith: +)
        supposed += next.supposed
        replacedNames += next.replacedNames
        accounts += next.accounts
        events.merge(next.events) { ($0.logged.union($1.logged), $0.foreseen.union($1.foreseen)) }
        missingEvents.merge(next.missingEvents, uniquingKeysWith: +)
        changes += next.changes.prefix(max(0, limit - changes.count))
        loud += next.loud.prefix(max(0, limit - loud.count))
        for (situation, rows) in next.waiting {
            waiting[situation, default: []] += rows.prefix(max(0, limit - waiting[situation, default: []].count))
        }
    }
}
