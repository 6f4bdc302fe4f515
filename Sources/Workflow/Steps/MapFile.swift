internal import CSV
internal import MigrationFile
internal import Records
internal import Reconciler

/// The administrator's map: a CSV file in UTF-8 (or UTF-16 with its mark) with two columns, mailbox and recipient.
///
/// The mailbox is a mailbox name or NET/PO/NAME; the recipient a DN (in quotes, for its commas), an alias, a directory name, a display name or an
/// address. A first line `mailbox,recipient` and lines that begin with `#` are passed over.
enum MapFile {
    /// The pairs in the order of the file; a line that is not a pair is an error with its number and column.
    static func pairs(at path: String) throws(Failure) -> [MappedPair] {
        let bytes: [UInt8]
        do throws(FileAccessError) { bytes = try FileReading.bytes(at: path) } catch { throw Failure(error) }
        let document = CSVDocument(
            bytes: try MarkedText.utf8(bytes, path: path), choice: DialectChoice(separator: UInt8(ascii: ",")))
        if let misuse = document.misuses.first(where: { $0.kind != .strayQuote || !isComment($0.record, document) }) {
            throw refusal(of: misuse, document, path)
        }
        var pairs: [MappedPair] = []
        for record in 0..<document.recordCount {
            let cells = try (0..<document.cellCount(ofRecord: record)).map { column throws(Failure) in
                try text(document, record, column, path)
            }
            let line = document.line(ofRecord: record)
            if isComment(record, document) { try refuseSwallowedLines(cells, path, line: line) }
            if isPassedOver(cells, isFirst: record == 0) { continue }
            pairs.append(try pair(cells, path, line: line))
        }
        return pairs
    }

    /// A comment ends with its line. A quote behind a comma in it takes the next lines in, and pairs would be lost without a word.
    private static func refuseSwallowedLines(_ cells: [String], _ path: String, line: Int) throws(Failure) {
        guard let column = cells.firstIndex(where: { $0.contains(where: \.isNewline) }) else { return }
        throw Failure(
            .badData,
            "\(path):\(line):\(column + 1): the quote that opens here, in a comment, is closed on another line only; close it, or take it out."
        )
    }

    private static func isComment(_ record: Int, _ document: CSVDocument) -> Bool {
        document.content(record: record, column: 0).first == UInt8(ascii: "#")
    }

    private static func isPassedOver(_ cells: [String], isFirst: Bool) -> Bool {
        cells.allSatisfy(\.isEmpty) || cells[0].hasPrefix("#")
            || (isFirst && cells.count == 2 && cells[0].equalsWithoutCase("mailbox") && cells[1].equalsWithoutCase("recipient"))
    }

    private static func pair(_ cells: [String], _ path: String, line: Int) throws(Failure) -> MappedPair {
        guard cells.count == 2 else {
            throw Failure(
                .badData,
                "\(path):\(line):\(min(cells.count, 2) + 1): expected two columns, mailbox and recipient, found \(cells.count). A DN has commas and needs quotes: JSMITH,\"cn=JohnS,cn=Recipients,ou=SITE,o=ORG\"."
            )
        }
        if let empty = cells.firstIndex(of: "") {
            let expected =
                empty == 0
                ? "the mailbox name, or NETWORK/POSTOFFICE/MAILBOX" : "the recipient's DN, alias, Directory Name, display name or address"
            throw Failure(
                .badData, "\(path):\(line):\(empty + 1): this column is empty; expected \(expected). Fill it in, or take the line out.")
        }
        guard cells[0].contains("/") else { return MappedPair(mailboxName: cells[0], recipient: cells[1], line: line) }
        guard let mailbox = MSMailMailbox(cells[0]) else {
            throw Failure(.badData, "\(path):\(line):1: '\(cells[0])' is neither a mailbox name nor NETWORK/POSTOFFICE/MAILBOX.")
        }
        return MappedPair(mailboxName: mailbox.name, postoffice: mailbox.postoffice, recipient: cells[1], line: line)
    }

    private static func text(_ document: CSVDocument, _ record: Int, _ column: Int, _ path: String) throws(Failure) -> String {
        guard let text = String(validating: document.content(record: record, column: column), as: UTF8.self) else {
            throw Failure(
                .badData,
                "\(path):\(document.line(ofRecord: record)):\(column + 1): the map file must be UTF-8; in Excel, save it as 'CSV UTF-8'.")
        }
        return text
    }

    private static func refusal(of misuse: QuoteMisuse, _ document: CSVDocument, _ path: String) -> Failure {
        let beginning = document.line(ofRecord: misuse.record)
        let advice = "put the whole value in quotes and double those inside"
        let text =
            switch misuse.kind {
            case .neverClosed:
                "the quote that opens on line \(misuse.line), column \(misuse.column) is never closed; close it, or double it where it belongs to the value"
            case .textAfterQuote where misuse.line > beginning:
                "the quote that opens in the row on line \(beginning) is closed only here, with text behind it; close it where its value ends"
            case .textAfterQuote: "there is text behind the closing quote; \(advice)"
            case .strayQuote: "a quote stands where none belongs; \(advice)"
            }
        return Failure(.badData, "\(path):\(misuse.line):\(misuse.column): \(text).")
    }
}
