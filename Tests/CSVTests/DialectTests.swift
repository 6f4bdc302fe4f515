import CSV
import Testing

@Suite("The dialect is found in the bytes") struct DialectTests {
    @Test(
        "Separator and line end, with the reason",
        arguments: [
            ("a,b,c\r\n1,2,3\r\n", "comma, quote \", CRLF line ends", "2 of the first 2 lines hold as many of it as the header, 2."),
            ("a;b;c\n1,5;2;3\n", "semicolon, quote \", LF line ends", "2 of the first 2 lines"),
            ("a\tb\r1\t2", "tab, quote \", CR line ends, last line without an end", "The separator is the tab"),
            ("a|b\r\n1|2\n", "vertical bar, quote \", mixed line ends", "1 CRLF, 1 LF, 0 CR"),
            ("a,b,c,d\n1,2\n3,4\n5;6;7;8\n", "comma, quote \", LF line ends", "1 of the first 4 lines"),
            ("a,b\n\"x;y;z\",2\n", "comma, quote \", LF line ends", "1 cell of the sample is wrapped in it"),
            ("'a','b'\n'1','2'\n", "comma, quote ', LF line ends", "4 cells of the sample are wrapped in apostrophes"),
            ("a,b\n't Hooft,'t Hart\n", "comma, quote \", LF line ends", "No cell of the sample is quoted"),
            ("\u{FEFF}a,b\n", "comma, quote \", LF line ends, byte-order mark", "All 1 line ends are LF."),
            ("a", "comma, quote \", CRLF line ends, last line without an end", "comma is assumed"),
        ])
    func found(text: String, expected: String, reason: String) {
        let finding = CSVDocument(bytes: Array(text.utf8)).finding
        #expect(finding.dialect.description == expected)
        #expect(finding.evidence.joined(separator: " ").contains(reason))
    }

    @Test("What is told is not looked for")
    func told() {
        let choice = DialectChoice(separator: UInt8(ascii: "#"), quote: .byte(UInt8(ascii: "'")), lineEnd: .lf)
        let finding = CSVDocument(bytes: Array("a#'b#c'\r\n1,2#3\n".utf8), choice: choice).finding
        #expect(finding.dialect == Dialect(separator: UInt8(ascii: "#"), quote: UInt8(ascii: "'"), lineEnd: .lf))
        #expect(finding.evidence == ["The separator was told: \"#\".", "The quote was told: '.", "Line ends were told: LF."])
    }

    @Test("Without quotes, a quote is content like any other byte")
    func noQuotes() {
        let document = CSVDocument(bytes: Array("\"a\",\"b\n\"\",c\"\n,\n".utf8), choice: DialectChoice(quote: .absent))
        #expect(document.finding.dialect.description == "comma, no quotes, LF line ends")
        #expect(document.finding.evidence.contains("It was told that there are no quotes."))
        #expect(document.misuses.isEmpty)
        let cells = (0..<document.recordCount).map { record in
            (0..<document.cellCount(ofRecord: record)).map { String(decoding: document.content(record: record, column: $0), as: UTF8.self) }
        }
        #expect(cells == [["\"a\"", "\"b"], ["\"\"", "c\""], ["", ""]])
    }
}
