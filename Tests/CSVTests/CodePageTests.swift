import CSV
import Testing

@Suite("Code pages are strict both ways") struct CodePageTests {
    @Test(
        "The usual names mean what they mean",
        arguments: [
            ("1252", "windows-1252"), ("cp1252", "windows-1252"), ("ANSI", "windows-1252"), ("Windows-1252", "windows-1252"),
            ("850", "CP850"), ("ibm850", "CP850"), ("oem", "CP850"), ("utf8", "UTF-8"), ("UTF-8", "UTF-8"), ("65001", "UTF-8"),
            ("28591", "ISO-8859-1"), ("28605", "ISO-8859-15"), ("932", "CP932"), ("1250", "windows-1250"), ("KOI8-R", "KOI8-R"),
        ])
    func names(given: String, expected: String) throws {
        #expect(try CodePage(named: given).name == expected)
    }

    @Test(
        "A code page that cannot be had says why and what to do",
        arguments: [
            ("klingon", "The code page \"klingon\" is not known; name one such as windows-1252, 850 or UTF-8 (iconv -l lists them all)."),
            (
                "1252//TRANSLIT",
                "The code page \"1252//TRANSLIT\" is not known; name one such as windows-1252, 850 or UTF-8 (iconv -l lists them all)."
            ),
            ("", "The code page \"\" is not known; name one such as windows-1252, 850 or UTF-8 (iconv -l lists them all)."),
            (
                "UTF-16",
                "The code page UTF-16 does not hold ASCII as single bytes and cannot be that of a user list; save the file as windows-1252 or UTF-8."
            ),
        ])
    func refused(name: String, message: String) {
        let error = #expect(throws: CodePageError.self) { try CodePage(named: name) }
        #expect(error?.description == message)
    }

    @Test(
        "Every byte goes to text and back, or does not exist",
        arguments: [("1252", 5), ("850", 0), ("437", 0), ("852", 0), ("866", 0), ("1250", 5), ("1251", 1), ("28591", 0), ("28605", 0)])
    func singleBytes(name: String, missing: Int) throws {
        let codePage = try CodePage(named: name)
        var undefined = 0
        for byte in UInt8.min...UInt8.max {
            do { #expect(try codePage.encode(codePage.decode([byte])) == [byte]) } catch is UndecodableByte { undefined += 1 }
        }
        #expect(undefined == missing)
    }

    @Test(
        "What does not exist is an error with its place",
        arguments: [
            ("1252", [0x41, 0x81], "the byte 0x81 does not exist in windows-1252", 1),
            ("UTF-8", [0x41, 0x42, 0xFC, 0x43], "the byte 0xFC is not UTF-8 here", 2),
            ("UTF-8", [0xC3], "the byte 0xC3 is not UTF-8 here", 0),
            ("UTF-8", [0xED, 0xA0, 0x80], "the byte 0xED is not UTF-8 here", 0),
            ("932", [0x41, 0x93, 0xFA, 0x96], "the byte 0x96 does not exist in CP932", 3),
        ])
    func undecodable(name: String, bytes: [UInt8], message: String, offset: Int) throws {
        let codePage = try CodePage(named: name)
        let error = #expect(throws: UndecodableByte.self) { try codePage.decode(bytes[...]) }
        #expect(error?.description == message)
        #expect(error?.offset == offset)
    }

    @Test(
        "What the code page cannot hold is never replaced by something like it",
        arguments: [
            ("1252", "Dvořák", "\"ř\" (U+0159) does not exist in windows-1252", 3),
            ("850", "5 €", "\"€\" (U+20AC) does not exist in CP850", 2),
            ("850", "O\u{2019}Brien", "\"\u{2019}\" (U+2019) does not exist in CP850", 1),
            ("1252", "Mu\u{308}ller", "\"\u{308}\" (U+0308) does not exist in windows-1252", 2),
            ("932", "日本é", "\"é\" (U+00E9) does not exist in CP932", 2),
        ])
    func unencodable(name: String, text: String, message: String, offset: Int) throws {
        let codePage = try CodePage(named: name)
        let error = #expect(throws: UnencodableCharacter.self) { try codePage.encode(text) }
        #expect(error?.description == message)
        #expect(error?.offset == offset)
    }

    @Test("Multi-byte code pages go both ways")
    func multiByte() throws {
        let codePage = try CodePage(named: "932")
        #expect(try codePage.encode("日本 A") == [0x93, 0xFA, 0x96, 0x7B, 0x20, 0x41])
        #expect(try codePage.decode([0x93, 0xFA, 0x96, 0x7B, 0x20, 0x41]) == "日本 A")
    }
}

@Suite("The code page is found in the bytes") struct CodePageFindingTests {
    static let names = "Müller,Gößmann,Ärzte,Élise Bézier,François,Zoë,Núñez,Šimon"
    static let dosNames = "Müller,Gößmann,Ärzte,Élise Bézier,François,Zoë,Núñez,JÜRGEN"

    @Test(
        "By its own letters",
        arguments: [
            (names, "1252", "windows-1252", false), (names, "UTF-8", "UTF-8", false), (dosNames, "850", "CP850", false),
            ("MÜLLER,JÖRG", "850", "CP850", false), ("MÜLLER,JÖRG", "1252", "windows-1252", false),
            ("O\u{2019}Brien", "1252", "windows-1252", true), ("François", "1252", "windows-1252", true),
            ("plain", "1252", "windows-1252", true), ("plain", "850", "windows-1252", true),
        ])
    func found(text: String, written: String, expected: String, isAssumption: Bool) throws {
        let finding = try CodePageFinding.find(in: CodePage(named: written).encode(text))
        #expect(finding.codePage.name == expected)
        #expect(finding.isAssumption == isAssumption)
    }

    @Test(
        "And says why",
        arguments: [
            ("1252", "abc", "All 3 bytes are ASCII, which every code page reads alike; windows-1252 is assumed for writing."),
            ("UTF-8", "äöü", "The file is valid UTF-8 with 3 multi-byte characters."),
            ("UTF-8", "\u{FEFF}a", "The file starts with the byte-order mark of UTF-8."),
            (
                "850", "Müller, Jörg",
                "The 2 bytes above 127: 2 out of place under windows-1252 and 0 under code page 850, so this is a DOS file."
            ),
            ("1252", "Müller, Jörg", "The 2 bytes above 127: 0 out of place under windows-1252 and 2 under code page 850."),
            (
                "1252", "François",
                "The one byte above 127: 0 out of place under windows-1252 and 0 under code page 850; that does not decide, and windows-1252 is assumed."
            ),
        ])
    func evidence(written: String, text: String, expected: String) throws {
        #expect(try CodePageFinding.find(in: CodePage(named: written).encode(text)).evidence == expected)
    }

    @Test(
        "UTF-16 is recognised, with a mark and without",
        arguments: [
            ([0xFF, 0xFE, 0x53, 0] as [UInt8], true), ([0xFE, 0xFF, 0, 0x53], true), ([0x53, 0, 0x46, 0], true), ([0x53, 0x46], false),
        ])
    func utf16(bytes: [UInt8], expected: Bool) {
        #expect((UTF16Mark.evidence(in: bytes) != nil) == expected)
    }
}
