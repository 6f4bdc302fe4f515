internal import Records

/// Single events as text, a name before each value: what Event Viewer's Copy and the descriptions in articles look like.
///
///     Event ID: 7017
///     Source: MSExchangeMig
///     Description: Could not log onto the Message Store for Account JSMITH
enum EventBlocks {
    static func events(in text: String) -> (events: [LoggedEvent], others: Int) {
        var (events, others): ([LoggedEvent], Int) = ([], 0)
        var block = Block()
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if block.begins(anew: line) {
                block.end(&events, &others)
                block = Block()
            }
            block.take(line, number: index + 1)
        }
        block.end(&events, &others)
        return (events, others)
    }

    /// Whether the text is that of single events: a number, or a source of the migration's, has its name before it on a line.
    static func areIn(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { line in
            guard let colon = line.firstIndex(of: ":"), let field = EventField(name: line[..<colon]) else { return false }
            return field == .id || (field == .source && LoggedEvent.source(line[line.index(after: colon)...].trimmed) != nil)
        }
    }

    private struct Block {
        private var values: [EventField: String] = [:]
        private var first = 0
        private var isDescription = false

        /// Whether the line has a name that this block has already, or that begins an event behind this one's description.
        func begins(anew line: Substring) -> Bool {
            guard let field = field(line)?.field else { return false }
            return isDescription || values[field] != nil
        }

        mutating func take(_ line: Substring, number: Int) {
            if let (field, value) = field(line) {
                if first == 0 { first = number }
                values[field] = value
                isDescription = field == .description
            } else if isDescription {
                values[.description, default: ""].goOn(with: line.trimmed)
            }
        }

        func end(_ events: inout [LoggedEvent], _ others: inout Int) {
            let number = values[.id].flatMap { LoggedEvent.number($0) }
            let source = values[.source].flatMap { LoggedEvent.source($0) }
            let record = source.map { LoggedRecord(source: $0, number: number, text: values[.description] ?? "", line: first) }
            if let event = record?.event { events.append(event) } else if number != nil { others += 1 }
        }

        /// The value that the line names; in a description, names with which no event begins are the description's own.
        private func field(_ line: Substring) -> (field: EventField, value: String)? {
            guard let colon = line.firstIndex(of: ":"), let field = EventField(name: line[..<colon]), !isDescription || field.beginsEvents
            else { return nil }
            return (field, line[line.index(after: colon)...].trimmed)
        }
    }
}

extension Substring {
    /// Without white space at both ends.
    var trimmed: String {
        var rest = drop { $0.isWhitespace }
        while rest.last?.isWhitespace ?? false { rest.removeLast() }
        return String(rest)
    }
}
