import CSV
import Testing

@Suite("Cells are found where they stand") struct CSVDocumentTests {
    /// The cells' contents, a vertical bar between cells and a slash between records.
    static func shown(_ document: CSVDocument) -> String {
        (0..<document.recordCount).map { record in
            (0..<document.cellCount(ofRecord: record)).map {
                String(decoding: document.content(record: record, column: $0), as: UTF8.self)
            }.joined(separator: "|")
        }.joined(separator: "/")
    }

    @Test(
        "Each spelling gives its cells",
        arguments: [
            ("a,b\r\nc,d\r\n", "a|b/c|d"),
            ("a,b\nc,d", "a|b/c|d"),
            ("a,b\rc,d\r", "a|b/c|d"),
            ("a,b\r\nc,d\ne,f\rg,h", "a|b/c|d/e|f/g|h"),
            ("a,\"b,c\"\n", "a|b,c"),
            ("a,\"b \"\"c\"\"\"\n", "a|b \"c\""),
            ("a,\"b\r\nc\"\nd,e", "a|b\r\nc/d|e"),
            ("a,\"\",\n", "a||"),
            ("a,\n\nb,", "a|//b|"),
            (",", "|"),
            ("", ""),
            ("a, \"b\"", "a| \"b\""),
            ("\"a\"b,c", "ab|c"),
            ("\"a", "a"),
        ])
    func cells(text: String, expected: String) {
        #expect(Self.shown(CSVDocument(bytes: Array(text.utf8), choice: DialectChoice(separator: UInt8(ascii: ",")))) == expected)
    }

    @Test("Lines count quoted line breaks, and start where the caller says")
    func lines() {
        let document = CSVDocument(bytes: Array("pre\nx,\"1\r\n2\n3\"\r\n\r\ny,z".utf8), start: 4, line: 2)
        #expect((0..<document.recordCount).map(document.line(ofRecord:)) == [2, 5, 6])
        #expect(Self.shown(document) == "x|1\r\n2\n3//y|z")
    }

    @Test(
        "Misplaced quotes are named with line and column",
        arguments: [
            ("a,b\nc,d\"e", QuoteMisuse.Kind.strayQuote, 2, 2),
            ("a,b\n\"c\"d,e", .textAfterQuote, 2, 1),
            ("a,b\nc,\"d\ne\nf", .neverClosed, 2, 2),
        ])
    func misuse(text: String, kind: QuoteMisuse.Kind, line: Int, column: Int) throws {
        let found = CSVDocument(bytes: Array(text.utf8)).misuses
        let only = try #require(found.first)
        #expect(found.count == 1)
        #expect((only.kind, only.line, only.column) == (kind, line, column))
    }

    @Test("A record knows whether all of it is plain, wherever the byte stands that is not", arguments: [UInt8(0), 0x80, 0xFF])
    func plainRecords(_ odd: UInt8) {
        for count in 1..<40 {
            let plain = Array(repeating: UInt8(1), count: count - 1) + [0x7F]
            #expect(CSVDocument(bytes: plain).record(0).isPlainASCII)
            for place in 0..<count {
                var bytes = plain
                bytes[place] = odd
                #expect(!CSVDocument(bytes: bytes).record(0).isPlainASCII, "\(place) of \(count)")
            }
        }
    }

    @Test("A separator is found at any distance, behind bytes that differ from it in one bit")
    func distances() {
        for count in 0..<40 {
            let cell = (0..<count).map { UInt8(ascii: ",") ^ (1 << UInt8($0 % 8)) }.filter { $0 != 0x0A && $0 != 0x0D }
            let document = CSVDocument(bytes: cell + Array(",x\r\n".utf8), choice: DialectChoice(separator: UInt8(ascii: ",")))
            #expect((document.recordCount, document.cellCount(ofRecord: 0)) == (1, 2))
            #expect(Array(document.content(record: 0, column: 0)) == cell)
        }
    }

    @Test("A line end that was told is the only one")
    func toldLineEnd() {
        let document = CSVDocument(bytes: Array("a,b\rc\r\nd,e\n".utf8), choice: DialectChoice(lineEnd: .crlf))
        #expect(Self.shown(document) == "a|b\rc/d|e\n")
    }

    @Test("Cells know their spelling")
    func spelling() {
        let document = CSVDocument(bytes: Array("a,\"\", ,\" \",\"x\"".utf8))
        let spelled = (0..<5).map { String(decoding: document.bytes[document.range(ofRecord: 0, column: $0)], as: UTF8.self) }
        #expect(spelled == ["a", "\"\"", " ", "\" \"", "\"x\""])
        #expect((0..<5).map { document.isQuoted(record: 0, column: $0) } == [false, true, false, true, true])
    }
}
