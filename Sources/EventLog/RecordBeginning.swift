internal import Records

/// How the records of a table begin, as the first event of the migration's shows: with a date, or with a number in its column.
struct RecordBeginning {
    private let isDated: Bool
    private let numberPlace: Int?
    /// No table of events has fewer columns.
    private static let leastCells = 5

    /// `nil` where no event of the migration's is among the records.
    init?(of records: [TableRecords.Record]) {
        let header = records.lazy.compactMap { EventHeader($0.cells) }.first
        for record in records {
            guard let columns = EventColumns(record.cells, header) else { continue }
            isDated = Self.isDate(record.cells[0])
            numberPlace = columns.numberPlace
            return
        }
        return nil
    }

    /// Whether the cells are those of a record, and not of a line on which a description goes on.
    func fits(_ cells: [String]) -> Bool {
        guard cells.count >= Self.leastCells else { return false }
        guard !isDated, let numberPlace else { return Self.isDate(cells[0]) }
        return numberPlace < cells.count && LoggedEvent.number(cells[numberPlace]) != nil
    }

    /// `1/15/98`, `15.01.1998`, `1998-01-15`, with a time behind it or without.
    private static func isDate(_ cell: String) -> Bool {
        let date = cell.prefix { !$0.isWhitespace && $0 != "T" }
        let marks = date.count { "/.-".contains($0) }
        return date.first?.isNumber ?? false && marks >= 2 && date.count(where: \.isNumber) + marks == date.count
    }
}
