internal import CSV
internal import MigrationFile
internal import Records
internal import Reconciler

/// The administrator's map: a CSV file in UTF-8 with two columns, mailbox and recipient.
///
/// The mailbox is a mailbox name or NET/PO/NAME; the recipient a DN (in quotes, for its commas), an alias, a directory name, a display name or an
/// address. A first line `mailbox,recipient` and lines that begin with `#` are passed over.
enum MapFile {
    /// The pairs in the order of the file; a line that is not a pair is an error with its number.
    static func pairs(at path: String) throws(Failure) -> [MappedPair] {
        let document: CSVDocument
        do throws(FileAccessError) {
            document = CSVDocument(bytes: try FileReading.bytes(at: path), choice: DialectChoice(separator: UInt8(ascii: ",")))
        } catch { throw Failure(error) }
        if let misuse = document.misuses.first {
            throw Failure(
                .badData,
                "\(path):\(misuse.line):\(misuse.column): a quote stands where none belongs; put the whole value in quotes and double those inside."
            )
        }
        var pairs: [MappedPair] = []
        for record in 0..<document.recordCount {
            let cells = try (0..<document.cellCount(ofRecord: record)).map { column throws(Failure) in
                try text(document, record, column, path)
            }
            if isPassedOver(cells, isFirst: record == 0) { continue }
            pairs.append(try pair(cells, place: "\(path):\(document.line(ofRecord: record))", line: document.line(ofRecord: record)))
        }
        return pairs
    }

    private static func isPassedOver(_ cells: [String], isFirst: Bool) -> Bool {
        cells.allSatisfy(\.isEmpty) || cells[0].hasPrefix("#")
            || (isFirst && cells.count == 2 && cells[0].equalsWithoutCase("mailbox") && cells[1].equalsWithoutCase("recipient"))
    }

    private static func pair(_ cells: [String], place: String, line: Int) throws(Failure) -> MappedPair {
        guard cells.count == 2, !cells[0].isEmpty, !cells[1].isEmpty else {
            throw Failure(
                .badData,
                "\(place): expected two columns, mailbox and recipient, found \(cells.count). A DN has commas and needs quotes: JSMITH,\"cn=JohnS,cn=Recipients,ou=SITE,o=ORG\"."
            )
        }
        guard cells[0].contains("/") else { return MappedPair(mailboxName: cells[0], recipient: cells[1], line: line) }
        guard let mailbox = MSMailMailbox(cells[0]) else {
            throw Failure(.badData, "\(place): '\(cells[0])' is neither a mailbox name nor NETWORK/POSTOFFICE/MAILBOX.")
        }
        return MappedPair(mailboxName: mailbox.name, postoffice: mailbox.postoffice, recipient: cells[1], line: line)
    }

    private static func text(_ document: CSVDocument, _ record: Int, _ column: Int, _ path: String) throws(Failure) -> String {
        guard let text = String(validating: document.content(record: record, column: column), as: UTF8.self) else {
            throw Failure(.badData, "\(path):\(document.line(ofRecord: record)):\(column + 1): the map file must be UTF-8.")
        }
        return text
    }
}
