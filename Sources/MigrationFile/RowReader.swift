internal import CSV
internal import Records

/// Makes migration rows of records: the hot path. A row whose bytes are all ASCII is checked once and its cells are
/// copied straight into text; cells that say the same share one text.
struct RowReader {
    private let document: CSVDocument
    private let codePage: CodePage
    private let header: Header
    private let places: Places
    private let key: KeyPattern
    private let options: ReadOptions
    private let file: Int
    private var misuse: Int
    /// Everything that is wrong, in the order of the file.
    private(set) var problems: [RowProblem] = []

    /// The places of the columns, looked up once.
    private struct Places {
        let mailboxName: Int
        let fullName, migrate, objectClass, mode, commonName: Int?
        let displayName, givenName, surname, account, mail: Int?
        let addresses: [Int]
        /// Where the full name is put together of, where no column has one.
        let fullNameParts: [Int]
    }

    init(_ document: CSVDocument, codePage: CodePage, header: Header, key: KeyPattern, options: ReadOptions, file: Int) {
        self.document = document
        self.codePage = codePage
        self.header = header
        self.key = key
        self.options = options
        self.file = file
        misuse = document.misuses.firstIndex { $0.record > 0 } ?? document.misuses.count
        places = Places(
            mailboxName: header[.mailboxName] ?? 0, fullName: header[.fullName], migrate: header[.migrate],
            objectClass: header[.objectClass], mode: header[.mode], commonName: header[.commonName], displayName: header[.displayName],
            givenName: header[.givenName], surname: header[.surname], account: header[.account], mail: header[.mail],
            addresses: header.places(of: .addresses), fullNameParts: header.kind.fullNameParts.compactMap { header[$0] })
    }

    /// Whether the record is a row: not an empty line, and not the end-of-file mark of DOS (0x1A).
    func isRow(_ record: Int) -> Bool {
        guard document.cellCount(ofRecord: record) == 1 else { return true }
        let range = document.range(ofRecord: record, column: 0)
        return !(range.isEmpty || (range.count == 1 && document.bytes[range.lowerBound] == 0x1A))
    }

    /// The row in the record, with the first thing that is wrong with it. Records must come in order.
    mutating func row(_ number: Int, number rowNumber: Int) -> MigrationRow {
        let record = document.record(number)
        let line = document.line(ofRecord: number)
        let before = problems.count
        noteShape(record, line: line)
        noteUnreadableCells(record, line: line)
        // What stands in a column's place may be a secret where cells are missing or too many.
        guard record.cellCount == header.names.count || header.kind.secretColumns.isEmpty else {
            return MigrationRow(
                file: file, number: rowNumber, line: line, mailboxName: "", fullName: "", mode: .update, problem: problems[before])
        }
        let mailboxName = text(record, places.mailboxName)
        let fullName = fullName(record)
        let modeText = text(record, places.mode)
        // Without such a column it is Update (KB Q146304).
        let mode = places.mode == nil ? .update : Self.mode(modeText)
        let migrate = text(record, places.migrate)
        noteValues(
            mailboxName: mailboxName, migrate: migrate, modeText: modeText, mode: mode, fields: record.cellCount, line: line,
            isFirst: problems.count == before)
        return MigrationRow(
            file: file, number: rowNumber, line: line, mailboxName: mailboxName, fullName: fullName,
            isToBeMigrated: !Self.isNo(migrate), objectClass: places.objectClass == nil ? "Mailbox" : text(record, places.objectClass),
            mode: mode, commonName: text(record, places.commonName, ifLike: places.mailboxName, mailboxName),
            displayName: text(record, places.displayName, ifLike: places.fullName, fullName), givenName: text(record, places.givenName),
            surname: text(record, places.surname), account: text(record, places.account), addresses: addresses(record),
            key: header.key.map { key.key(in: text(record, $0), at: FilePosition(line: line, column: $0 + 1), options.keySearch) } ?? "",
            problem: problems.count > before ? problems[before] : nil)
    }

    /// The mode of that name without case. The usual spelling costs no copy.
    private static func mode(_ text: String) -> ImportMode? {
        text == "Create" ? .create : ImportMode(rawValue: text.lowercased())
    }

    private static func isNo(_ text: String) -> Bool {
        text != "Y" && text.trimmed.lowercased() == "n"
    }

    private static func isYes(_ text: String) -> Bool { text == "Y" || text.trimmed.lowercased() == "y" }

