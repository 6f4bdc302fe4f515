/// Lines of a report as a terminal shows them best: broken between words, where it would break them anywhere. For people alone: what programs
/// read, and commands to be pasted, stay on one line.
extension String {
    /// The narrowest terminal that lines are broken for.
    private static let narrowest = 40

    /// The text with every line broken to `width` columns, what follows indented by four more than the line; as it is where `width` is `nil`
    /// or too narrow. A word that is longer stays whole. Colours take no room.
    public func wrapped(to width: Int?) -> String {
        guard let width, width >= Self.narrowest else { return self }
        return split(separator: "\n", omittingEmptySubsequences: false).map { $0.wrappedLine(to: width) }.joined(separator: "\n")
    }
}

extension Substring {
    fileprivate func wrappedLine(to width: Int) -> String {
        guard count > width else { return String(self) }
        let indentation = Swift.min(prefix { $0 == " " }.count + 4, width / 2)
        var result = ""
        var column = 0
        var blanks = 0
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            let length = word.shownCount
            if length > 0 {
                if column > 0, column + blanks + length > width {
                    result += "\n"
                    (column, blanks) = (0, indentation)
                }
                result += String(repeating: " ", count: blanks)
                column += blanks + length
                blanks = 0
            }
            result += word
            blanks += 1
        }
        return result + String(repeating: " ", count: blanks - 1)
    }

    /// How many characters show: all but those of colours (`ESC [ … m`).
    private var shownCount: Int {
        var count = 0
        var isColour = false
        for character in self {
            if character == "\u{1B}" { isColour = true } else if !isColour { count += 1 } else if character == "m" { isColour = false }
        }
        return count
    }
}
