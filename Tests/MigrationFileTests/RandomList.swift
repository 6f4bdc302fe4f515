import CSV
import MigrationFile

/// A user list in a random dialect and code page, with what may stand in such files: ragged and empty lines, cells quoted needlessly, wrongly and
/// not at all, blanks, line breaks, bytes that no code page has, lines before the header, mixed line ends, a last line without one.
struct RandomList {
    let codePage: CodePage
    let separator: UInt8
    let quote: UInt8?
    /// Whether only CRLF was told to end a line.
    let onlyPairs: Bool
    /// Byte-order mark and preamble.
    private(set) var head: [UInt8]
    private var body: [UInt8] = []

    var bytes: [UInt8] { head + body }

    /// What the reader is told.
    var options: ReadOptions {
        ReadOptions(
            encoding: codePage.name,
            dialect: DialectChoice(
                separator: separator, quote: quote.map { .byte($0) } ?? .absent, lineEnd: onlyPairs ? .crlf : nil))
    }

    private static let codePages = [
        "437", "850", "852", "866", "932", "1250", "1251", "1252", "28591", "28605", "UTF-8",
    ].compactMap { try? CodePage(named: $0) }
    private static let leading = ["SFS_UserName", "SFS_FullName", "MigrateUser", "Obj-Class", "Mode"]
    private static let others = [
        "Common-Name", "Display-Name", "Given-Name", "Surname", "Secondary-Proxy-Addresses", "Comment", "Ext 1", "",
    ]
    private static let words = [
        "SMITH", "Müller", "Ann", "O'Neil", "Zoë", "x", "Čapek", "=1+1", "4711", "~SERVER", "a b", "Lee, Ann", "say \"hi\"", "50%\\%",
        "Иван",
        "日本", "ポ|", "it''s", "\"\"", "MS:NET/PO/X%SMTP:x@y.example", "┤", "½", "a;b\tc|d",
    ]

    init(using random: inout SeededGenerator) {
        codePage = random.one(of: Self.codePages)
        separator = random.one(of: [",", ";", "\t", "|"].map { UInt8(ascii: $0) })
        quote = random.one(of: [UInt8(ascii: "\""), UInt8(ascii: "\""), UInt8(ascii: "'"), nil])
        onlyPairs = random.isOnce(in: 8)
        let ends: [[UInt8]] = onlyPairs ? [[13, 10]] : [[13, 10], [10], [13]]
        let fixed: [UInt8]? = random.isOnce(in: 3) ? nil : random.one(of: ends)
        head = random.isOnce(in: codePage.name == "UTF-8" ? 2 : 20) ? CodePage.byteOrderMark : []
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            head += random.one(of: ["CONTOSO/PO1 \u{7}", "", "a,\"b;c|", "Exported '98"]).utf8
            head += fixed ?? random.one(of: onlyPairs ? [[13, 10]] : [[13, 10], [10]])
        }
        let columns = Self.leading + Self.others.shuffled(using: &random)
        body = line(columns.map { quote == nil || !random.isOnce(in: 5) ? Array($0.utf8) : quoted(Array($0.utf8)) })
        let count = Int.random(in: 0...8, using: &random)
        body += count == 0 && random.isOnce(in: 2) ? [] : fixed ?? random.one(of: ends)
        for row in 0..<count {
            if !random.isOnce(in: 10) { body += cells(columns.count, using: &random) }
            if row + 1 < count || !random.isOnce(in: 2) { body += fixed ?? random.one(of: ends) }
        }
        if let last = body.last, [10, 13].contains(last), random.isOnce(in: 10) { body += [0x1A] }
    }

    private func line(_ cells: [[UInt8]]) -> [UInt8] { Array(cells.joined(separator: [separator])) }

    /// Mostly as many cells as the header.
    private func cells(_ usual: Int, using random: inout SeededGenerator) -> [UInt8] {
        let count = random.isOnce(in: 10) ? Int.random(in: 1...16, using: &random) : usual
        let isTame = !random.isOnce(in: 3)
        return line(
            (0..<count).map { column in
                switch column {
                case 0: spelled(Array("U\(random.next() % 40)".utf8), using: &random)
                case 2: spelled(Array(random.one(of: ["Y", "Y", "y", "N", " Y "]).utf8), using: &random)
                case 4: spelled(Array(random.one(of: ["Create", "", "modify", "Update", isTame ? "" : " "]).utf8), using: &random)
                default: cell(isTame: isTame, using: &random)
                }
            })
    }

    /// A tame one can be read, whatever it says.
    private func cell(isTame: Bool, using random: inout SeededGenerator) -> [UInt8] {
        let word = word(using: &random)
        switch Int.random(in: 0..<(isTame ? 14 : 20), using: &random) {
        case 0..<4: return []
        case 4: return quote == nil ? word : spelled(word + random.one(of: [[13, 10], [10], [13]]) + word, using: &random)
        case 5: return spelled([32] + word + [32], using: &random)
        case 6: return quote.map { [$0, $0] } ?? []
        case 7: return random.one(of: [[32], [9]].filter { $0 != [separator] })
        case 8: return spelled(random.one(of: Self.words).utf8.filter { $0 < 0x80 }, using: &random)
        case 9: return quote.map { quoted([$0] + word + [$0, $0]) } ?? word
        case 14: return [0x61] + (quote.map { [$0] } ?? []) + [0x62]
        case 15: return quote.map { [$0, 0x61, $0, 0x62] } ?? []
        case 16: return [0x81, 0x8D]
        case 17: return [0x61, 0, 0x62]
        case 18: return (0..<3).map { _ in UInt8.random(in: 0x80...0xFF, using: &random) }
        case 19: return quote.map { [$0, 0x61, $0, $0, $0, 0x20] } ?? [0x20]
        default: return spelled(word, using: &random)
        }
    }

    /// A word that the code page has.
    private func word(using random: inout SeededGenerator) -> [UInt8] {
        (try? codePage.encode(random.one(of: Self.words))) ?? [0x61]
    }

    /// In quotes where it must be, and now and then where it need not be.
    private func spelled(_ content: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        guard let quote else { return content.filter { $0 != separator && $0 != 10 && $0 != 13 } }
        let mustBe = content.contains { $0 == separator || $0 == quote || $0 == 10 || $0 == 13 }
        return mustBe || random.isOnce(in: 4) ? quoted(content) : content
    }

    private func quoted(_ content: [UInt8]) -> [UInt8] {
        guard let quote else { return content }
        return [quote] + content.flatMap { $0 == quote ? [$0, $0] : [$0] } + [quote]
    }
}
