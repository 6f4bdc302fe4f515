import Testing
import Texts

@Suite("A text buffer")
struct TextBufferTests {
    private static func text(_ make: (inout TextBuffer) -> Void) -> String {
        var buffer = TextBuffer(capacity: 1)
        make(&buffer)
        return buffer.text(0..<buffer.count)
    }

    @Test("holds everything that was added, in order, however often it had to grow")
    func adding() {
        let text = Self.text { buffer in
            for number in 0..<1000 { buffer.add("é", "-", String(number), ";") }
            buffer.add(literal: "end")
            buffer.add(byte: UInt8(ascii: "!"))
            buffer.add(-7)
        }
        #expect(text == (0..<1000).map { "é-\($0);" }.joined() + "end!-7")
    }

    @Test("repeats a part of itself, also while it grows")
    func again() {
        let text = Self.text { buffer in
            buffer.add("0123456789")
            for _ in 0..<5 { buffer.add(again: 0..<buffer.count) }
            buffer.add(again: 3..<5)
        }
        #expect(text == String(repeating: "0123456789", count: 32) + "34")
    }

    @Test("holds numbers of two and of four bytes, the lowest first, and makes two of four")
    func numbers() {
        var four = TextBuffer(capacity: 1)
        let numbers = [0, 1, 0xFF, 0x100, 0xFFFF] + Array(stride(from: 7, to: 60_000, by: 997))
        for number in numbers { four.add(fourBytes: number) }
        var back: [Int] = []
        for index in numbers.indices { back.append(four.number(ofFourBytesAt: 4 * index)) }
        #expect(back == numbers)
        var one = TextBuffer(capacity: 1)
        for number in numbers { one.add(twoBytes: number) }
        var other = TextBuffer(capacity: 1)
        other.add(twoBytesOfEachFour: four)
        let bytes = numbers.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let (ones, others) = (Self.bytes(of: one), Self.bytes(of: other))
        #expect(ones == bytes && others == bytes)
    }

    private static func bytes(of buffer: borrowing TextBuffer) -> [UInt8] { buffer.withBytes { $0.withUnsafeBufferPointer { Array($0) } } }

    @Test("is empty again, with its memory, when everything is removed")
    func removing() {
        var buffer = TextBuffer()
        buffer.add("old")
        buffer.removeAll()
        buffer.add("n")
        #expect(buffer.count == 1 && buffer.text(0..<1) == "n")
    }

    @Test("escapes what JSON wants escaped at every place of a text, and nothing else")
    func escaping() {
        let beyond: [UInt32] = [
            0x61C, 0x6DD, 0x70F, 0x7FF, 0x8E2, 0xFFF, 0x180E, 0x4E2D, 0xE000, 0xFEFF, 0xFFF9, 0xFFFD, 0x110BD, 0x1D173, 0x1F600, 0xE0041,
            0x10FFFF,
        ]
        for scalar in ((0...0x17F) + Array(0x1FFF...0x2070) + beyond).compactMap(Unicode.Scalar.init) {
            for before in 0...9 {
                for after in [0, 1, 9] {
                    let text = String(repeating: "x", count: before) + String(scalar) + String(repeating: "é", count: after)
                    let wanted =
                        String(repeating: "x", count: before) + Self.escape(scalar) + String(repeating: "é", count: after)
                    #expect(Self.text { $0.addEscaped(text) } == wanted)
                    let copied = Self.text { target in
                        var source = TextBuffer()
                        source.add("<", text, ">")
                        target.addEscaped(1..<(source.count - 1), of: source, isPlain: source.isPlain)
                    }
                    #expect(copied == wanted)
                }
            }
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x22: "\\\""
        case 0x5C: "\\\\"
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        case 0x09: "\\t"
        case 0..<0x10: "\\u000" + String(scalar.value, radix: 16)
        case 0x10..<0x20: "\\u00" + String(scalar.value, radix: 16)
        default: isInvisible(scalar) ? units(scalar) : String(scalar)
        }
    }

    /// What does not show, or turns text around.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }

    private static func units(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf16.map { "\\u" + ("000" + String($0, radix: 16)).suffix(4) }.joined()
    }

    @Test("makes visible what stands in JSON of somebody else's making, and changes nothing else")
    func makingVisible() {
        let json = "{\n\t\"a\\\"\\u0001\": \"é\u{7F}\u{9B}\u{202E}x\u{E0041}😀\"\n}\n"
        let wanted = "{\n\t\"a\\\"\\u0001\": \"é\\u007f\\u009b\\u202ex\\udb40\\udc41😀\"\n}\n"
        #expect(Self.text { $0.addMakingVisible(json: json.utf8Span.span) } == wanted)
    }

    @Test(
        "has decimals with four digits that count",
        arguments: [
            (0.06432, "0.06432"), (0.99999, "1"), (12.5, "12.5"), (1720.4, "1720"), (0.00000001234, "0.000000012"),
            (1e300, "1000000000000000"),
        ])
    func decimals(value: Double, text: String) {
        #expect(Self.text { $0.add(decimal: value) } == text)
    }

    @Test("takes bytes that are no UTF-8 as they are")
    func broken() {
        let bytes: [UInt8] = [0xE2, 0x80, 0x22, 0xC2, 0xFF, 0xF3, 0xA0]
        #expect(Self.bytes { $0.addEscaped(bytes.span) } == [0xE2, 0x80, 0x5C, 0x22, 0xC2, 0xFF, 0xF3, 0xA0])
    }

    private static func bytes(_ make: (inout TextBuffer) -> Void) -> [UInt8] {
        var buffer = TextBuffer(capacity: 1)
        make(&buffer)
        return bytes(of: buffer)
    }
}
