internal import EventLog
internal import MigrationFile
internal import Records
internal import Reporting

/// What an earlier import logged, tied to the rows that it is about.
struct FailureLog: Sendable {
    /// The events of each row, by its place among all rows of the run.
    let events: [Int: [LoggedEvent]]
    /// The events that can be missing for a row: those that a forecast may have and that are of a source of which the log has some.
    private let expected: [ImportResult: MissingEvent]
    /// What there is to say of the log as a whole.
    let summary: EventSummary

    /// Reads an exported application log, and ties its events to the rows by mailbox name, full name or Common-Name, within the postoffice that the
    /// event names.
    init(at path: String, _ inputs: [MigrationInput], _ settings: Settings) throws(Failure) {
        let bytes: [UInt8]
        do throws(FileAccessError) { bytes = try FileReading.bytes(at: path) } catch { throw Failure(error) }
        if let form = BinaryLog(bytes) {
            throw Failure(
                .badData,
                "\(path): this is a log as Windows keeps it (.\(form.rawValue)), expected text. Open it in Event Viewer, save the application log as text or CSV, and give that file."
            )
        }
        let (logged, others) = EventLogReader.events(in: bytes)
        guard !logged.isEmpty else {
            throw Failure(
                .badData,
                "\(path): no event of MSExchangeMig, MSExchangeMigDS or MSExchangeDSImp is in it (\(others) other records). Expected the application log as Event Viewer (text, comma- or tab-separated) or dumpel writes it."
            )
        }
        let names = RowNames(inputs, settings)
        var events: [Int: [LoggedEvent]] = [:]
        var untied: [LoggedEvent] = []
        for event in logged {
            let rows = names.rows(of: EventSubject(event))
            if rows.isEmpty { untied.append(event) }
            for row in rows { events[row, default: []].append(event) }
        }
        self.events = events
        expected = Self.expected(logged, untied)
        summary = EventSummary(file: path, events: logged.count, others: others, untied: untied)
    }

    private static func expected(_ logged: [LoggedEvent], _ untied: [LoggedEvent]) -> [ImportResult: MissingEvent] {
        let sources = Set(logged.map(\.source))
        var expected: [ImportResult: MissingEvent] = [:]
        for result in ImportResult.allCases {
            guard let event = result.event, sources.contains(event.source) else { continue }
            let nameless = untied.count { result.isTold(bySource: $0.source, id: $0.id) }
            expected[result] = MissingEvent(source: event.source, id: event.id, nameless: nameless)
        }
        return expected
    }

    /// What the log does not have for a row, though the forecast has it; `events` are the row's.
    func missingEvent(_ events: [RowEvent], _ forecast: Forecast?) -> MissingEvent? {
        guard let forecast, !events.contains(where: \.isForeseen) else { return nil }
        return expected[forecast.before.result]
    }

    /// The events of a row as its plan has them.
    func events(ofRow row: Int, _ forecast: Forecast?) -> [RowEvent] {
        (events[row] ?? []).map { event in
            RowEvent(
                event, isForeseen: forecast?.before.result.isTold(bySource: event.source, id: event.id) ?? false)
        }
    }
}
