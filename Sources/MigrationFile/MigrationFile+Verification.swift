internal import CSV
internal import Records

extension MigrationFile {
    /// Proves that the corrected bytes say what was decided and differ from the source nowhere else.
    ///
    /// The bytes are parsed again in the dialect of the source. Decided cells are compared with the decision, everything
    /// else with the source, byte by byte. Costs about as much as reading.
    /// - Throws: `.verificationFailed` with the first difference; a fault of the program, after which nothing may be written.
    public func verify(_ corrected: [UInt8], against corrections: [RowCorrection]) throws(MigrationFileError) {
        let dialect = document.dialect
        let choice = DialectChoice(
            separator: dialect.separator, quote: dialect.quote.map { .byte($0) } ?? .absent, lineEnd: document.acceptedLineEnd)
        guard corrected.count >= document.start, corrected[..<document.start] == document.bytes[..<document.start] else {
            throw error(
                .verificationFailed, 0, nil, "the corrected file differs before the header; this is a fault of the program, report it")
        }
        let result = CSVDocument(bytes: corrected, start: document.start, line: document.line(ofRecord: 0), choice: choice)
        guard result.recordCount == document.recordCount else {
            throw error(
                .verificationFailed, 0, nil,
                "the corrected file has \(result.recordCount) lines of cells, expected \(document.recordCount); this is a fault of the program, report it"
            )
        }
        let decided = Dictionary(grouping: try edits(for: corrections), by: \.record)
        for record in 0..<document.recordCount {
            try compare(record, with: result, edits: decided[record] ?? [])
        }
    }

    private func compare(_ record: Int, with result: CSVDocument, edits: [CellEdit]) throws(MigrationFileError) {
        if edits.isEmpty, raw(document, record) == raw(result, record) { return }
        let count = document.cellCount(ofRecord: record)
        guard !edits.isEmpty, result.cellCount(ofRecord: record) == count else { throw difference(record, nil) }
        for column in 0..<count {
            let (before, after) = (document.range(ofRecord: record, column: column), result.range(ofRecord: record, column: column))
            if let edit = edits.first(where: { $0.column == column }) {
                let isUntouched = document.bytes[before] == result.bytes[after]
                let isEmptyAsDecided = !edit.content.isEmpty || isUntouched || count == 1 || after.isEmpty
                guard isEmptyAsDecided, result.content(record: record, column: column).elementsEqual(edit.content) else {
                    throw difference(record, column)
                }
            } else if document.bytes[before] != result.bytes[after] {
                throw difference(record, column)
            }
        }
        guard ending(document, record) == ending(result, record) else { throw difference(record, count - 1) }
    }

    private func raw(_ document: CSVDocument, _ record: Int) -> ArraySlice<UInt8> { document.bytes[document.range(ofRecord: record)] }

    /// What stands behind the last cell: the line end, if there is one.
    private func ending(_ document: CSVDocument, _ record: Int) -> ArraySlice<UInt8> {
        let last = document.range(ofRecord: record, column: document.cellCount(ofRecord: record) - 1).upperBound
        return document.bytes[last..<document.range(ofRecord: record).upperBound]
    }

    private func difference(_ record: Int, _ column: Int?) -> MigrationFileError {
        error(
            .verificationFailed, record, column,
            "the corrected file differs from the decision here; this is a fault of the program, report it")
    }
}
