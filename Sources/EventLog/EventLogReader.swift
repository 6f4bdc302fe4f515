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
