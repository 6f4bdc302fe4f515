/// How a given name has to be spelled in a list of nicknames.
public enum GivenNameSpelling {
    /// Whether the text is one word as names are compared: letters, in any script and with any accents, of which at least one remains.
    public static func isOneWord(_ text: String) -> Bool {
        Folding.spellings(of: text).allSatisfy { spelling in
            var words = 0
            spelling.span.forEachPart { part in part.forEachWord { _ in words += 1 } }
            return words == 1
        } && !text.unicodeScalars.contains { $0.properties.numericType != nil }
    }
}
