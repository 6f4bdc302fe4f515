internal import Foundation

/// Small values as JSON for stdout, keys in alphabetical order.
enum JSONText {
    /// The value, with a line end.
    static func of(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        // Only texts, numbers, lists and dictionaries by text are ever given, and those cannot fail.
        guard let data = try? encoder.encode(value) else { return "null\n" }
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
