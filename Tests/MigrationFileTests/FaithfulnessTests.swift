import CSV
import MigrationFile
import Records
import Testing

/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A user list in a random dialect and code page, with the bytes of every cell known, so that what a correction must give
/// can be put together without the reader.
struct RandomList {
    struct Row {
        var cells: [[UInt8]]
        var lineEnd: [UInt8]
    }

    let codePage: CodePage
    let separator: UInt8
    let quote: UInt8
    var head: [UInt8]
    var rows: [Row]
    let columns: [String]

    static let words = [
        "SMITH", "Müller", "Ann", "O'Neil", "Zoë", "x", "Čapek", "=1+1", "4711", "~SERVER", "a b", "Lee, Ann", "say \"hi\"", "50%\\%",
    ]

    init(using random: inout SeededGenerator) throws {
        codePage = try CodePage(named: ["1252", "850", "UTF-8", "1250", "932"].randomElement(using: &random) ?? "1252")
        separator = [",", ";", "\t", "|", "#"].map { UInt8(ascii: $0) }.randomElement(using: &random) ?? 0
        quote = Bool.random(using: &random) ? UInt8(ascii: "\"") : UInt8(ascii: "'")
        let others = ["Common-Name", "Display-Name", "Given-Name", "Surname", "Secondary-Proxy-Addresses", "Comment", "Ext 1"].shuffled(
            using: &random)
        columns = ["SFS_UserName", "SFS_FullName", "MigrateUser", "Obj-Class", "Mode"] + others
        let ends: [[UInt8]] = [[13, 10], [10], [13]]
        let fixed: [UInt8]? = Bool.random(using: &random) ? ends.randomElement(using: &random) : nil
        head = codePage.name == "UTF-8" && Bool.random(using: &random) ? [0xEF, 0xBB, 0xBF] : []
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            head += Array("CONTOSO/PO1 \u{7}".utf8) + (fixed ?? ends.randomElement(using: &random) ?? [10])
        }
        rows = [Row(cells: columns.map { Array($0.utf8) }, lineEnd: fixed ?? ends.randomElement(using: &random) ?? [10])]
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            let lineEnd = fixed ?? ends.randomElement(using: &random) ?? [10]
            let isEmpty = Int.random(in: 0..<10, using: &random) == 0
            rows.append(Row(cells: isEmpty ? [[]] : cells(using: &random), lineEnd: lineEnd))
        }
        if Bool.random(using: &random) { rows[rows.count - 1].lineEnd = [] }
    }

    /// Mostly as many cells as the header, each spelled in one of the ways that a file may have.
    private func cells(using random: inout SeededGenerator) -> [[UInt8]] {
        let isRagged = Int.random(in: 0..<10, using: &random) == 0
        let count = isRagged ? Int.random(in: 2...15, using: &random) : columns.count
        return (0..<count).map { column in
            switch column {
            case 0: spelled(Array("U\(random.next() % 20)".utf8), using: &random)
            case 4: spelled(Array((["Create", "", "modify", " ", "Update"].randomElement(using: &random) ?? "").utf8), using: &random)
            default: cell(using: &random)
            }
        }
    }

    private func cell(using random: inout SeededGenerator) -> [UInt8] {
        let word = (try? codePage.encode(Self.words.randomElement(using: &random) ?? "")) ?? [0x61]
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<6: return []
        case 6: return spelled(word + [13, 10] + word, using: &random)
        case 7: return spelled([32] + word, using: &random)
        case 8: return [0x61, quote, 0x62]
        case 9: return [quote, 0x61, quote, 0x62]
        case 10: return [quote, quote]
        case 11: return [32]
        case 12: return [0x81, 0x8D]
        default: return spelled(word, using: &random)
        }
    }

    private func spelled(_ content: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        let mustQuote = content.contains { $0 == separator || $0 == quote || $0 == 10 || $0 == 13 }
        return mustQuote || Int.random(in: 0..<4, using: &random) == 0 ? quoted(content) : content
    }

    func quoted(_ content: [UInt8]) -> [UInt8] { [quote] + content.flatMap { $0 == quote ? [$0, $0] : [$0] } + [quote] }

    var bytes: [UInt8] { head + rows.flatMap { Array($0.cells.joined(separator: [separator])) + $0.lineEnd } }

    /// What the documentation says of a replaced cell, written down a second time.
    mutating func replace(row: Int, column: String, with text: String) throws {
        let place = try #require(columns.firstIndex(of: column))
        let old = rows[row].cells[place]
        let new = try codePage.encode(text)
        let needsQuotes = new.contains { $0 == separator || $0 == quote } || new.first == 32 || new.last == 32
        rows[row].cells[place] = new.isEmpty ? [] : old.first == quote || needsQuotes ? quoted(new) : new
    }
}

