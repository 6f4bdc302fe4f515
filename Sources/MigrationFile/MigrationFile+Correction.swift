internal import CSV
public import Records

/// What a corrected row's Mode becomes.
public enum CorrectedMode: String, Sendable, CaseIterable {
    /// Nothing, as KB Q186742 has it: in effect Update, which also creates what does not exist.
    case blank
    /// `Modify`, which cannot create; nobody has been seen to use it in a user list.
    case modify

    /// The cell's text.
    var text: String {
        switch self {
        case .blank: ""
        case .modify: "Modify"
        }
    }
}

/// The cells that change in one row.
public struct RowCorrection: Sendable, Hashable {
    /// The number of the data row, from 1.
    public var row: Int
    /// Its changes.
    public var changes: [CellChange]

    /// A correction from its parts.
    public init(row: Int, changes: [CellChange]) {
        self.row = row
        self.changes = changes
    }
}

/// What of a mailbox may be written into a row.
public struct MailboxValues: Sendable, Hashable {
    /// Its Directory Name, alias, name in the address book, primary SMTP address and DN; empty where it has none.
    public var directoryName, alias, displayName, mail, dn: String

    /// Values from their parts.
    public init(directoryName: String, alias: String = "", displayName: String = "", mail: String = "", dn: String = "") {
        self.directoryName = directoryName
        self.alias = alias
        self.displayName = displayName
        self.mail = mail
        self.dn = dn
    }
}

extension MigrationFile {
    /// The cells to change so that the row of this place in `rows` points at the mailbox, as the kind of file has it; only those that differ.
    ///
    /// Empty when the row is right already; else with the columns that the read options name to be blanked. Names are compared to the byte, as they are written;
    /// Mode and mail addresses without case.
    /// - Throws: `.badDirectoryName`, `.notRepresentable`, `.rowHasProblem`, `.noSuchCell`.
    public func correction(
        forRow place: Int, to mailbox: MailboxValues, mode: CorrectedMode = .blank
    ) throws(MigrationFileError) -> [CellChange] {
        if let problem = rows[place].problem {
            throw MigrationFileError(
                .rowHasProblem, file: name, line: problem.position.line, column: problem.position.column, reason: problem.text)
        }
        let record = try record(ofRow: rows[place].number)
        var changes: [CellChange] = []
        for write in kind.writes {
            guard let column = header[write.field] else { continue }
            let new = try value(write.source, of: mailbox, mode, line: rows[place].line, column: column)
            let old = try text(record: record, column: column)
            let isSame = [.mode, .modify, .mail].contains(write.source) ? old.equalsWithoutCase(new) : old.utf8.elementsEqual(new.utf8)
            if !isSame { changes.append(CellChange(column: columns[column], old: old, new: new)) }
        }
        // A row that is right already stays as it is.
        if changes.isEmpty { return [] }
        for column in header.blanked where column < document.cellCount(ofRecord: record) {
            let old = try text(record: record, column: column)
            if !old.isEmpty { changes.append(CellChange(column: columns[column], old: old, new: "")) }
        }
        return changes
    }

    /// What is written into a cell; throws where the mailbox has nothing that can be.
    private func value(
        _ source: ListKind.Source, of mailbox: MailboxValues, _ mode: CorrectedMode, line: Int, column: Int
    ) throws(MigrationFileError) -> String {
        let (text, what): (String, String)
        switch source {
        case .mode: return mode.text
        case .modify: return CorrectedMode.modify.text
        case .directoryName:
            try check(mailbox.directoryName, line: line, column: column)
            return mailbox.directoryName
        case .alias: (text, what) = (mailbox.alias, "alias")
        case .displayName: (text, what) = (mailbox.displayName, "display name")
        case .mail: (text, what) = (mailbox.mail, "SMTP address")
        case .dn: (text, what) = (mailbox.dn, "DN")
        }
        let fault =
            text.isEmpty
            ? "is missing" : text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "holds a control character" : nil
        if let fault {
            throw MigrationFileError(
                .badDirectoryName, file: name, line: line, column: column + 1,
                reason: "the mailbox's \(what), which belongs into \(columns[column]), \(fault); this row must be corrected by hand")
        }
        _ = try encode(text, line: line, column: column)
        return text
    }

    /// The whole file with the corrections made: no byte outside the cells named is different.
    ///
    /// Every change is held against the file first. One copy of the bytes.
    /// - Throws: `.noSuchCell`, `.changedTwice`, `.staleCell`, `.notRepresentable`.
    public func corrected(_ corrections: [RowCorrection]) throws(MigrationFileError) -> [UInt8] {
        document.replacing(try edits(for: corrections))
    }

