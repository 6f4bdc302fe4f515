import CSV
import Foundation
import MigrationFile
import Records
import Testing

/// `LDAP_RECONCILE_FAITHFUL_CASES` says how many lists are made, `LDAP_RECONCILE_FAITHFUL_SEED` from which seed on; `Benchmarks/faithful/run` makes a million.
@Suite("Nothing but the decided cells changes") struct FaithfulnessTests {
    static let cases = number("CASES") ?? 10_000
    static let firstSeed = number("SEED") ?? 1
    /// The cases are cut into so many parts, which run at the same time.
    static let parts = 8
    static let names = [
        "ALee", "Lee, Ann", "Müller", " x", "it's", "a;b|c#d", "SMITH", "two  blanks ", "say \"hi\"", "日本", "ポ", "Иван", "½\t",
    ]

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment["LDAP_RECONCILE_FAITHFUL_\(name)"].flatMap { Int($0) }
    }

    @Test("In any dialect, code page, quoting, with any line ends and preamble", arguments: 0..<parts)
    func faithful(part: Int) {
        var tally = Tally()
        for seed in stride(from: Self.firstSeed + part, to: Self.firstSeed + Self.cases, by: Self.parts) {
            var random = SeededGenerator(state: UInt64(seed))
            let list = RandomList(using: &random)
            // Every fourth is read with nothing told: what is found then may be wrong, but what is written must still follow from it.
            let options = random.isOnce(in: 4) ? ReadOptions() : list.options
            if let fault = Self.fault(of: list, options, &tally, using: &random) { Issue.record("seed \(seed): \(fault)") }
        }
        // Otherwise nothing was tried.
        if Self.cases >= 1000 {
            let made = Self.cases / Self.parts
            #expect(tally.read > made / 2 && tally.changedCells > made && tally.emptied > 0 && tally.refusedNames > 0, "\(tally)")
        }
    }

    /// What was tried.
    struct Tally {
        var read = 0
        var changedCells = 0
        var emptied = 0
        var refusedNames = 0
    }

    /// What is wrong with the corrected form of a list; `nil` when nothing is.
    private static func fault(of list: RandomList, _ options: ReadOptions, _ tally: inout Tally, using random: inout SeededGenerator)
        -> String?
    {
        let file: MigrationFile
        do { file = try MigrationFile.read(bytes: list.bytes, name: "users.csv", options: options) } catch {
            return fault(ofRefusal: error, list, options)
        }
        tally.read += 1
        do throws(MigrationFileError) {
            if try file.corrected([]) != list.bytes { return "a list without corrections has changed" }
            try file.verify(list.bytes, against: [])
            let corrections = try decide(file, &tally, using: &random)
            let result = try file.corrected(corrections.shuffled(using: &random))
            try file.verify(result, against: corrections)
            let onlyPairs = options.dialect.lineEnd == .crlf
            func apart(_ bytes: [UInt8]) -> PlainCSV {
                let dialect = file.dialect.dialect
                return PlainCSV(bytes, from: list.head.count, separator: dialect.separator, quote: dialect.quote, onlyPairs: onlyPairs)
            }
            let source = apart(list.bytes)
            guard source.rows.count == file.rows.count else { return "\(file.rows.count) rows were read, \(source.rows.count) are there" }
            if let fault = fault(ofTexts: file, source) { return fault }
            let decided = try decided(corrections, file, source)
            tally.changedCells += decided.values.reduce(0) { $0 + $1.count }
            tally.emptied += decided.values.reduce(0) { $0 + $1.values.count(where: \.isEmpty) }
            if let fault = apart(result).fault(against: source, decided: decided) { return fault }
            return fault(ofReading: result, file, corrections)
                ?? fault(ofVerifying: result, file, corrections, using: &random)
        } catch { return "\(error)" }
    }

    /// A list in a dialect that was told is read, but for a quote that is never closed.
    private static func fault(ofRefusal error: MigrationFileError, _ list: RandomList, _ options: ReadOptions) -> String? {
        guard options.dialect.separator != nil, error.code != .quoteNeverClosed else { return nil }
        return "\(error)"
    }

    /// Corrects about half of the rows that can be.
    private static func decide(
        _ file: MigrationFile, _ tally: inout Tally, using random: inout SeededGenerator
    ) throws(MigrationFileError) -> [RowCorrection] {
        var corrections: [RowCorrection] = []
        for row in file.rows where row.problem == nil && Bool.random(using: &random) {
            let (name, mode) = (random.one(of: names), random.one(of: CorrectedMode.allCases))
            do throws(MigrationFileError) {
                let changes = try file.correction(forRow: row.number - 1, to: MailboxValues(directoryName: name), mode: mode)
                corrections.append(RowCorrection(row: row.number, changes: changes))
            } catch {
                guard [.notRepresentable, .badDirectoryName].contains(error.code) else { throw error }
                tally.refusedNames += 1
            }
        }
        return corrections
    }

    /// The decided contents by line and column.
    private static func decided(
        _ corrections: [RowCorrection], _ file: MigrationFile, _ source: PlainCSV
    ) throws(MigrationFileError) -> [Int: [Int: [UInt8]]] {
        var decided: [Int: [Int: [UInt8]]] = [:]
        for correction in corrections {
            for change in correction.changes {
                guard let column = file.columns.firstIndex(of: change.column), let new = try? file.encoding.codePage.encode(change.new)
                else {
                    continue
                }
                decided[source.rows[correction.row - 1], default: [:]][column] = new
            }
        }
        return decided
    }

    /// The reader takes the same cells for mailbox name and full name as somebody who goes through the bytes one by one.
    private static func fault(ofTexts file: MigrationFile, _ source: PlainCSV) -> String? {
        for (row, line) in zip(file.rows, source.rows) where row.problem == nil {
            let contents = source.cells(ofLine: line).map(source.content(of:))
            // Two places of code page 932 may be one character, so bytes are read here, not text written.
            guard (try? file.encoding.codePage.decode(contents[0][...])) == row.mailboxName,
                (try? file.encoding.codePage.decode(contents[1][...])) == row.fullName
            else { return "row \(row.number) was read as \(row.mailboxName), \(row.fullName), and is \(contents)" }
        }
        return nil
    }

    /// What is read of the corrected list is what was read before, but for what was decided.
    private static func fault(ofReading result: [UInt8], _ file: MigrationFile, _ corrections: [RowCorrection]) -> String? {
        guard let after = try? file.reread(result) else { return "the corrected list cannot be read" }
        var expected = file.rows
        for correction in corrections {
            for change in correction.changes {
                if change.column == "Common-Name" { expected[correction.row - 1].commonName = change.new }
                if change.column == "Mode" { expected[correction.row - 1].mode = ImportMode(rawValue: change.new.lowercased()) }
            }
        }
        // A replaced cell may have held line breaks, and then every line below moves up.
        return withoutLines(after.rows) == withoutLines(expected) ? nil : "the corrected list is read as other rows"
    }

    private static func withoutLines(_ rows: [MigrationRow]) -> [MigrationRow] {
        rows.map { row in
            var row = row
            (row.line, row.problem) = (0, nil)
            return row
        }
    }

    /// One byte that is not as it should be does not get past the last look.
    private static func fault(
        ofVerifying result: [UInt8], _ file: MigrationFile, _ corrections: [RowCorrection], using random: inout SeededGenerator
    ) -> String? {
        var damaged = result
        let place = Int.random(in: damaged.indices, using: &random)
        damaged[place] ^= UInt8.random(in: 1...255, using: &random)
        do throws(MigrationFileError) { try file.verify(damaged, against: corrections) } catch { return nil }
        return "the byte \(damaged[place]) instead of \(result[place]) at \(place) is not noticed"
    }
}
