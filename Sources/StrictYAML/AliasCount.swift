/// Looks for YAML in which aliases stand for aliases before it is parsed: as a mapping's key, such a value would be compared as a whole by the parser,
/// and the program would not come back to refuse it.
enum AliasCount {
    /// So many aliases make a file 350 times as long at most.
    private static let limit = 16

    /// Where the first alias is of more than the limit, in a text that also names something; lines and columns from 1. A star or an ampersand
    /// counts where a value may begin, and a name follows: what is only like one, within a sentence, is not that frequent.
    static func excess(in text: Substring.UnicodeScalarView) -> (line: Int, column: Int)? {
        var (line, column, aliases, hasAnchor) = (1, 0, 0, false)
        var first: (Int, Int)?
        var before: Unicode.Scalar = "\n"
        var mark: Unicode.Scalar?
        for scalar in text {
            column += 1
            if let found = mark, !endsName(scalar) {
                if found == "&" { hasAnchor = true } else { aliases += 1 }
                if found == "*", first == nil { first = (line, column - 1) }
            }
            mark = (scalar == "&" || scalar == "*") && beginsValue(before) ? scalar : nil
            before = scalar
            if scalar == "\n" { (line, column) = (line + 1, 0) }
        }
        return hasAnchor && aliases > limit ? first : nil
    }

    private static func endsName(_ scalar: Unicode.Scalar) -> Bool {
        beginsValue(scalar) || scalar == "]" || scalar == "}" || scalar == ")"
    }

    private static func beginsValue(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || "[{,:".unicodeScalars.contains(scalar)
    }
}