@Suite("Nothing but the decided cells changes") struct FaithfulnessTests {
    static let names = ["ALee", "Lee, Ann", "Müller", " x", "it's", "a;b|c#d", "SMITH", "two  blanks "]

    @Test("In any dialect, code page, quoting, with any line ends and preamble", arguments: 0..<20)
    func faithful(seed: Int) throws {
        var random = SeededGenerator(state: UInt64(seed))
        for _ in 0..<50 { try check(using: &random) }
    }

    private func check(using random: inout SeededGenerator) throws {
        let list = try RandomList(using: &random)
        let dialect = DialectChoice(separator: list.separator, quote: .byte(list.quote))
        let options = ReadOptions(encoding: list.codePage.name, dialect: dialect)
        let file = try MigrationFile.read(bytes: list.bytes, name: "users.csv", options: options)
        #expect(try file.corrected([]) == list.bytes)
        try file.verify(list.bytes, against: [])
        var expected = list
        let corrections = try decide(file, &expected, using: &random)
        let result = try file.corrected(corrections.shuffled(using: &random))
        #expect(result == expected.bytes)
        try file.verify(result, against: corrections)
        try compareRows(file, MigrationFile.read(bytes: result, name: "users.csv", options: options), corrections)
    }

    /// Corrects about half of the rows that can be; `expected` gets what the file must be then.
    private func decide(_ file: MigrationFile, _ expected: inout RandomList, using random: inout SeededGenerator) throws -> [RowCorrection]
    {
        let places = expected.rows.indices.dropFirst().filter { expected.rows[$0].cells != [[]] }
        #expect(places.count == file.rows.count)
        var corrections: [RowCorrection] = []
        for (row, place) in zip(file.rows, places) where row.problem == nil && Bool.random(using: &random) {
            let name = Self.names.randomElement(using: &random) ?? ""
            let mode = CorrectedMode.allCases.randomElement(using: &random) ?? .blank
            do {
                let changes = try file.correction(forRow: row.number - 1, to: MailboxValues(directoryName: name), mode: mode)
                for change in changes { try expected.replace(row: place, column: change.column, with: change.new) }
                corrections.append(RowCorrection(row: row.number, changes: changes))
            } catch let error as MigrationFileError { #expect(error.code == .notRepresentable) }
        }
        return corrections
    }

    private func compareRows(_ before: MigrationFile, _ result: MigrationFile, _ corrections: [RowCorrection]) throws {
        var (expected, after) = (before.rows, result.rows)
        for correction in corrections {
            for change in correction.changes {
                if change.column == "Common-Name" { expected[correction.row - 1].commonName = change.new }
                if change.column == "Mode" { expected[correction.row - 1].mode = ImportMode(rawValue: change.new.lowercased()) }
            }
        }
        // A replaced cell may have held line breaks, and then every line below moves up.
        if corrections.contains(where: { $0.changes.contains { $0.old.utf8.contains { $0 == 10 || $0 == 13 } } }) {
            (expected, after) = (Self.withoutLines(expected), Self.withoutLines(after))
        }
        #expect(after == expected)
    }

    private static func withoutLines(_ rows: [MigrationRow]) -> [MigrationRow] {
        rows.map { row in
            var row = row
            (row.line, row.problem) = (0, nil)
            return row
        }
    }

    @Test("With nothing told, what is read is written back the same", arguments: 100..<110)
    func untold(seed: Int) throws {
        var random = SeededGenerator(state: UInt64(seed))
        for _ in 0..<20 {
            let list = try RandomList(using: &random)
            guard let file = try? MigrationFile.read(bytes: list.bytes, name: "users.csv") else { continue }
            #expect(try file.corrected([]) == list.bytes)
            try file.verify(list.bytes, against: [])
        }
    }
}
