public import Records

/// Reads exports of the Windows application log: what Event Viewer writes (comma- or tab-separated, or the text of single events), what dumpel of the
/// Resource Kit writes (comma, tab or blanks between columns), and tables with a header such as PowerShell's.
public enum EventLogReader {
    /// The migration's events in the file, in its order; of how many others there are records, too.
    ///
    /// Nothing is an error: a record without a known source is somebody else's. Costs a few microseconds for each record.
    public static func events(in bytes: [UInt8]) -> (events: [LoggedEvent], others: Int) {
        let text = EventLogText.decoded(bytes)
        return EventBlocks.areIn(text) ? EventBlocks.events(in: text) : EventTable.events(in: text)
    }
}
