import Foundation
import MigrationFile
import Records
import Testing

/// One kind of damage that files from the field have, after the kinds of Vitagliano et al., "Pollock: A Data Loading Benchmark" (VLDB 2023), on a list of
/// our own with the rows LEEA and LEEB.
struct Pollution: Sendable, CustomTestStringConvertible {
    let kind: String
    let bytes: [UInt8]
    var name = "users.csv"
    /// What the reader must make of it: each row as NAME=FULL NAME, or as `invalid LINE:COLUMN`; or why and where all of it is refused.
    let outcome: String

    var testDescription: String { kind }

    init(_ kind: String, _ text: String, name: String = "users.csv", _ outcome: String) {
        self.init(kind, Array(text.utf8), name: name, outcome)
    }

    init(_ kind: String, _ bytes: [UInt8], name: String = "users.csv", _ outcome: String) {
        (self.kind, self.bytes, self.name, self.outcome) = (kind, bytes, name, outcome)
    }

    static let header = "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Comment"
    static let rowA = "LEEA,Ann Lee,Y,Mailbox,Create,LEEA,"
    static let rowB = "LEEB,Bob Lee,Y,Mailbox,Create,LEEB,"
    static let clean = lines(header, rowA, rowB)
    static let both = "LEEA=Ann Lee, LEEB=Bob Lee"

    static func lines(_ lines: String..., end: String = "\r\n") -> String { lines.map { $0 + end }.joined() }

    /// The clean list with another separator.
    static func separated(by separator: String) -> String { clean.replacingOccurrences(of: ",", with: separator) }

    /// The clean list with all cells in quotes.
    static func quoted(_ open: String, _ close: String) -> String {
        clean.replacingOccurrences(of: ",", with: close + "," + open).replacingOccurrences(of: "\r\n", with: close + "\r\n" + open)
            .dropLast(open.count).description.withFirst(open)
    }
}

extension String {
    fileprivate func withFirst(_ text: String) -> String { text + self }
}

extension Pollution {
    static let all = names + encodings + sizes + linesAround + spellings + rows + headers + tables

    private static let names = ["\u{A0}.csv", "$.csv", ".csv", "users.tsv", "users.pdf", "users"].map {
        Pollution("file name \($0.replacingOccurrences(of: "\u{A0}", with: "U+00A0"))", clean, name: $0, both)
    }

    private static let encodings = [
        Pollution("clean", clean, both),
        Pollution("UTF-8", clean.replacingOccurrences(of: "Ann", with: "Änn"), "LEEA=Änn Lee, LEEB=Bob Lee"),
        Pollution("UTF-8 with byte-order mark", "\u{FEFF}" + clean, both),
        Pollution(
            "Latin-1", clean.utf8.flatMap { $0 == UInt8(ascii: "o") ? [0xF6] : [$0] }.replacingFirst(0xF6, count: 3),
            "LEEA=Ann Lee, LEEB=Böb Lee"),
        Pollution("UTF-16 with byte-order mark", [0xFF, 0xFE] + clean.utf8.flatMap { [$0, 0] }, "refused: utf16"),
        Pollution("UTF-16 without a mark", clean.utf8.flatMap { [$0, 0] }, "refused: utf16"),
        Pollution("zero byte in a cell", lines(header, rowA, "LEEB,Bo\0b Lee,Y,Mailbox,Create,LEEB,"), "LEEA=Ann Lee, invalid 3:2"),
        Pollution(
            "zero byte in a column name", lines(header.replacingOccurrences(of: "Comment", with: "Com\0ment"), rowA, rowB),
            "refused 1:7: wrongColumn"),
        Pollution("zero bytes behind the end", clean + "\0\0\0", "LEEA=Ann Lee, LEEB=Bob Lee, invalid 4:2"),
        Pollution(
            "bytes of no code page",
            Array(lines(header, rowA).utf8) + Array("LEEB,B".utf8) + [0x81, 0x8D, 0xF6, 0x6C] + Array(",Y,,,,\r\n".utf8),
            "LEEA=Ann Lee, invalid 3:2"),
    ]

