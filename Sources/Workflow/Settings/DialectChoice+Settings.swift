internal import CSV

extension DialectChoice {
    /// What was told of the user lists' dialect; what was not told, or is `auto`, is looked for in each file.
    init(_ values: SettingValues) throws(Failure) {
        self.init(
            separator: try Self.told(
                values, .separator,
                expected: "auto, comma, semicolon, tab, bar, colon, blank, or one character of ASCII that is no letter, digit or quote",
                parse: Self.separator),
            quote: try Self.told(values, .quote, expected: "auto, \", ' or none", parse: Self.quote),
            lineEnd: try Self.told(values, .lineEnds, expected: "auto, crlf, lf or cr") {
                ["crlf": .crlf, "lf": .lf, "cr": .cr][$0.lowercased()]
            })
    }

    private static func told<Part>(_ values: SettingValues, _ key: SettingKey, expected: String, parse: (String) -> Part?) throws(Failure)
        -> Part?
    {
        if values.text(key)?.lowercased() == "auto" { return nil }
        return try values.value(key, expected: expected, parse: parse)
    }

    private static func separator(_ text: String) -> UInt8? {
        let names = ["comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "bar": "|", "colon": ":", "blank": " "]
        let bytes = Array((names[text.lowercased()] ?? text).utf8)
        guard bytes.count == 1 else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): return nil
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return nil
        case UInt8(ascii: "\t"), 0x20..<0x7F: return bytes[0]
        default: return nil
        }
    }

    private static func quote(_ text: String) -> Quote? {
        switch text.lowercased() {
        case "\"", "double": .byte(UInt8(ascii: "\""))
        case "'", "single": .byte(UInt8(ascii: "'"))
        case "none": .absent
        default: nil
        }
    }
}
