internal import CSV
public import Records

extension MigrationFile {
    /// In what this file differs from `written`, by what a user list says: rows are the same row where their mailbox names are (the second of a
    /// name is the second there), and cells where their columns' names are.
    public func differences(from written: MigrationFile) -> ListDifferences {
        var differences = ListDifferences()
        differences.preambleDiffers = !preamble.elementsEqual(written.preamble) { $0.isExactly($1) }
        differences.columnsGone = written.columns.filter { header.place(of: $0) == nil }
        differences.columnsNew = columns.filter { written.header.place(of: $0) == nil }
        let shared = columns.indices.compactMap { here in written.header.place(of: columns[here]).map { (here: here, there: $0) } }
        var left = written.rowsByName
        var lastPlace = -1
        for (place, row) in rows.enumerated() {
            guard let there = left[row.mailboxName]?.popFirst() else {
                differences.rowsNew.append(.init(line: row.line, mailboxName: row.mailboxName))
                continue
            }
            if there < lastPlace { differences.isReordered = true }
            lastPlace = max(lastPlace, there)
            for column in shared {
                let (was, now) = (written.shown(row: there, column: column.there), shown(row: place, column: column.here))
                if was.isExactly(now) { continue }
                let isSecret = header.isSecret(column.here) || written.header.isSecret(column.there)
                differences.cells.append(
                    .init(
                        line: row.line, mailboxName: row.mailboxName, column: columns[column.here], written: isSecret ? "***" : was,
                        found: isSecret ? "***" : now))
            }
        }
        let gone = left.values.joined().sorted().map { written.rows[$0] }
        differences.rowsGone = gone.map { .init(line: $0.line, mailboxName: $0.mailboxName) }
        return differences
    }

    /// The same for the changed cells alone, where what was written is not to be had any more. Not told: what else may differ.
    public func differences(from applied: [AppliedRow]) -> ListDifferences {
        var differences = ListDifferences()
        let places = rowsByName
        for row in applied {
            let sameNumber = row.row <= rows.count && rows[row.row - 1].mailboxName.isExactly(row.mailboxName) ? row.row - 1 : nil
            guard let place = sameNumber ?? places[row.mailboxName]?.first else {
                differences.rowsGone.append(.init(line: row.line, mailboxName: row.mailboxName))
                continue
            }
            for change in row.changes {
                guard let column = header.place(of: change.column) else {
                    if !differences.columnsGone.contains(change.column) { differences.columnsGone.append(change.column) }
                    continue
                }
                let now = shown(row: place, column: column)
                if change.new.isExactly(now) { continue }
                differences.cells.append(
                    .init(line: rows[place].line, mailboxName: row.mailboxName, column: change.column, written: change.new, found: now))
            }
        }
        return differences
    }

    /// The places in `rows` of each mailbox name.
    private var rowsByName: [String: ArraySlice<Int>] {
        Dictionary(grouping: rows.indices) { rows[$0].mailboxName }.mapValues { $0[...] }
    }

    /// A cell's text; what cannot be read, and a cell that is missing, in words.
    private func shown(row: Int, column: Int) -> String {
        let record = Int(records[row])
        guard column < document.cellCount(ofRecord: record) else { return "(no cell)" }
        return (try? document.text(record: record, column: column, in: encoding.codePage)) ?? "(unreadable)"
    }
}

extension String {
    /// The same scalars: to Swift, é is é however it is written.
    fileprivate func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
