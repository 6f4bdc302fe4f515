internal import CSV

/// The header's place: the first line whose first cell is that of a kind of file, such as SFS_UserName. What stands before it is the preamble, of which
/// only the length is known: Exchange 2000's help speaks of two lines (E2K-migsysp_modifytheuserlistfile).
struct HeaderSearch {
    /// How many lines may stand before the header.
    static let preambleLimit = 20
    /// The kind of file that has such a header.
    let kind: ListKind
    /// The header's offset.
    let offset: Int
    /// The header's physical line, from 1.
    let line: Int
    /// Where the lines before it stand, without their ends.
    let preamble: [Range<Int>]

    /// `nil` when no line within the limit is a header.
    init?(_ bytes: [UInt8], kinds: [ListKind], told: DialectChoice) {
        let lines = Self.firstLines(of: bytes)
        var found: (index: Int, kind: ListKind)?
        for (index, line) in lines.enumerated() where found == nil {
            found = Self.kind(ofHeader: bytes[line], among: kinds.filter { index <= $0.preambleLimit }, told: told).map { (index, $0) }
        }
        guard let (index, kind) = found else { return nil }
        self.kind = kind
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

    private static func kind(ofHeader line: ArraySlice<UInt8>, among kinds: [ListKind], told: DialectChoice) -> ListKind? {
        let cell = cell(ofLine: line, told: told).map(lowered)
        return kinds.first { cell.elementsEqual($0.headerStart.utf8.map(lowered)) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte }

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
