import CSV
import MigrationFile
import Records

/// A user list as somebody may bring it: whatever can be read must come back with nothing but the decided cells changed.
struct UserListInput {
    let options: ReadOptions
    let bytes: [UInt8]

    private static let encodings: [String?] = [
        nil, "UTF-8", "1252", "850", "932", "866", "GB18030", "1251",
    ]
    private static let separators: [UInt8?] = [nil, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|")]
    private static let quotes: [DialectChoice.Quote?] = [nil, .byte(UInt8(ascii: "\"")), .byte(UInt8(ascii: "'")), .absent]
    private static let names = ["ALee", "Lee, Ann", "M\u{FC}ller", "it's", "a;b|c\"d", " x ", "\u{30DD}"]

    init(choice: UInt8, bytes: [UInt8]) {
        let dialect = DialectChoice(
            separator: Self.separators[Int(choice >> 3) & 3], quote: Self.quotes[Int(choice >> 5) & 3],
            lineEnd: choice & 0x80 == 0 ? nil : .crlf)
        options = ReadOptions(encoding: Self.encodings[Int(choice) & 7], dialect: dialect, keepsDisplayName: choice & 1 == 1)
        self.bytes = bytes
    }

    func run() {
        guard let file = try? MigrationFile.read(bytes: bytes, name: "users.csv", options: options) else { return }
        do {
            let untouched = try file.corrected([])
            demand(untouched == bytes, "a file without corrections has changed")
            try file.verify(bytes, against: [])
            let corrections = corrections(of: file)
            let result = try file.corrected(corrections)
            try file.verify(result, against: corrections)
            try check(file.reread(result), against: file, corrections)
            try check(part: file)
        } catch {
            // A list that was read can be written: libFuzzer counts the end of the process as a find.
            fatalError("\(error)")
        }
    }

    /// Two of three rows that can be corrected.
    private func corrections(of file: MigrationFile) -> [RowCorrection] {
        var corrections: [RowCorrection] = []
        for place in file.rows.indices where place % 3 != 2 {
            let name = Self.names[(place + bytes.count) % Self.names.count]
            let mode: CorrectedMode = bytes.count % 2 == 0 ? .blank : .modify
            do {
                let changes = try file.correction(forRow: place, to: MailboxValues(directoryName: name, mail: name), mode: mode)
                corrections.append(RowCorrection(row: place + 1, changes: changes))
            } catch {
                demand([.rowHasProblem, .notRepresentable, .noSuchCell, .badDirectoryName].contains(error.code), "\(error)")
            }
        }
        return corrections
    }

    private func check(_ result: MigrationFile, against file: MigrationFile, _ corrections: [RowCorrection]) {
        demand(result.rows.count == file.rows.count && result.columns == file.columns && result.preamble == file.preamble, "another list")
        var names = file.rows.map(\.commonName)
        for correction in corrections {
            for change in correction.changes where change.new != "" && change.new != "Modify" { names[correction.row - 1] = change.new }
        }
        for (row, name) in zip(result.rows, names) { demand(row.commonName.utf8.elementsEqual(name.utf8), "another name") }
        for (row, before) in zip(result.rows, file.rows) {
            demand(
                row.mailboxName == before.mailboxName && row.fullName == before.fullName && row.addresses == before.addresses, "another row"
            )
        }
        for hunk in file.unifiedDiff(to: result) { demand(!hunk.lines.isEmpty, "an empty difference") }
    }

    /// A part has the rows asked for, and no other.
    private func check(part file: MigrationFile) throws {
        let places = file.rows.indices.filter { $0 % 2 == 0 }
        let part = try file.reread(file.part(places))
        demand(part.rows.map(\.mailboxName) == places.map { file.rows[$0].mailboxName }, "another part")
    }
}
