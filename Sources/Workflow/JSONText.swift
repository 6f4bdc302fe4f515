internal import Foundation
internal import Texts

/// Small values as JSON for stdout, keys in alphabetical order, characters that do not show escaped: stdout may be a terminal.
enum JSONText {
    /// The value over several lines, with a line end.
    static func of(_ value: some Encodable) -> String { text(of: value, [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]) }

    /// The value on one line, with its end: several of them are JSON Lines.
    static func line(of value: some Encodable) -> String { text(of: value, [.sortedKeys, .withoutEscapingSlashes]) }

    private static func text(of value: some Encodable, _ formatting: JSONEncoder.OutputFormatting) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        // Only texts, numbers, lists and dictionaries by text are ever given, and those cannot fail.
        guard let data = try? encoder.encode(value) else { return "null\n" }
        var text = TextBuffer(capacity: data.count + 1)
        text.addMakingVisible(json: data.span)
        text.add(byte: UInt8(ascii: "\n"))
        return text.text(0..<text.count)
    }
}
