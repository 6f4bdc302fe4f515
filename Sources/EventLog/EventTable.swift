internal import Records

/// A table of events, a record for each: with a header that names the columns, or in the order of Event Viewer or of dumpel.
///
/// Nothing need stand in quotes, so a description of several lines goes on in lines that do not begin as a record of the table does.
enum EventTable {
    static func events(in text: String) -> (events: [LoggedEvent], others: Int) {
        let table = TableRecords(text)
        let beginning = RecordBeginning(of: table.records)
        var (events, others): ([LoggedEvent], Int) = ([], 0)
        var header: EventHeader?
        var last = LastRecord.none
        for record in table.records where record.cells.contains(where: { !$0.isEmpty }) {
            if let columns = EventColumns(record.cells, header) {
                last.end(&events, &others)
                let text = table.text(record.cells[columns.text])
                last = .migration(LoggedRecord(source: columns.source, number: columns.number, text: text, line: record.line))
            } else if let found = EventHeader(record.cells) {
                last.end(&events, &others)
                header = found
            } else if last.isNone || beginning?.fits(record.cells) ?? true {
                last.end(&events, &others)
                last = .other
            } else {
                last.goOn(with: table.text(record.cells[...]))
            }
        }
        last.end(&events, &others)
        return (events, others)
    }

    /// The record to which a line belongs that begins none.
    private enum LastRecord {
        case none, other
        case migration(LoggedRecord)

        var isNone: Bool { if case .none = self { true } else { false } }

        /// Takes a further line of the record.
        mutating func goOn(with line: String) {
            guard case .migration(var record) = self else { return }
            self = .none
            record.text.goOn(with: line)
            self = .migration(record)
        }

        /// Counts the record, and is none behind it.
        mutating func end(_ events: inout [LoggedEvent], _ others: inout Int) {
            switch self {
            case .none: return
            case .other: others += 1
            case .migration(let record): if let event = record.event { events.append(event) } else { others += 1 }
            }
            self = .none
        }
    }
}
