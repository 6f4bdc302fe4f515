/// How a CSV file is spelled: what stands between cells, round cells and after lines.
///
/// Only the spelling. What the bytes of a cell mean as text is the code page's business, see ``CodePage``.
public struct Dialect: Sendable, Hashable {
    /// What ends a line.
    public enum LineEnd: String, Sendable, CaseIterable {
        /// Carriage return and line feed, as Windows and the importer write it (KB Q146304).
        case crlf = "CRLF"
        /// A lone line feed.
        case lf = "LF"
        /// A lone carriage return.
        case cr = "CR"
        /// Any of the three, as it comes.
        case mixed
    }

    /// The byte between two cells.
    public var separator: UInt8
    /// The byte round a cell that holds separators or line ends; doubled inside (RFC 4180, section 2). `nil` where no byte means that.
    public var quote: UInt8?
    /// What ends a line outside quotes.
    public var lineEnd: LineEnd
    /// Whether the file starts with the byte-order mark of UTF-8.
    public var hasByteOrderMark: Bool
    /// Whether the last line has an end. True for an empty file.
    public var endsLastLine: Bool

    /// A dialect from its parts; the defaults are those of RFC 4180.
    public init(
        separator: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""), lineEnd: LineEnd = .crlf, hasByteOrderMark: Bool = false,
        endsLastLine: Bool = true
    ) {
        self.separator = separator
        self.quote = quote
        self.lineEnd = lineEnd
        self.hasByteOrderMark = hasByteOrderMark
        self.endsLastLine = endsLastLine
    }
}

extension Dialect: CustomStringConvertible {
    /// The dialect in words: `comma, quote ", CRLF, last line without an end`.
    public var description: String {
        var parts = [
            Self.name(of: separator), quote.map { "quote \(Character(Unicode.Scalar($0)))" } ?? "no quotes",
            "\(lineEnd.rawValue) line ends",
        ]
        if hasByteOrderMark { parts.append("byte-order mark") }
        if !endsLastLine { parts.append("last line without an end") }
        return parts.joined(separator: ", ")
    }

    /// A separator's name in words.
    public static func name(of separator: UInt8) -> String {
        switch separator {
        case UInt8(ascii: ","): "comma"
        case UInt8(ascii: ";"): "semicolon"
        case UInt8(ascii: "\t"): "tab"
        case UInt8(ascii: "|"): "vertical bar"
        case UInt8(ascii: ":"): "colon"
        case UInt8(ascii: " "): "blank"
        default: "\"\(Character(Unicode.Scalar(separator)))\""
        }
    }
}

/// The parts of a dialect that the caller knows; what is `nil` is looked for in the bytes.
public struct DialectChoice: Sendable, Hashable {
    /// The byte between two cells.
    public var separator: UInt8?
    /// What stands round a cell.
    public var quote: Quote?
    /// What ends a line. When told, the others are part of the cell.
    public var lineEnd: Dialect.LineEnd?

    /// What may stand round a cell.
    public enum Quote: Sendable, Hashable {
        /// This byte, where it is a cell's first.
        case byte(UInt8)
        /// Nothing: every byte of a cell is its content.
        case absent

        /// The byte; `nil` where there is none.
        public var byte: UInt8? {
            switch self {
            case .byte(let byte): byte
            case .absent: nil
            }
        }
    }

    /// A choice from its parts.
    public init(separator: UInt8? = nil, quote: Quote? = nil, lineEnd: Dialect.LineEnd? = nil) {
        self.separator = separator
        self.quote = quote
        self.lineEnd = lineEnd
    }
}

/// A dialect, and why it is that one.
public struct DialectFinding: Sendable, Hashable {
    /// What was found or told.
    public var dialect: Dialect
    /// Why, one sentence for each part.
    public var evidence: [String]

    /// A finding from its parts.
    public init(dialect: Dialect, evidence: [String]) {
        self.dialect = dialect
        self.evidence = evidence
    }
}