    /// What the row's column of full names says; else its parts, one after another.
    private func fullName(_ record: CSVRecord) -> String {
        let name = text(record, places.fullName)
        guard name.isEmpty, !places.fullNameParts.isEmpty else { return name }
        return places.fullNameParts.map { text(record, $0) }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func addresses(_ record: CSVRecord) -> [MailAddress] {
        var all = places.addresses.first.map { addresses(record, $0) } ?? []
        for column in places.addresses.dropFirst() { all += addresses(record, column) }
        if let mail = places.mail {
            let address = text(record, mail)
            if !address.isEmpty { all.append(MailAddress(type: "SMTP", value: address)) }
        }
        return all
    }

    /// The addresses in a cell. In a plain one no text is made of the cell as a whole.
    private func addresses(_ record: CSVRecord, _ column: Int?) -> [MailAddress] {
        guard let column, column < record.cellCount else { return [] }
        let separator = options.multiValueSeparator
        if record.isPlainASCII { return MultiValue.addresses(document.content(record, column: column).span, separator: separator) }
        return MultiValue.addresses(text(record, column).utf8.span, separator: separator)
    }

    /// The cell's text; empty where there is no such cell, or where it cannot be read.
    private func text(_ record: CSVRecord, _ column: Int?) -> String {
        guard let column, column < record.cellCount else { return "" }
        return (try? document.text(record, column: column, in: codePage)) ?? ""
    }

    /// The cell's text, shared with another cell's when the two are spelled alike.
    private func text(_ record: CSVRecord, _ column: Int?, ifLike other: Int?, _ known: String) -> String {
        guard let column, column < record.cellCount else { return "" }
        if let other, other < record.cellCount, document.isSpelledAlike(record, column: column, other) { return known }
        return text(record, column)
    }

    private mutating func noteShape(_ record: CSVRecord, line: Int) {
        while misuse < document.misuses.count, document.misuses[misuse].record == record.number {
            let found = document.misuses[misuse]
            let what =
                found.kind == .textAfterQuote ? "there is text behind the closing quote" : "a quote stands inside a cell without quotes"
            note(found.line, found.column, "\(what) (event 220); double the quotes inside and put the whole cell in quotes")
            misuse += 1
        }
        noteSwallowedRows(record, line: line)
        let (count, expected) = (record.cellCount, header.names.count)
        guard count != expected else { return }
        let hint =
            count < expected ? "add the separators that are missing at the end, which Excel drops" : "quote the cell that holds a separator"
        note(
            line, min(count, expected) + 1,
            "the row has \(count) field\(count == 1 ? "" : "s"), expected \(expected) as in the header (event 291); \(hint)")
    }

    /// Two quotes that open and close in different rows make one cell of all that stands between them, and a row of as many fields as it should
    /// have: the rows between would be missing, and nothing would say so. Such a cell has a line end, and at least as many separators as a row.
    private mutating func noteSwallowedRows(_ record: CSVRecord, line: Int) {
        guard document.mayHoldLineEnd(record: record.number) else { return }
        for column in 0..<record.cellCount {
            let raw = document.bytes[document.range(ofRecord: record.number, column: column)]
            guard raw.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { continue }
            let separators = raw.count { $0 == document.dialect.separator }
            guard separators >= header.names.count - 1 else { continue }
            note(
                line, column + 1,
                "this cell takes the lines below in, up to the next quote, and holds as many separators as a whole row; "
                    + "close the quote where the value ends, or double it")
        }
    }

    private mutating func noteUnreadableCells(_ record: CSVRecord, line: Int) {
        if record.isPlainASCII { return }
        for column in 0..<record.cellCount {
            let content = document.content(record, column: column)
            if content.contains(0) {
                note(line, column + 1, "the cell holds a zero byte; take it out, the importer would cut the text there")
            }
            do { _ = try codePage.decode(content) } catch {
                note(line, column + 1, "\(error) (byte \(error.offset + 1) of the cell); name the right code page, or correct the cell")
            }
        }
    }

    private mutating func noteValues(
        mailboxName: String, migrate: String, modeText: String, mode: ImportMode?, fields: Int, line: Int, isFirst: Bool
    ) {
        if mailboxName.trimmed.isEmpty, isFirst {
            let name = header.names[places.mailboxName]
            note(
                line, places.mailboxName + 1,
                header.kind.importer == .wizard
                    ? "\(name) is empty, expected the MS Mail mailbox name; take it from the postoffice"
                    : "\(name) is empty, expected the name of the mailbox; fill it in")
        }
        // A field too many shifts what stands behind it, and then the cell in a column's place is another one.
        guard fields <= header.names.count else { return }
        if let column = places.migrate, !Self.isYes(migrate), !Self.isNo(migrate) {
            let name = header.names[column].trimmed
            let seen = migrate.trimmed.isEmpty ? "\(name) is empty" : "\(name) is \"\(migrate)\""
            note(line, column + 1, "\(seen), expected Y or N; say whether the row is to be migrated")
        }
        guard let column = places.mode, mode == nil else { return }
        let seen = modeText.trimmed.isEmpty ? "a Mode of blanks is not an empty one" : "the Mode \"\(modeText)\" is not known"
        note(line, column + 1, "\(seen) (event 221), expected Create, Modify, Update, Delete or nothing; correct the cell")
    }

    private mutating func note(_ line: Int, _ column: Int, _ text: String) {
        problems.append(RowProblem(position: FilePosition(line: line, column: column), text: text))
    }
}
