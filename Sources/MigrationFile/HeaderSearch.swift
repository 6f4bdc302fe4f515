internal import CSV

/// The header's place: the first line whose first cell is SFS_UserName. What stands before it is the preamble, of which
/// only the length is known: Exchange 2000's help speaks of two lines (E2K-migsysp_modifytheuserlistfile).
struct HeaderSearch {
    /// How many lines may stand before the header.
    static let preambleLimit = 20
    /// The cell by which a header is known.
    static let firstCell = Array(Column.userName.rawValue.lowercased().utf8)

    /// The header's offset.
    let offset: Int
    /// The header's physical line, from 1.
    let line: Int
    /// Where the lines before it stand, without their ends.
    let preamble: [Range<Int>]

    /// `nil` when no line within the limit is a header.
    init?(_ bytes: [UInt8], told: DialectChoice) {
        let lines = Self.firstLines(of: bytes)
        guard let index = lines.firstIndex(where: { Self.isHeader(bytes[$0], told: told) }) else { return nil }
        offset = lines[index].lowerBound
        line = index + 1
        preamble = Array(lines[..<index])
    }

    /// The first lines of the file, without their ends and without the byte-order mark.
    static func firstLines(of bytes: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = bytes.starts(with: CodePage.byteOrderMark) ? CodePage.byteOrderMark.count : 0
        while start < bytes.count, lines.count <= preambleLimit {
            let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            lines.append(start..<end)
            let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
            start = end + (isPair ? 2 : 1)
        }
        return lines
    }

    private static func isHeader(_ line: ArraySlice<UInt8>, told: DialectChoice) -> Bool {
        cell(ofLine: line, told: told).map { $0 | 0x20 }.elementsEqual(firstCell.map { $0 | 0x20 })
    }

    /// The first cell of a line whose separator is not known yet: up to the first byte that could be one.
    static func cell(ofLine line: ArraySlice<UInt8>, told: DialectChoice) -> ArraySlice<UInt8> {
        let separators = told.separator.map { [$0] } ?? [",", ";", "\t", "|", ":"].map { UInt8(ascii: $0) }
        let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: " ")] + (told.quote?.byte.map { [$0] } ?? [])
        var cell = line.prefix { !separators.contains($0) }
        while let first = cell.first, quotes.contains(first) { cell = cell.dropFirst() }
        while let last = cell.last, quotes.contains(last) { cell = cell.dropLast() }
        return cell
    }
}
