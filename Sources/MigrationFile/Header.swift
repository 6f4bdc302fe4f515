internal import CSV

/// The header's cells, and which of them this program reads.
struct Header {
    /// The kind of file that it is the header of.
    let kind: ListKind
    /// The names as spelled, in order.
    let names: [String]
    /// The cells of each field whose column is there, from 0: one, but of addresses all that there are.
    private let places: [ListKind.Field: [Int]]
    /// The cell of the unique key; `nil` when none is asked for.
    let key: Int?
    /// The cells that become empty in corrected rows, ascending.
    let blanked: [Int]

    init(
        _ document: CSVDocument, kind: ListKind, codePage: CodePage, file: String, options: ReadOptions
    ) throws(MigrationFileError) {
        let reader = Reader(document: document, kind: kind, codePage: codePage, file: file)
        self.kind = kind
        try reader.refuseMisplacedQuotes()
        names = try reader.names()
        try reader.checkLeading(names)
        places = try reader.places(names)
        try reader.checkRequired(names, places)
        key = try reader.keyPlace(options.keyColumn, in: names)
        var blanked: Set<Int> = []
        for name in options.blankedColumns { blanked.insert(try reader.blankedPlace(name, in: names, places)) }
        if options.keepsDisplayName, let place = places[.displayName]?.first { blanked.insert(place) }
        self.blanked = blanked.sorted()
    }

    /// The cell of a field, the first where there are several; `nil` where there is none.
    subscript(field: ListKind.Field) -> Int? { places[field]?.first }

    /// All cells of a field.
    func places(of field: ListKind.Field) -> [Int] { places[field] ?? [] }

    /// Whether the cells of a column are never shown.
    func isSecret(_ column: Int) -> Bool { column < names.count && kind.isSecret(names[column]) }

    /// The place of the column of exactly that name.
    func place(of name: String) -> Int? { names.firstIndex { $0.utf8.elementsEqual(name.utf8) } }

    private struct Reader {
        let document: CSVDocument
        let kind: ListKind
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
            for (index, name) in kind.leading.enumerated() {
                let found = index < names.count ? names[index] : nil
                if let found, found.trimmed.lowercased() == name.lowercased() { continue }
                let seen = found.map { "this column is \"\($0)\"" } ?? "the header ends before this column"
                let first = kind.leading.count == 5 ? "five" : String(kind.leading.count)
                let all =
                    kind.leading.count == 1
                    ? "" : ": the first \(first) columns must be \(kind.leading.joined(separator: ", ")), in this order"
                throw error(.wrongColumn, index, "\(seen), expected \(name)\(all)")
            }
        }

        func places(_ names: [String]) throws(MigrationFileError) -> [ListKind.Field: [Int]] {
            var known: [String: Int] = [:]
            for (index, name) in names.enumerated() where !name.trimmed.isEmpty {
                if let earlier = known.updateValue(index, forKey: name.trimmed.lowercased()) { throw repeated(index, earlier, names) }
            }
            var places: [ListKind.Field: [Int]] = [:]
            for field in ListKind.Field.allCases {
                let found = (kind.columns[field] ?? []).compactMap { known[$0.trimmed.lowercased()] }
                // Of these the first that is there counts.
                let takesFirst = field == .mailboxName || field == .fullName
                if found.count > 1, !takesFirst, field != .addresses { throw repeated(found.max() ?? 0, found.min() ?? 0, names) }
                if !found.isEmpty { places[field] = takesFirst ? [found[0]] : found }
            }
            return places
        }

        private func repeated(_ index: Int, _ earlier: Int, _ names: [String]) -> MigrationFileError {
            error(
                .duplicateColumn, index,
                "the column \(names[index]) is the same as column \(earlier + 1), \(names[earlier]); take one of them out")
        }

        func checkRequired(_ names: [String], _ places: [ListKind.Field: [Int]]) throws(MigrationFileError) {
            let written = kind.writes.map(\.field)
            var taken: [Int: ListKind.Field] = [:]
            for field in written {
                guard let place = places[field]?.first else { continue }
                guard let other = taken.updateValue(field, forKey: place) else { continue }
                throw error(
                    .duplicateColumn, place,
                    "the column \(names[place]) is both \(other.rawValue) and \(field.rawValue) in a file of the kind \(kind.name), and both are written; give each a column"
                )
            }
            for field in kind.required + [.mailboxName] + written.filter({ $0 != .mode }) where places[field] == nil {
                let others = (kind.columns[field] ?? []).dropFirst().joined(separator: ", ")
                let isWritten = kind.writes.contains { $0.field == field }
                throw error(
                    .missingColumn, nil,
                    "there is no column \(kind.name(of: field))\(others.isEmpty ? "" : " (or \(others))"), \(isWritten ? "which the correction is written to" : "which every \(kind.title) has"); the header has "
                        + "\(names.joined(separator: ", ")). Add it, or correct its name")
            }
        }

        private func refuseSecret(_ name: String, _ use: String) throws(MigrationFileError) {
            guard kind.isSecret(name) else { return }
            throw error(
                .wrongColumn, nil, "the column \(name) is secret in a file of the kind \(kind.name), so it cannot \(use); name another one")
        }

        func keyPlace(_ name: String?, in names: [String]) throws(MigrationFileError) -> Int? {
            guard let name else { return nil }
            try refuseSecret(name, "be the unique key")
            if let place = names.firstIndex(where: { $0.trimmed.lowercased() == name.lowercased() }) { return place }
            throw error(.missingColumn, nil, "there is no column \(name), which was named as the unique key; correct the setting")
        }

        /// The cell of a column whose cells become empty.
        func blankedPlace(_ name: String, in names: [String], _ places: [ListKind.Field: [Int]]) throws(MigrationFileError) -> Int {
            try refuseSecret(name, "be blanked, which a plan would show")
            let field = kind.columns.first { field, names in
                places[field] != nil && names.contains { $0.lowercased() == name.trimmed.lowercased() }
            }
            let place = field.flatMap { places[$0.key]?.first }
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
