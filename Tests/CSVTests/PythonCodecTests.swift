import CSV
import TestSupport
import Testing

/// Every character that a code page can hold, both ways, held against another implementation: the codecs of Python.
@Suite("Code pages are as Python has them") struct PythonCodecTests {
    /// A code page's name here and there.
    static let names = [
        ("437", "cp437"), ("850", "cp850"), ("852", "cp852"), ("866", "cp866"), ("932", "cp932"), ("1250", "cp1250"), ("1251", "cp1251"),
        ("1252", "cp1252"), ("28591", "iso8859-1"), ("28605", "iso8859-15"),
    ]

    /// All scalars of the basic plane, and every hundredth of the others, which none of these code pages has.
    static let scalars: [Unicode.Scalar] = {
        let basic = (UInt32(0)..<0x10000).compactMap { Unicode.Scalar($0) }
        return basic + stride(from: UInt32(0x10000), to: 0x110000, by: 101).compactMap { Unicode.Scalar($0) }
    }()

    @Test("Every character, from text to bytes", arguments: names)
    func encoded(name: String, python: String) throws {
        let codePage = try CodePage(named: name)
        let theirs = try Self.answers("encode", python, count: Self.scalars.count)
        var others: [Unicode.Scalar] = []
        for (scalar, answer) in zip(Self.scalars, theirs) {
            let ours = try? codePage.encode(String(Character(scalar)))
            if ours == answer { continue }
            others.append(scalar)
            guard name == "932" else { continue }
            // Of the two places that 373 characters have, the one that Windows writes: IBM's, not NEC's selection of them.
            guard let ours, let answer else {
                #expect(ours == nil && (Self.singleBytes932.values.contains(scalar) || Self.oneWay932.contains(scalar)), "\(scalar.value)")
                continue
            }
            #expect((0xFA...0xFC).contains(ours[0]) && (0xED...0xEE).contains(answer[0]), "\(scalar.value)")
            #expect(try codePage.decode(answer[...]).unicodeScalars.elementsEqual([scalar]))
        }
        #expect(others.count == (name == "932" ? 373 + Self.singleBytes932.count + Self.oneWay932.count : 0), "\(others.prefix(5))")
    }

    /// What Python gives single bytes that code page 932 has no character for.
    static let singleBytes932: [UInt8: Unicode.Scalar] = [
        0x80: "\u{80}", 0xA0: "\u{F8F0}", 0xFD: "\u{F8F1}", 0xFE: "\u{F8F2}", 0xFF: "\u{F8F3}",
    ]

    /// What Python writes as the bytes of another character, ￠ ￡ ￢ ∥ － ～, and does not get back.
    static let oneWay932: Set<Unicode.Scalar> = ["¢", "£", "¬", "‖", "−", "〜"]

    @Test("Every byte and every pair of bytes, to text", arguments: names)
    func decoded(name: String, python: String) throws {
        let codePage = try CodePage(named: name)
        let isMultiByte = name == "932"
        var sequences: [[UInt8]] = (0...255).map { [UInt8($0)] }
        if isMultiByte { sequences += (0...0xFFFF).map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } }
        let theirs = try Self.answers("decode", python, count: sequences.count)
        var defined = 0
        for (bytes, answer) in zip(sequences, theirs) {
            let ours = (try? codePage.decode(bytes[...])).map { Array($0.utf8) }
            if ours != nil { defined += 1 }
            if ours == answer { continue }
            #expect(isMultiByte && ours == nil && bytes.contains { Self.singleBytes932[$0] != nil }, "\(bytes)")
        }
        #expect(defined >= 250)
    }

    @Test("UTF-8: every character from text to bytes, and bytes that are and are not UTF-8 to text")
    func utf8() throws {
        let all = (UInt32(0)..<0x110000).compactMap { Unicode.Scalar($0) }
        for (scalar, answer) in zip(all, try Self.answers("encode-all", "utf-8", count: all.count)) {
            if try CodePage.utf8.encode(String(Character(scalar))) != answer { Issue.record("\(scalar.value)") }
        }
        // The bytes at which something begins or ends in the table of well-formed sequences (Unicode, table 3-7).
        let edges: [UInt8] = [
            0, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        var sequences: [[UInt8]] = edges.map { [$0] }
        var longest = sequences
        for _ in 0..<3 {
            longest = longest.flatMap { begun in edges.map { begun + [$0] } }
            sequences += longest
        }
        let input = sequences.flatMap { [UInt8($0.count)] + $0 }
        let theirs = try Self.answers("decode-input", "utf-8", count: sequences.count, input: input)
        #expect(theirs.contains(nil) && theirs.contains { $0 != nil })
        for (bytes, answer) in zip(sequences, theirs) where (try? CodePage.utf8.decode(bytes[...])).map({ Array($0.utf8) }) != answer {
            Issue.record("\(bytes)")
        }
    }

    /// What Python says: for each question its bytes, or `nil` where it has none.
    private static func answers(_ question: String, _ codec: String, count: Int, input: [UInt8] = []) throws -> [[UInt8]?] {
        let run = try ProgramRun(["-c", script, question, codec], executable: "/usr/bin/python3", input: .bytes(input))
        let result = try run.finish(within: .seconds(120))
        try #require(result.status == 0, "\(result.errors)")
        var answers: [[UInt8]?] = []
        answers.reserveCapacity(count)
        var rest = result.standardOutput[...]
        while let length = rest.popFirst() {
            answers.append(length == 0xFF ? nil : Array(rest.prefix(Int(length))))
            if length != 0xFF { rest = rest.dropFirst(Int(length)) }
        }
        try #require(answers.count == count)
        return answers
    }

    /// Each answer is its length and its bytes, or 255.
    private static let script = """
        import sys
        question, codec = sys.argv[1:]
        scalars = [n for n in range(0x10000) if not 0xD800 <= n < 0xE000]
        rest = range(0x10000, 0x110000)
        out = bytearray()
        def answer(function):
            try: said = function()
            except UnicodeError: out.append(255); return
            out.append(len(said)); out.extend(said)
        if question.startswith("encode"):
            for n in scalars + list(rest[::1 if question == "encode-all" else 101]): answer(lambda: chr(n).encode(codec))
        elif question == "decode":
            pairs = range(0x10000) if codec == "cp932" else []
            for b in [bytes([n]) for n in range(256)] + [bytes([n >> 8, n & 255]) for n in pairs]: answer(lambda: b.decode(codec).encode())
        else:
            data = sys.stdin.buffer.read(); at = 0
            while at < len(data):
                b = data[at + 1:at + 1 + data[at]]; at += 1 + data[at]
                answer(lambda: b.decode(codec).encode())
        sys.stdout.buffer.write(out)
        """
}
