/// Lines of a report: names in a column, and what is said of them beside it, broken where a terminal of 100 columns, or the
/// narrower one that shows it, would break it worse.
struct Page {
    /// How wide a line may become at most, as long as there is a place to break it.
    private static let widest = 100
    /// No narrower terminal is broken for.
    private static let narrowest = 40
    private static let nameWidth = 12

    private(set) var lines: [String]

    private let width: Int

    /// A page for a terminal of so many columns; `nil` where none shows it.
    init(_ heading: String, width: Int? = nil) {
        lines = [heading]
        self.width = max(Self.narrowest, min(Self.widest, width ?? Self.widest))
    }

    /// The lines as one text, with a line end.
    var text: String { lines.joined(separator: "\n") + "\n" }

    /// A name and what is said of it; nothing when there is nothing to say. Both are made safe to print.
    mutating func add(_ name: String, _ value: String) {
        if value.isEmpty { return }
        let indentation = String(repeating: " ", count: Self.nameWidth + 3)
        for (number, part) in value.printable.folded(to: width - indentation.count).enumerated() {
            lines.append((number == 0 ? "  \(name.printable.padded(to: Self.nameWidth)) " : indentation) + part)
        }
    }

    /// A line as it is.
    mutating func add(line: String) { lines.append(line) }
}

extension String {
    /// The text in pieces of at most `width` characters, broken at blanks, or between parentheses that meet as in a filter. A word that is longer
    /// stays whole.
    func folded(to width: Int) -> [String] {
        var pieces: [String] = []
        var rest = self[...]
        while rest.count > width, let mark = rest.lastBreak(within: width) {
            pieces.append(String(rest[..<mark]))
            rest = rest[mark...].drop { $0 == " " }
        }
        return rest.isEmpty && !pieces.isEmpty ? pieces : pieces + [String(rest)]
    }
}

extension Substring {
    /// The last place at most `width` characters from the start where the text may be broken; where there is none, the first behind; `nil` for
    /// a text without such a place.
    fileprivate func lastBreak(within width: Int) -> Index? {
        var last: Index?
        var before: Character = " "
        for (number, index) in indices.enumerated() {
            if number > width, last != nil { return last }
            if before != " ", self[index] == " " || (before == ")" && self[index] == "(") { last = index }
            before = self[index]
        }
        return last
    }
}