    private static let sizes = [
        Pollution("empty file", "", "refused: empty"),
        Pollution("nothing but line ends", "\r\n\r\n", "refused 1: noHeader"),
        Pollution("nothing but the header", lines(header), ""),
        Pollution("one row", lines(header, rowA), "LEEA=Ann Lee"),
        Pollution("no header", lines(rowA, rowB), "refused 1: noHeader"),
        Pollution("one column", lines("SFS_UserName", "LEEA", "LEEB"), "refused 1:2: wrongColumn"),
        Pollution(
            "17,000 columns",
            lines(
                header + (0..<17_000).map { ",C\($0)" }.joined(), rowA + String(repeating: ",", count: 17_000),
                rowB + String(repeating: ",", count: 17_000)),
            both),
        Pollution("a column name of 600,000 letters", lines(header + String(repeating: "HEADER", count: 100_000), rowA, rowB), both),
    ]

    private static let linesAround = [
        Pollution("preamble, not delimited", lines("Exported", "by", "hand", header, rowA, rowB), both),
        Pollution("preamble, delimited", lines("Exported,,,,,,", "by,,,,,,", ",,,,,,", header, rowA, rowB), both),
        Pollution("preamble with an empty line", lines("Exported", "", header, rowA, rowB), both),
        Pollution("preamble with an open quote", lines("\"Exported", header, rowA, rowB), both),
        Pollution("preamble of 21 lines", String(repeating: "x\r\n", count: 21) + clean, "refused 1: noHeader"),
        Pollution("footnote, not delimited", clean + lines("Exported by hand"), "LEEA=Ann Lee, LEEB=Bob Lee, invalid 4:2"),
        Pollution("footnote, delimited", clean + lines("2 rows,,,,,,"), "LEEA=Ann Lee, LEEB=Bob Lee, invalid 4:3"),
        Pollution("footnote behind an empty line", clean + lines("", "Exported by hand"), "LEEA=Ann Lee, LEEB=Bob Lee, invalid 5:2"),
        Pollution("footnote of separators", clean + lines(",,,,,,"), "LEEA=Ann Lee, LEEB=Bob Lee, invalid 4:1"),
        Pollution("end-of-file mark of DOS", clean + "\u{1A}", both),
        Pollution("two line ends at the end", clean + "\r\n", both),
        Pollution("no line end at the end", String(clean.dropLast()), both),
    ]

    private static let spellings = [
        Pollution("lines end in LF", lines(header, rowA, rowB, end: "\n"), both),
        Pollution("lines end in CR", lines(header, rowA, rowB, end: "\r"), both),
        Pollution("lines end in CR CR LF", lines(header, rowA, rowB, end: "\r\r\n"), both),
        Pollution("one line ends in LF", lines(header, rowA + "\n" + rowB), both),
        Pollution("separator ;", separated(by: ";"), both),
        Pollution("separator vertical bar", separated(by: "|"), both),
        Pollution("separator tab", separated(by: "\t"), both),
        Pollution("separator :", separated(by: ":"), both),
        Pollution("separator blank", separated(by: " "), "refused 1: noHeader"),
        Pollution("separator of two tabs", separated(by: "\t\t"), "refused 1:2: wrongColumn"),
        Pollution("separator comma and blank", separated(by: ", "), "invalid 2:5, invalid 3:5"),
        Pollution("separator backslash and t", separated(by: "\\t"), "refused 1: noHeader"),
        Pollution("quotes \"", quoted("\"", "\""), both),
        Pollution("quotes '", quoted("'", "'"), both),
        Pollution("quotes \" and a blank", quoted("\"", "\" "), "refused 1:1: wrongColumn"),
        Pollution("quotes of a word processor", quoted("\u{201C}", "\u{201D}"), "refused 1: noHeader"),
    ]

