internal import CSV
public import Records

/// Reads exports of the Windows application log: what Event Viewer writes (comma- or tab-separated, or the text of single events), what dumpel of the
/// Resource Kit writes (comma, tab or blanks between columns), and tables with a header such as PowerShell's.
public enum EventLogReader {
    /// The migration's events in the file, in its order; of how many others there are records, too.
    ///
    /// Nothing is an error: a record without a known source is somebody else's. Costs a few microseconds for each record.
    public static func events(in bytes: [UInt8]) -> (events: [LoggedEvent], others: Int) {
        let text = EventLogText.decoded(bytes)
        return hasBlocks(text) ? EventBlocks.events(in: text) : EventTable.events(in: text)
    }

    /// Whether the text is that of single events, with a name before each value.
    private static func hasBlocks(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { line in
            let line = line.drop { $0.isWhitespace }.lowercased()
            return line.hasPrefix("event id:") || line.hasPrefix("event source:")
        }
    }
}

/// The text of an export, whatever it was written in.
enum EventLogText {
    /// UTF-16 with its mark, UTF-8, else windows-1252, which NT's tools write in the West. What no code page has becomes a character that shows it.
    static func decoded(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes) { UInt16($0) | UInt16($1) << 8 } }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes) { UInt16($0) << 8 | UInt16($1) } }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        if let text = String(validating: body, as: UTF8.self) { return text }
        if let page = try? CodePage(named: "windows-1252"), let text = try? page.decode(body) { return text }
        return String(decoding: body, as: UTF8.self)
    }

    private static func utf16(_ bytes: [UInt8], _ unit: (UInt8, UInt8) -> UInt16) -> String {
        String(decoding: stride(from: 2, to: bytes.count - 1, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }, as: UTF16.self)
    }
}