    /// The changes as edits of cells in the order of the file, each checked against what the file holds.
    func edits(for corrections: [RowCorrection]) throws(MigrationFileError) -> [CellEdit] {
        var edits: [CellEdit] = []
        for correction in corrections {
            let record = try record(ofRow: correction.row)
            for change in correction.changes { edits.append(try edit(change, record: record)) }
        }
        edits.sort { ($0.record, $0.column) < ($1.record, $1.column) }
        for (edit, next) in zip(edits, edits.dropFirst()) where (edit.record, edit.column) == (next.record, next.column) {
            throw error(
                .changedTwice, edit.record, edit.column, "the column \(columns[edit.column]) of this row is changed twice; make a new plan")
        }
        return edits
    }

    private func edit(_ change: CellChange, record: Int) throws(MigrationFileError) -> CellEdit {
        guard let column = header.place(of: change.column), column < document.cellCount(ofRecord: record) else {
            throw error(.noSuchCell, record, nil, "there is no cell of a column \(change.column) here; make a new plan for this file")
        }
        let old = try text(record: record, column: column)
        guard old.utf8.elementsEqual(change.old.utf8) else {
            throw error(
                .staleCell, record, column,
                "the column \(change.column) holds \"\(old)\" where \"\(change.old)\" was expected; make a new plan for this file")
        }
        return CellEdit(record: record, column: column, content: try encode(change.new, record: record, column: column))
    }

    /// What the importer would misread in a Directory Name (KB Q176741; domain facts, 5).
    private func check(_ directoryName: String, line: Int, column: Int) throws(MigrationFileError) {
        let fault = Self.fault(ofDirectoryName: directoryName)
        if let fault {
            throw MigrationFileError(
                .badDirectoryName, file: name, line: line, column: column + 1,
                reason: "the Directory Name \"\(Self.printable(directoryName))\" \(fault); this row must be corrected by hand")
        }
        _ = try encode(directoryName, line: line, column: column)
    }

    private static func fault(ofDirectoryName name: String) -> String? {
        if !name.isEmpty, name.utf8.count <= 64, name.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7E && $0 != UInt8(ascii: "?") }) { return nil }
        let scalars = name.unicodeScalars
        if scalars.isEmpty { return "is empty" }
        if scalars.contains("?") { return "holds a question mark, which stands for a character lost on the way" }
        if scalars.contains(where: { $0.properties.generalCategory == .control }) { return "holds a control character" }
        if scalars.count > 64 { return "has \(scalars.count) characters, expected at most 64" }
        return scalars.contains("~") && name.uppercased().contains("~DEL") ? "holds ~DEL, which tells the importer to delete" : nil
    }

    private func encode(_ text: String, record: Int, column: Int) throws(MigrationFileError) -> [UInt8] {
        try encode(text, line: document.line(ofRecord: record), column: column)
    }

    private func encode(_ text: String, line: Int, column: Int) throws(MigrationFileError) -> [UInt8] {
        do {
            let bytes = try encoding.codePage.encode(text)
            if document.canHold(bytes) { return bytes }
        } catch {
            throw MigrationFileError(
                .notRepresentable, file: name, line: line, column: column + 1,
                reason:
                    "\"\(Self.printable(text))\" cannot be written, for \(error), the code page of the file; this row must be corrected by hand"
            )
        }
        throw MigrationFileError(
            .notRepresentable, file: name, line: line, column: column + 1,
            reason:
                "\"\(Self.printable(text))\" cannot be written, for it holds a separator and the file is read without quotes; this row must be corrected by hand"
        )
    }

    func record(ofRow row: Int) throws(MigrationFileError) -> Int {
        guard row >= 1, row <= records.count else {
            throw MigrationFileError(
                .noSuchCell, file: name, reason: "there is no row \(row), the file has \(records.count); make a new plan for this file")
        }
        return Int(records[row - 1])
    }

    func text(record: Int, column: Int) throws(MigrationFileError) -> String {
        guard column < document.cellCount(ofRecord: record) else {
            throw error(.noSuchCell, record, nil, "the row ends before the column \(columns[column]); correct the row first")
        }
        do { return try document.text(record: record, column: column, in: encoding.codePage) } catch {
            throw self.error(.staleCell, record, column, "the cell cannot be read, for \(error); correct the cell first")
        }
    }

    func error(_ code: MigrationFileError.Code, _ record: Int, _ column: Int?, _ reason: String) -> MigrationFileError {
        MigrationFileError(code, file: name, line: document.line(ofRecord: record), column: column.map { $0 + 1 }, reason: reason)
    }

    /// Text for a message, control characters shown as everywhere else.
    private static func printable(_ text: String) -> String {
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
    }
}
