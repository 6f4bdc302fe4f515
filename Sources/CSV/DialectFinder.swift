/// Finds separator and quote in a sample of the bytes, with the reason in words.
///
/// The first line is taken for a header: a separator that it does not hold is out of the question, and the one whose
/// number in most lines is the header's wins. So a file whose rows have lost their last cells is still read rightly.
/// Line ends are not guessed here: the parser meets every one of them and counts, see ``CSVDocument/init(bytes:start:line:choice:)``.
struct DialectFinder {
    /// How many lines are looked at.
    static let sampleLines = 1000
    static let separators: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"), UInt8(ascii: ":")]
    static let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'")]

    private let lines: [ArraySlice<UInt8>]

    init(bytes: [UInt8], start: Int) {
        lines = Self.firstLines(of: bytes[start...])
    }

    /// The separator with its evidence. A comma where no line holds any of the usual ones.
    func separator(told: UInt8?, quote: UInt8?) -> (byte: UInt8, evidence: String) {
        if let told { return (told, "The separator was told: \(Dialect.name(of: told)).") }
        var best: (byte: UInt8, perLine: Int, lines: Int)?
        for candidate in Self.separators {
            let counts = lines.map { Self.count(candidate, in: $0, quote: quote) }
            guard let inHeader = counts.first, inHeader > 0 else { continue }
            let agreeing = counts.count { $0 == inHeader }
            if let best, (agreeing, inHeader) <= (best.lines, best.perLine) { continue }
            best = (candidate, inHeader, agreeing)
        }
        guard let best else { return (UInt8(ascii: ","), "No usual separator is in the first line: comma is assumed.") }
        let name = Dialect.name(of: best.byte)
        let share = "\(best.lines) of the first \(lines.count) lines"
        return (best.byte, "The separator is the \(name): \(share) hold as many of it as the header, \(best.perLine).")
    }

    /// The quote with its evidence: an apostrophe only where cells are wrapped in it and none in double quotes.
    func quote(told: DialectChoice.Quote?, separator: UInt8?) -> (byte: UInt8?, evidence: String) {
        switch told {
        case .byte(let byte): return (byte, "The quote was told: \(Character(Unicode.Scalar(byte))).")
        case .absent: return (nil, "It was told that there are no quotes.")
        case nil: break
        }
        let separators = separator.map { [$0] } ?? Self.separators
        let counts = Self.quotes.map { quote in
            lines.reduce(0) { $0 + Self.wrapped(in: quote, line: $1, separators: separators) }
        }
        if counts[0] == 0, counts[1] >= 3 {
            return (Self.quotes[1], "\(counts[1]) cells of the sample are wrapped in apostrophes, none in double quotes.")
        }
        let seen =
            switch counts[0] {
            case 0: "No cell of the sample is quoted"
            case 1: "1 cell of the sample is wrapped in it"
            default: "\(counts[0]) cells of the sample are wrapped in it"
            }
        return (Self.quotes[0], "The quote is the double quote: \(seen).")
    }

    /// The sample, cut at every line end, empty lines left out.
    private static func firstLines(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var rest = bytes
        while !rest.isEmpty, lines.count < sampleLines {
            let end = rest.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? rest.endIndex
            if end > rest.startIndex { lines.append(rest[..<end]) }
            rest = rest[min(end + 1, rest.endIndex)...]
        }
        return lines
    }

    /// How often the separator stands outside quotes.
    private static func count(_ separator: UInt8, in line: ArraySlice<UInt8>, quote: UInt8?) -> Int {
        var count = 0
        var isQuoted = false
        for byte in line {
            if byte == quote { isQuoted.toggle() }
            if byte == separator, !isQuoted { count += 1 }
        }
        return count
    }

    /// How many cells of the line begin and end with the quote.
    private static func wrapped(in quote: UInt8, line: ArraySlice<UInt8>, separators: [UInt8]) -> Int {
        var count = 0
        var opened: Int?
        for (index, byte) in zip(line.indices, line) where byte == quote {
            let startsCell = index == line.startIndex || separators.contains(line[index - 1])
            let endsCell = index + 1 == line.endIndex || separators.contains(line[index + 1])
            if opened != nil, endsCell {
                count += 1
                opened = nil
            } else if opened == nil, startsCell {
                opened = index
            }
        }
        return count
    }
}
