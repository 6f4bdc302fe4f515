internal import Reconciler

/// The administrator's given names: text in UTF-8 (or UTF-16 with its mark), on each line a name and the forms in which people use it, with commas or blanks between them.
///
/// Empty lines and lines that begin with `#` are passed over.
enum NicknameFile {
    /// More lines are no list of names; each word is looked up in memory.
    private static let mostLines = 20_000

    /// The lines in the order of the file; a line that says nothing is an error with its number and column.
    static func lines(at path: String) throws(Failure) -> [[String]] {
        let what = "file of nicknames"
        let bytes = try MarkedText.utf8(TextFile.bytes(path, what: what, failing: .badData), path: path)
        let text = try TextFile.text(of: bytes, path, what: what, failing: .badData)
        var lines: [[String]] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let names = line.split { $0 == "," || $0.isWhitespace }
            guard let first = names.first, !first.hasPrefix("#") else { continue }
            func refusal(of name: Substring, _ text: String) -> Failure {
                let column = line.distance(from: line.startIndex, to: name.startIndex) + 1
                return Failure(.badData, "\(path):\(number + 1):\(column): '\(name)' \(text).")
            }
            guard names.count > 1 else {
                throw refusal(of: first, "stands alone; expected a name and at least one form of it, such as: Willem, Wim, Pim")
            }
            if let odd = names.first(where: { !GivenNameSpelling.isOneWord(String($0)) }) {
                throw refusal(
                    of: odd,
                    "is not one word of letters; leave out what is not a given name, and write each part of a double name by itself")
            }
            lines.append(names.map(String.init))
        }
        guard lines.count <= mostLines else {
            throw Failure(.badData, "The file of nicknames '\(path)' has \(lines.count) lines with names; at most \(mostLines) are taken.")
        }
        return lines
    }
}
