internal import EventLog
internal import MigrationFile
internal import Records
internal import Reporting

/// What an earlier import logged, tied to the rows that it is about.
struct FailureLog: Sendable {
    /// The events of each row, by its place among all rows of the run.
    let events: [Int: [LoggedEvent]]
    /// What there is to say of the log as a whole.
    let summary: EventSummary

    /// Reads an exported application log, and ties its events to the rows by mailbox name, full name or Common-Name.
    init(at path: String, _ inputs: [MigrationInput]) throws(Failure) {
        let bytes: [UInt8]
        do throws(FileAccessError) { bytes = try FileReading.bytes(at: path) } catch { throw Failure(error) }
        let (logged, others) = EventLogReader.events(in: bytes)
        guard !logged.isEmpty else {
            throw Failure(
                .badData,
                "\(path): no event of MSExchangeMig, MSExchangeMigDS or MSExchangeDSImp is in it (\(others) other records). Expected the application log as Event Viewer (text, comma- or tab-separated) or dumpel writes it."
            )
        }
        let names = RowNames(inputs)
        var events: [Int: [LoggedEvent]] = [:]
        var untied: [LoggedEvent] = []
        for event in logged {
            let rows = names.rows(of: EventSubject(event))
            if rows.isEmpty { untied.append(event) }
            for row in rows { events[row, default: []].append(event) }
        }
        self.events = events
        summary = EventSummary(file: path, events: logged.count, others: others, untied: untied)
    }

    /// The events of a row as its plan has them.
    func events(ofRow row: Int, _ forecast: Forecast?) -> [RowEvent] {
        (events[row] ?? []).map { event in
            RowEvent(
                event, isForeseen: forecast?.before.result.isTold(bySource: event.source, id: event.id) ?? false)
        }
    }

    /// Which rows have a name. Names compare without case.
    private struct RowNames {
        private var byMailboxName: [String: [Int]] = [:]
        private var byOtherName: [String: [Int]] = [:]
        private var spelled: Set<String> = []

        init(_ inputs: [MigrationInput]) {
            var place = 0
            for input in inputs {
                for row in input.file.rows.indices {
                    let (mailboxName, commonName) = (input.file.rows[row].mailboxName, input.file.rows[row].commonName)
                    byMailboxName[mailboxName.lowercased(), default: []].append(place)
                    spelled.insert(mailboxName)
                    byOtherName[input.file.rows[row].fullName.lowercased(), default: []].append(place)
                    if !commonName.equalsWithoutCase(mailboxName) { byOtherName[commonName.lowercased(), default: []].append(place) }
                    place += 1
                }
            }
        }

        /// The rows of the first name that any has; several, where several have it.
        func rows(of subject: EventSubject) -> [Int] {
            for name in subject.names { if let rows = byMailboxName[name.lowercased()] { return rows } }
            for name in subject.names { if !name.isEmpty, let rows = byOtherName[name.lowercased()] { return rows } }
            // A word of the text counts only as the file spells the name: Store is no mailbox called STORE.
            let words = Set(subject.words.filter { $0.count > 1 && spelled.contains($0) })
            return words.count == 1 ? words.first.flatMap { byMailboxName[$0.lowercased()] } ?? [] : []
        }
    }
}
