extension CSVDocument {
    /// The cell's content as text. A plain ASCII cell is copied once and nothing else is made.
    public func text(record: Int, column: Int, in codePage: CodePage) throws(UndecodableByte) -> String {
        try text(self.record(record), column: column, in: codePage)
    }
}