    private static let rows = [
        Pollution("row without cells", lines(header, "", rowA, rowB), both),
        Pollution("row of 5 cells", lines(header, "LEEA,Ann Lee,Y,Mailbox,Create", rowB), "invalid 2:6, LEEB=Bob Lee"),
        Pollution("row of 15 cells", lines(header, rowA + String(repeating: ",x", count: 8), rowB), "invalid 2:8, LEEB=Bob Lee"),
        Pollution(
            "row with another separator", lines(header, rowA, rowB.replacingOccurrences(of: ",", with: ";")), "LEEA=Ann Lee, invalid 3:2"),
        Pollution(
            "row in other quotes", lines(header, rowA, "'LEEB','Bob Lee','Y','Mailbox','Create','LEEB',''"), "LEEA=Ann Lee, LEEB=Bob Lee"),
        Pollution(
            "row in other quotes, in a file of quotes", quoted("\"", "\"") + lines("'LEEC','Cy Lee','Y','Mailbox','Create','LEEC',''"),
            "LEEA=Ann Lee, LEEB=Bob Lee, invalid 4:3"),
        Pollution("one quote too many, at the beginning", lines(header, "\"" + rowA, rowB), "refused 2:1: quoteNeverClosed"),
        Pollution(
            "one quote too many, in a cell", lines(header, "LEEA,Ann\" Lee,Y,Mailbox,Create,LEEA,", rowB), "invalid 2:2, LEEB=Bob Lee"),
        Pollution(
            "one quote too many, in a cell in quotes", lines(header, "LEEA,\"Ann\" Lee\",Y,Mailbox,Create,LEEA,", rowB),
            "invalid 2:2, LEEB=Bob Lee"),
        Pollution(
            "one quote too many, behind a cell in quotes", lines(header, "LEEA,\"Ann Lee\"\",Y,Mailbox,Create,LEEA,", rowB),
            "refused 2:2: quoteNeverClosed"),
        Pollution(
            "one quote too many, in two rows",
            lines(header, "LEEA,\"Ann Lee,Y,Mailbox,Create,LEEA,", "LEEB,Bob Lee\",Y,Mailbox,Create,LEEB,"),
            "invalid 2:2"),
        Pollution(
            "one quote too many, in two rows with one between",
            lines(header, "LEEA,Ann Lee,Y,Mailbox,Create,\"LEEA,", rowB, "LEEC,Cy Lee,Y,Mailbox,Create,LEEC\","), "invalid 2:6"),
        Pollution("quotes left open at the last cell", lines(header, rowA, rowB + "\""), "refused 3:7: quoteNeverClosed"),
        Pollution(
            "quotes doubled", lines(header, "LEEA,\"Ann \"\"A\"\" Lee\",Y,Mailbox,Create,LEEA,", rowB), "LEEA=Ann \"A\" Lee, LEEB=Bob Lee"),
        Pollution(
            "quotes escaped by a backslash", lines(header, "LEEA,\"Ann \\\"A\\\" Lee\",Y,Mailbox,Create,LEEA,", rowB),
            "invalid 2:2, LEEB=Bob Lee"),
        Pollution(
            "separator escaped by a backslash", lines(header, "LEEA,Lee\\, Ann,Y,Mailbox,Create,LEEA,", rowB), "invalid 2:8, LEEB=Bob Lee"),
        Pollution(
            "separator in a cell without quotes", lines(header, "LEEA,Lee, Ann,Y,Mailbox,Create,LEEA,", rowB), "invalid 2:8, LEEB=Bob Lee"),
        Pollution(
            "separator in a cell with quotes", lines(header, "LEEA,\"Lee, Ann\",Y,Mailbox,Create,LEEA,", rowB),
            "LEEA=Lee, Ann, LEEB=Bob Lee"),
        Pollution("line end in a cell with quotes", lines(header, "LEEA,Ann Lee,Y,Mailbox,Create,LEEA,\"a, b\r\nc\"", rowB), both),
        Pollution(
            "line end in a cell without quotes", lines(header, "LEEA,Ann\r\nLee,Y,Mailbox,Create,LEEA,", rowB),
            "invalid 2:3, invalid 3:7, LEEB=Bob Lee"),
        Pollution(
            "blanks round cells", lines(header, " LEEA , Ann Lee , Y ,Mailbox,Create, LEEA ,", rowB), " LEEA = Ann Lee , LEEB=Bob Lee"),
        Pollution("quotes behind a blank", lines(header, "LEEA, \"Ann Lee\",Y,Mailbox,Create,LEEA,", rowB), "invalid 2:2, LEEB=Bob Lee"),
    ]

