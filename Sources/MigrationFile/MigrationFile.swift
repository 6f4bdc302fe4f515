public import CSV
public import Records

/// The user list that the first step of the MS Mail wizard extracts: rows to decide on, over bytes that stay as they are.
///
/// Reads from bytes, decides nothing, and makes the corrected bytes from what was decided. What the importer makes of the
/// columns: docs and KB Q186742. The file on disk is ``FileReplacement``'s business.
public struct MigrationFile: Sendable {
    /// The file's name as it was given; stands in every error.
    public let name: String
    /// The lines before the header, without their ends. They are kept in the corrected file.
    public let preamble: [String]
    /// The header's physical line, from 1.
    public let headerLine: Int
    /// The header's cells as spelled.
    public var columns: [String] { header.names }
    /// The data rows in order. Empty lines are no rows.
    public let rows: [MigrationRow]
    /// Everything that is wrong with rows, in the order of the file; a row holds the first of its own.
    public let problems: [RowProblem]
    /// The code page, and why.
    public let encoding: CodePageFinding
    /// Every postoffice that a row's own MIGRATE or MS address names, in order of name.
    public let postoffices: [Postoffice]
    /// The postoffice that the preamble names, if it names just one. Offered, never used unasked: what the preamble
    /// holds is not documented.
    public let preamblePostoffice: PreamblePostoffice?

    let document: CSVDocument
    let header: Header
    /// The record of each row.
    let records: [UInt32]

    /// Separator, quote and line ends, and why.
    public var dialect: DialectFinding { document.finding }

    /// Reads a user list from the bytes of a whole file. Pure: touches nothing but its arguments.
    ///
    /// - Parameters:
    ///   - name: the file's name, for errors and to recognise .pkl, .pri and .sec.
    ///   - file: the place of the file among the files of the run, from 0; goes into the rows.
    /// - Throws: an error when the bytes are not a user list, or not safely readable as one. What is wrong with single rows is in ``problems``.
    public static func read(
        bytes: [UInt8], name: String, file: Int = 0, options: ReadOptions = ReadOptions()
    ) throws(MigrationFileError) -> MigrationFile {
        if let refusal = ForeignFile(bytes: bytes, name: name).refusalByMagic { throw refusal }
        return try list(in: bytes, name: name, file: file, options: options)
    }

    /// Reads what is text, and none of the files that are not.
    static func list(in bytes: [UInt8], name: String, file: Int = 0, options: ReadOptions) throws(MigrationFileError) -> MigrationFile {
        guard bytes.count < UInt32.max else {
            throw MigrationFileError(.tooLarge, file: name, reason: "the file has \(bytes.count) bytes, expected less than 4 GiB; split it")
        }
        guard let place = HeaderSearch(bytes, told: options.dialect) else {
            throw ForeignFile(bytes: bytes, name: name).refusalWithoutHeader
        }
        let encoding = try encoding(of: bytes, name: name, told: options.encoding)
        let document = CSVDocument(bytes: bytes, start: place.offset, line: place.line, choice: options.dialect)
        try refuseOpenQuote(document, name: name)
        return try MigrationFile(document, place: place, encoding: encoding, name: name, file: file, options: options)
    }

    private init(
        _ document: CSVDocument, place: HeaderSearch, encoding: CodePageFinding, name: String, file: Int, options: ReadOptions
    ) throws(MigrationFileError) {
        self.name = name
        self.document = document
        self.encoding = encoding
        headerLine = place.line
        let lines = Preamble(place.preamble.map { document.bytes[$0] }, codePage: encoding.codePage, separator: document.dialect.separator)
        preamble = lines.texts
        preamblePostoffice = lines.postoffice
        header = try Header(document, codePage: encoding.codePage, file: name, options: options)
        let key = try KeyPattern(options.keyPattern, file: name)
        var reader = RowReader(document, codePage: encoding.codePage, header: header, key: key, options: options, file: file)
        var duplicates = DuplicateNames(told: options.postoffice, capacity: document.recordCount)
        var (rows, records): ([MigrationRow], [UInt32]) = ([], [])
        rows.reserveCapacity(document.recordCount)
        records.reserveCapacity(document.recordCount)
        for record in 1..<document.recordCount where reader.isRow(record) {
            rows.append(reader.row(record, number: rows.count + 1))
            duplicates.add(mailboxName: rows[rows.count - 1].mailboxName, addresses: rows[rows.count - 1].addresses)
            records.append(UInt32(record))
        }
        postoffices = duplicates.postoffices
        problems = (reader.problems + duplicates.mark(&rows)).sorted {
            ($0.position.line, $0.position.column ?? 0) < ($1.position.line, $1.position.column ?? 0)
        }
        self.rows = rows
        self.records = records
    }

    private static func encoding(of bytes: [UInt8], name: String, told: String?) throws(MigrationFileError) -> CodePageFinding {
        do {
            guard let told, told.lowercased() != "auto" else { return try CodePageFinding.find(in: bytes) }
            return CodePageFinding(codePage: try CodePage(named: told), evidence: "The code page was told: \(told).")
        } catch {
            var reason = "\(error)"
            reason.removeLast()
            throw MigrationFileError(.unknownEncoding, file: name, reason: reason)
        }
    }

    /// Behind an open quote the rows cannot be told apart, and a part must not pass for the whole.
    private static func refuseOpenQuote(_ document: CSVDocument, name: String) throws(MigrationFileError) {
        guard let open = document.misuses.first(where: { $0.kind == .neverClosed }) else { return }
        throw MigrationFileError(
            .quoteNeverClosed, file: name, line: open.line, column: open.column,
            reason:
                "the quote that opens here is never closed, so everything behind it would be one cell (event 220); close it, or double it")
    }
}
