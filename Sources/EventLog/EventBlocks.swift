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

    private struct Block {
        private var values: [String: String] = [:]
        private var first = 0
        private var isDescription = false

        private static let names = [
            "date", "time", "type", "source", "category", "event id", "user", "computer", "log name", "level", "keywords", "task category",
            "description",
        ]
        /// With what an event begins, so that it ends a description before it.
        private static let beginnings = ["date", "type", "source", "event id", "log name"]

        /// Whether the line has a name that this block has already, or that begins an event behind this one's description.
        func begins(anew line: Substring) -> Bool {
            guard let name = Self.field(line)?.name else { return false }
            return values[name] != nil || (values["description"] != nil && Self.beginnings.contains(name))
        }

        mutating func take(_ line: Substring, number: Int) {
            if let field = Self.field(line) {
                if first == 0 { first = number }
                values[field.name] = field.value
                isDescription = field.name == "description"
            } else if isDescription {
                let more = line.trimmed
                if !more.isEmpty {
                    values["description"] = [values["description"] ?? "", more].filter { !$0.isEmpty }.joined(separator: " ")
                }
            }
        }

        func end(_ events: inout [LoggedEvent], _ others: inout Int) {
            guard let id = values["event id"].flatMap({ Int($0) }) else { return }
            guard let source = values["source"].flatMap({ LoggedEvent.source($0) }) else {
                others += 1
                return
            }
            events.append(LoggedEvent(source: source, id: id, text: values["description"] ?? "", line: first))
        }

        private static func field(_ line: Substring) -> (name: String, value: String)? {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            var name = line[..<colon].trimmed.lowercased()
            if name.hasPrefix("event "), name != "event id" { name.removeFirst("event ".count) }
            return names.contains(name) ? (name, line[line.index(after: colon)...].trimmed) : nil
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
