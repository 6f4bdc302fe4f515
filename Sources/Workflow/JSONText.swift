internal import Foundation

/// Small values as JSON for stdout, keys in alphabetical order.
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
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
