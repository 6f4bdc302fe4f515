/// One pass over the bytes that finds every record and cell and copies none.
///
/// A quote opens a cell only as its first byte (RFC 4180, section 2); anything else is misuse, which is noted with its
/// place and read as plain content, so that one bad cell does not hide the rest of the file.
struct CSVParser {
    /// Where the cells start, all records together.
    private(set) var cells: [UInt32] = []
    /// The records in order.
    private(set) var records: [CSVDocument.Record] = []
    private(set) var misuses: [QuoteMisuse] = []
    /// How many line ends of each sort ended a record.
    private(set) var lineEnds = (crlf: 0, lf: 0, cr: 0)

    private let separator: UInt8
    /// `nil` where no byte opens a cell.
    private let quote: UInt8?
    /// What may mean something: separator, quote, CR and LF.
    private let specials: (WordPattern, WordPattern, WordPattern, WordPattern)
    private let accepted: Dialect.LineEnd
    private var line: Int
    private var position: Int

    init(start: Int, line: Int, separator: UInt8, quote: UInt8?, accepted: Dialect.LineEnd) {
        position = start
        self.line = line
        self.separator = separator
        self.quote = quote
        specials = (WordPattern(separator), WordPattern(quote ?? separator), WordPattern(0x0D), WordPattern(0x0A))
        self.accepted = accepted
    }

    /// Reads to the end of the bytes.
    mutating func run(_ bytes: Span<UInt8>) {
        reserve(for: bytes.count - position)
        while position < bytes.count { readRecord(bytes) }
    }

    /// Room for the lines and cells of a usual user list, so that the arrays grow seldom.
    private mutating func reserve(for count: Int) {
        records.reserveCapacity(count / 90 + 16)
        cells.reserveCapacity(count / 7 + 16)
    }

    private mutating func readRecord(_ bytes: Span<UInt8>) {
        let firstCell = cells.count
        let firstLine = line
        while true {
            cells.append(UInt32(truncatingIfNeeded: position))
            if position < bytes.count, bytes[position] == quote { skipQuoted(bytes, firstCell: firstCell) }
            skipPlain(bytes, firstCell: firstCell)
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        records.append(
            CSVDocument.Record(
                firstCell: UInt32(truncatingIfNeeded: firstCell), end: UInt32(truncatingIfNeeded: position),
                line: UInt32(truncatingIfNeeded: firstLine)))
        endRecord(bytes)
    }

    /// Goes to the separator or line end; a quote on the way is misuse.
    private mutating func skipPlain(_ bytes: Span<UInt8>, firstCell: Int) {
        while true {
            position = nextSpecial(bytes, from: position)
            guard position < bytes.count, bytes[position] != separator, lineEndLength(bytes) == 0 else { return }
            if bytes[position] == quote { note(.strayQuote, firstCell: firstCell) }
            position += 1
        }
    }

    /// The next byte that may mean something, which is where the time of a read goes.
    private func nextSpecial(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index + 8 <= bytes.count {
            let word = bytes.word(at: index)
            let hits = specials.0.hits(in: word) | specials.1.hits(in: word) | specials.2.hits(in: word) | specials.3.hits(in: word)
            if hits != 0 { return index + hits.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.count, ![separator, quote ?? separator, 0x0D, 0x0A].contains(bytes[index]) { index += 1 }
        return index
    }

    /// Goes behind the closing quote. Line breaks inside count as lines.
    private mutating func skipQuoted(_ bytes: Span<UInt8>, firstCell: Int) {
        let opening = position
        let openingLine = line
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            if byte == quote {
                position += 1
                guard position < bytes.count, bytes[position] == quote else { return noteTextAfterQuote(bytes, firstCell: firstCell) }
            } else if byte == 0x0A || (byte == 0x0D && !(position + 1 < bytes.count && bytes[position + 1] == 0x0A)) {
                line += 1
            }
            position += 1
        }
        misuses.append(
            QuoteMisuse(kind: .neverClosed, record: records.count, column: cells.count - firstCell, line: openingLine, offset: opening))
    }

    private mutating func noteTextAfterQuote(_ bytes: Span<UInt8>, firstCell: Int) {
        guard position < bytes.count, bytes[position] != separator, lineEndLength(bytes) == 0 else { return }
        note(.textAfterQuote, firstCell: firstCell)
    }

    /// Notes misuse in the cell that is being read, once.
    private mutating func note(_ kind: QuoteMisuse.Kind, firstCell: Int) {
        let column = cells.count - firstCell
        if let last = misuses.last, last.record == records.count, last.column == column { return }
        misuses.append(QuoteMisuse(kind: kind, record: records.count, column: column, line: line, offset: position))
    }

    private mutating func endRecord(_ bytes: Span<UInt8>) {
        let length = lineEndLength(bytes)
        guard length > 0 else { return }
        if length == 2 { lineEnds.crlf += 1 } else if bytes[position] == 0x0A { lineEnds.lf += 1 } else { lineEnds.cr += 1 }
        position += length
        line += 1
    }

    /// How many bytes of a line end that counts stand here; 0 when none does.
    private func lineEndLength(_ bytes: Span<UInt8>) -> Int {
        guard position < bytes.count else { return 0 }
        let isPair = bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
        return switch (bytes[position], accepted) {
        case (0x0D, .mixed), (0x0D, .crlf): isPair ? 2 : accepted == .mixed ? 1 : 0
        case (0x0D, .cr), (0x0A, .lf), (0x0A, .mixed): 1
        default: 0
        }
    }
}

/// A quote that stands where none may stand, or that is missing (the importer's event 220, KB Q184532).
public struct QuoteMisuse: Sendable, Hashable {
    /// What is wrong.
    public enum Kind: Sendable, Hashable {
        /// A quote in a cell that does not start with one.
        case strayQuote
        /// Something between the closing quote and the next separator.
        case textAfterQuote
        /// A quoted cell that runs to the end of the file.
        case neverClosed
    }

    /// What is wrong.
    public var kind: Kind
    /// The record, from 0.
    public var record: Int
    /// The cell within the record, from 1.
    public var column: Int
    /// The physical line, from 1; of a quote that is never closed, the one where it opens.
    public var line: Int
    /// The byte's offset in the file.
    public var offset: Int
}
