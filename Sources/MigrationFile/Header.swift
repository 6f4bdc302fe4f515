internal import CSV

/// The header's cells, and which of them this program reads.
struct Header {
    /// The names as spelled, in order.
    let names: [String]
    /// The cell of each column that is there, from 0.
    private let places: [Column: Int]
    /// The cell of the unique key; `nil` when none is asked for.
    let key: Int?
    /// The cells that become empty in corrected rows, ascending.
    let blanked: [Int]

    init(_ document: CSVDocument, codePage: CodePage, file: String, options: ReadOptions) throws(MigrationFileError) {
        let reader = Reader(document: document, codePage: codePage, file: file)
        try reader.refuseMisplacedQuotes()
        names = try reader.names()
        try reader.checkLeading(names)
        places = try reader.places(names)
        guard places[.commonName] != nil else {
            throw reader.error(
                .missingColumn, nil,
                "there is no column Common-Name (or Directory Name), which the correction is written to; the header has "
                    + "\(names.joined(separator: ", ")). Add it, or correct its name")
        }
        key = try reader.keyPlace(options.keyColumn, in: names)
        var blanked: Set<Int> = []
        for name in options.blankedColumns { blanked.insert(try reader.blankedPlace(name, in: names, places)) }
        if options.keepsDisplayName, let place = places[.displayName] { blanked.insert(place) }
        self.blanked = blanked.sorted()
    }

    subscript(column: Column) -> Int? { places[column] }

    /// The place of the column of exactly that name.
    func place(of name: String) -> Int? { names.firstIndex { $0.utf8.elementsEqual(name.utf8) } }

    private struct Reader {
        let document: CSVDocument
        let codePage: CodePage
        let file: String

        /// A row with one is a row that waits; without a header there are no rows.
        func refuseMisplacedQuotes() throws(MigrationFileError) {
            guard let misuse = document.misuses.first, misuse.record == 0 else { return }
            throw error(
                .wrongColumn, misuse.column - 1,
                "a quote stands where none may stand in this column's name (event 220); double the quotes inside and put the whole name in quotes"
            )
        }

        func names() throws(MigrationFileError) -> [String] {
            var names: [String] = []
            for column in 0..<document.cellCount(ofRecord: 0) {
                let name: String
                if document.content(record: 0, column: column).contains(0) {
                    throw self.error(
                        .wrongColumn, column, "the column's name holds a zero byte; take it out, the importer would cut the text there")
                }
                do { name = try codePage.decode(document.content(record: 0, column: column)) } catch {
                    throw self.error(.wrongColumn, column, "the column's name cannot be read, for \(error); name the right code page")
                }
                names.append(name)
            }
            return names
        }

        func checkLeading(_ names: [String]) throws(MigrationFileError) {
            for (index, column) in Column.leading.enumerated() {
                let found = index < names.count ? names[index] : nil
                if let found, Column(named: found.trimmed) == column { continue }
                let seen = found.map { "this column is \"\($0)\"" } ?? "the header ends before this column"
                throw error(
                    .wrongColumn, index,
                    "\(seen), expected \(column.rawValue): the first five columns must be "
                        + "\(Column.leading.map(\.rawValue).joined(separator: ", ")), in this order")
            }
        }

        func places(_ names: [String]) throws(MigrationFileError) -> [Column: Int] {
            var places: [Column: Int] = [:]
            var others: [String: Int] = [:]
            for (index, name) in names.enumerated() where !name.trimmed.isEmpty {
                let column = Column(named: name.trimmed)
                let earlier = column.map { places[$0] } ?? others[name.trimmed.lowercased()]
                if let earlier {
                    throw error(
                        .duplicateColumn, index,
                        "the column \(name) is the same as column \(earlier + 1), \(names[earlier]); take one of them out")
                }
                if let column { places[column] = index } else { others[name.trimmed.lowercased()] = index }
            }
            return places
        }

        func keyPlace(_ name: String?, in names: [String]) throws(MigrationFileError) -> Int? {
            guard let name else { return nil }
            if let place = names.firstIndex(where: { $0.trimmed.lowercased() == name.lowercased() }) { return place }
            throw error(.missingColumn, nil, "there is no column \(name), which was named as the unique key; correct the setting")
        }

        /// The cell of a column whose cells become empty.
        func blankedPlace(_ name: String, in names: [String], _ places: [Column: Int]) throws(MigrationFileError) -> Int {
            let place = Column(named: name.trimmed).flatMap { places[$0] }
            if let place = place ?? names.firstIndex(where: { $0.trimmed.lowercased() == name.trimmed.lowercased() }) { return place }
            throw error(
                .missingColumn, nil,
                "there is no column \(name), which was named to be blanked; the header has \(names.joined(separator: ", ")). Correct the setting"
            )
        }

        func error(_ code: MigrationFileError.Code, _ column: Int?, _ reason: String) -> MigrationFileError {
            MigrationFileError(code, file: file, line: document.line(ofRecord: 0), column: column.map { $0 + 1 }, reason: reason)
        }
    }
}
