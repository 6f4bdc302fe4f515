internal import CSV
internal import Records

/// A table of events, a record for each: with a header that names the columns, or in the order of Event Viewer or of dumpel.
enum EventTable {
    static func events(in text: String) -> (events: [LoggedEvent], others: Int) {
        var (events, others): ([LoggedEvent], Int) = ([], 0)
        var header: Header?
        for record in records(of: text) {
            if let found = Header(record.cells) {
                header = found
            } else if let event = event(record.cells, header, line: record.line) {
                events.append(event)
            } else if record.cells.contains(where: { !$0.isEmpty }) {
                others += 1
            }
        }
        return (events, others)
    }

    private typealias Record = (cells: [String], line: Int)

    /// The records with the lines on which they begin. Without a separator there are blanks between columns, as dumpel puts them by default.
    private static func records(of text: String) -> [Record] {
        guard let separator = separator(of: text) else {
            return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().map {
                ($0.element.split(whereSeparator: \.isWhitespace).map(String.init), $0.offset + 1)
            }
        }
        let document = CSVDocument(bytes: Array(text.utf8), choice: DialectChoice(separator: separator))
        return (0..<document.recordCount).map { record in
            let cells = (0..<document.cellCount(ofRecord: record)).map {
                String(decoding: document.content(record: record, column: $0), as: UTF8.self)[...].trimmed
            }
            return (cells, document.line(ofRecord: record))
        }
    }

    /// The separator that stands at least four times in the line of an event or a header.
    private static func separator(of text: String) -> UInt8? {
        let lines = text.split(whereSeparator: \.isNewline).prefix(1000)
        return ["\t", ",", ";"].first { separator in lines.contains { line in line.count { $0 == separator } >= 4 } }?.asciiValue
    }

    /// The places of the columns that a header names.
    private struct Header {
        let source, id: Int
        let text: Int?
        /// How many columns it has.
        let count: Int
        /// Whether nothing stands behind the text, so that separators in it are its own.
        let textIsLast: Bool

        init?(_ cells: [String]) {
            let fields = cells.map(EventTable.field)
            guard let source = fields.firstIndex(of: .source), let id = fields.firstIndex(of: .id) else { return nil }
            self.source = source
            self.id = id
            text = fields.firstIndex(of: .description)
            textIsLast = text == fields.count - 1
            count = fields.count
        }
    }

    /// Tables have a few names of their own.
    private static func field(_ name: String) -> EventField? {
        switch name.lowercased() {
        case "event", "eventid", "id", "ereignis", "événement", "suceso", "evento": .id
        case "message", "strings", "nachricht": .description
        default: EventField(name: name)
        }
    }

    private static func event(_ cells: [String], _ header: Header?, line: Int) -> LoggedEvent? {
        if let header, header.source < cells.count, header.id < cells.count, let source = LoggedEvent.source(cells[header.source]),
            let id = Int(cells[header.id])
        {
            // Event Viewer's later exports name five columns and leave the sixth, the description, without a name.
            let place = header.text ?? (cells.count > header.count ? header.count : nil)
            let text = place.flatMap { place in
                place < cells.count
                    ? cells[place..<(header.textIsLast || header.text == nil ? cells.count : place + 1)].joined(separator: " ") : nil
            }
            return LoggedEvent(source: source, id: id, text: text ?? rest(of: cells, behind: max(header.source, header.id)), line: line)
        }
        guard let place = cells.firstIndex(where: { LoggedEvent.source($0) != nil }), let source = LoggedEvent.source(cells[place]),
            let id = id(cells, source: place)
        else { return nil }
        return LoggedEvent(source: source, id: id.number, text: rest(of: cells, behind: max(place, id.place)), line: line)
    }

    /// dumpel has the number right before the source; Event Viewer has it behind, after type and category.
    private static func id(_ cells: [String], source: Int) -> (number: Int, place: Int)? {
        if source > 0, let number = Int(cells[source - 1]), number > 0 { return (number, source - 1) }
        for place in cells.indices where place > source { if let number = Int(cells[place]), number > 0 { return (number, place) } }
        return nil
    }

    /// What stands behind user and computer.
    private static func rest(of cells: [String], behind place: Int) -> String {
        cells.dropFirst(place + 3).joined(separator: " ")[...].trimmed
    }
}
