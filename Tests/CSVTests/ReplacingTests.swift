import CSV
import Testing

@Suite("Replacing cells keeps every other byte") struct ReplacingTests {
    @Test(
        "A new value is spelled as the old one was, with quotes where it needs them",
        arguments: [
            ("a,b,c", "x", "a,x,c"),
            ("a,\"b\",c", "x", "a,\"x\",c"),
            ("a,b,c", "x,y", "a,\"x,y\",c"),
            ("a,b,c", "x \"y\"", "a,\"x \"\"y\"\"\",c"),
            ("a,b,c", " x", "a,\" x\",c"),
            ("a,b,c", "x\t", "a,\"x\t\",c"),
            ("a,b,c", "x\ny", "a,\"x\ny\",c"),
            ("a,b,c", "", "a,,c"),
            ("a,\"b\",c", "", "a,,c"),
            ("a,\"b\",c", "b", "a,\"b\",c"),
            ("a,\" \",c", "", "a,,c"),
            ("a,\"\",c", "", "a,\"\",c"),
            ("a,\"\",c", "x", "a,\"x\",c"),
            ("a,,c", "x", "a,x,c"),
            ("a,b", "x", "a,x"),
            ("a,b\r\n\r\nc,d", "x", "a,x\r\n\r\nc,d"),
        ])
    func spelling(text: String, new: String, expected: String) {
        let document = CSVDocument(bytes: Array(text.utf8), choice: DialectChoice(separator: UInt8(ascii: ",")))
        let result = document.replacing([CellEdit(record: 0, column: 1, content: Array(new.utf8))])
        #expect(String(decoding: result, as: UTF8.self) == expected)
    }

    @Test("Without quotes a value stands as it is, and one that would end the cell cannot be held")
    func noQuotes() {
        let choice = DialectChoice(separator: UInt8(ascii: ","), quote: .absent)
        let document = CSVDocument(bytes: Array("a,\"b\",c\n".utf8), choice: choice)
        let result = document.replacing([CellEdit(record: 0, column: 1, content: Array(" \"x".utf8))])
        #expect(String(decoding: result, as: UTF8.self) == "a, \"x,c\n")
        #expect(["x;\"", " x ", ""].allSatisfy { document.canHold(Array($0.utf8)) })
        #expect(!["x,y", "x\ny", "x\r"].contains { document.canHold(Array($0.utf8)) })
        #expect(CSVDocument(bytes: document.bytes).canHold(Array("x,y".utf8)))
    }

    @Test("A cell alone on its line that becomes empty is quoted, or its record would become an empty line")
    func alone() {
        let result = CSVDocument(bytes: Array("a\nb\n".utf8)).replacing([CellEdit(record: 1, column: 0, content: [])])
        #expect(String(decoding: result, as: UTF8.self) == "a\n\"\"\n")
    }

    @Test("Edits may come in any order, and what stands before the first record stays")
    func order() {
        let document = CSVDocument(bytes: Array("PRE;\u{1}\r\na,b\r\nc,d\r\n".utf8), start: 7, line: 2)
        let edits = [CellEdit(record: 1, column: 0, content: Array("X".utf8)), CellEdit(record: 0, column: 1, content: Array("Y".utf8))]
        #expect(String(decoding: document.replacing(edits), as: UTF8.self) == "PRE;\u{1}\r\na,Y\r\nX,d\r\n")
    }
}