    private static let headers = [
        Pollution(
            "header of two lines", lines(header, "Name,Full name,Migrate?,Class,Mode,Name,", rowA, rowB),
            "invalid 2:3, LEEA=Ann Lee, LEEB=Bob Lee"),
        Pollution("header twice", lines(header, header, rowA, rowB), "invalid 2:3, LEEA=Ann Lee, LEEB=Bob Lee"),
        Pollution(
            "first column name empty", lines(header.replacingOccurrences(of: "SFS_UserName", with: ""), rowA, rowB), "refused 1: noHeader"),
        Pollution(
            "third column name empty", lines(header.replacingOccurrences(of: "MigrateUser", with: ""), rowA, rowB),
            "refused 1:3: wrongColumn"),
        Pollution("last column name empty", lines(header.replacingOccurrences(of: "Comment", with: ""), rowA, rowB), both),
        Pollution("column name HEAD/%R", lines(header.replacingOccurrences(of: "Comment", with: "HEAD/%R"), rowA, rowB), both),
        Pollution("column name twice", lines(header + ",comment", rowA + ",", rowB + ","), "refused 1:8: duplicateColumn"),
        Pollution("Common-Name twice", lines(header + ",Directory Name", rowA + ",", rowB + ","), "refused 1:8: duplicateColumn"),
        Pollution(
            "no Common-Name", lines(header.replacingOccurrences(of: "Common-Name", with: "Name"), rowA, rowB), "refused 1: missingColumn"),
        Pollution(
            "columns in another order",
            lines(header.replacingOccurrences(of: "MigrateUser,Obj-Class", with: "Obj-Class,MigrateUser"), rowA, rowB),
            "refused 1:3: wrongColumn"),
        Pollution("header in lower case", lines(header.lowercased(), rowA, rowB), both),
        Pollution(
            "a quote in a column name", lines(header.replacingOccurrences(of: "Comment", with: "Com\"ment"), rowA, rowB),
            "refused 1:7: wrongColumn"),
        Pollution(
            "a column name of two lines", lines(header.replacingOccurrences(of: "Comment", with: "\"Com\r\nment\""), rowA, rowB), both),
        Pollution(
            "a column name of control characters", lines(header.replacingOccurrences(of: "Comment", with: "\u{7}\u{1B}[2J"), rowA, rowB),
            both),
        Pollution(
            "fewer names than cells", lines(header.replacingOccurrences(of: ",Comment", with: ""), rowA, rowB), "invalid 2:7, invalid 3:7"),
        Pollution("more names than cells", lines(header + ",More", rowA, rowB), "invalid 2:8, invalid 3:8"),
    ]

    private static let tables = [
        Pollution(
            "another table with fewer columns", clean + lines("", "a,b", "1,2"), "LEEA=Ann Lee, LEEB=Bob Lee, invalid 5:3, invalid 6:3"),
        Pollution(
            "another table with more columns", clean + lines("a,b,c,d,e,f,g,h", "1,2,3,4,5,6,7,8"),
            "LEEA=Ann Lee, LEEB=Bob Lee, invalid 4:8, invalid 5:8"),
        Pollution(
            "another table with as many columns", clean + lines("a,b,c,d,e,f,g", "1,2,3,4,5,6,7"),
            "LEEA=Ann Lee, LEEB=Bob Lee, invalid 4:3, invalid 5:3"),
        Pollution("the same row twice", clean + lines(rowA), "invalid 2:1, LEEB=Bob Lee, invalid 4:1"),
    ]
}

extension [UInt8] {
    /// The first `count` of those bytes made letters o again: names of columns have some.
    fileprivate func replacingFirst(_ byte: UInt8, count: Int) -> [UInt8] {
        var left = count
        return map { old in
            guard old == byte, left > 0 else { return old }
            left -= 1
            return UInt8(ascii: "o")
        }
    }
}

@Suite("A damaged list is read rightly, or refused with line and column") struct PollutionTests {
    @Test("Of each kind", arguments: Pollution.all)
    func outcome(_ pollution: Pollution) throws {
        #expect(Self.outcome(of: pollution) == pollution.outcome)
        guard let file = try? MigrationFile.read(bytes: pollution.bytes, name: pollution.name) else { return }
        #expect(try file.corrected([]) == pollution.bytes)
    }

    private static func outcome(of pollution: Pollution) -> String {
        do throws(MigrationFileError) {
            let file = try MigrationFile.read(bytes: pollution.bytes, name: pollution.name)
            return file.rows.map { row in
                guard let problem = row.problem else { return "\(row.mailboxName)=\(row.fullName)" }
                return "invalid \(problem.position.line):\(problem.position.column ?? 0)"
            }.joined(separator: ", ")
        } catch {
            let place = error.position.map { " \($0.line)" + ($0.column.map { ":\($0)" } ?? "") } ?? ""
            return "refused\(place): \(error.code.rawValue)"
        }
    }

    @Test("Every kind has its line in the documentation, and no other is there")
    func documented() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/damaged-lists.md").path
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let written = text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") && !$0.hasPrefix("| kind ") }
        #expect(written.map(String.init) == Pollution.all.map { "| \($0.kind) | \($0.outcome.isEmpty ? "no row" : $0.outcome) |" })
    }
}
