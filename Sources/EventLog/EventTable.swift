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
            if let found = EventHeader(record.cells) {
                (header, last) = (found, .none)
            } else if let columns = EventColumns(record.cells, header) {
                let text = table.text(record.cells[columns.text])
                events.append(LoggedEvent(source: columns.source, id: columns.number, text: text, line: record.line))
                last = .event
            } else if last == .none || beginning?.fits(record.cells) ?? true {
                others += 1
                last = .other
            } else if last == .event {
                events[events.count - 1].text.continue(with: table.text(record.cells[...]))
            }
        }
        return (events, others)
    }

    /// To what a line belongs that begins no record.
    private enum LastRecord { case none, event, other }
}

extension String {
    /// Appends what the next line of a description says.
    mutating func `continue`(with line: String) {
        if !isEmpty, !line.isEmpty { append(" ") }
        append(line)
    }
}
