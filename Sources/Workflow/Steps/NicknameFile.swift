internal import Reconciler

/// The administrator's given names: text in UTF-8, on each line a name and the forms in which people use it, with commas or blanks between them.
///
/// Empty lines and lines that begin with `#` are passed over.
enum NicknameFile {
    /// More lines are no list of names; each word is looked up in memory.
    private static let mostLines = 20_000

    /// The lines in the order of the file; a line that says nothing is an error with its number.
    static func lines(at path: String) throws(Failure) -> [[String]] {
        let text = try TextFile.text(path, what: "file of nicknames", failing: .badData)
        var lines: [[String]] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let content = number == 0 && line.hasPrefix("\u{FEFF}") ? line.dropFirst() : line
            let names = content.split { $0 == "," || $0.isWhitespace }.map(String.init)
            guard let first = names.first, !first.hasPrefix("#") else { continue }
            guard names.count > 1 else {
                throw Failure(
                    .badData,
                    "\(path):\(number + 1): '\(first)' stands alone; expected a name and at least one form of it, such as: Willem, Wim, Pim."
                )
            }
            if let odd = names.first(where: { !GivenNameSpelling.isOneWord($0) }) {
                throw Failure(
                    .badData,
                    "\(path):\(number + 1): '\(odd)' is not one word of letters; leave out what is not a given name, and write each part of a double name by itself."
                )
            }
            lines.append(names)
        }
        guard lines.count <= mostLines else {
            throw Failure(.badData, "The file of nicknames '\(path)' has \(lines.count) lines with names; at most \(mostLines) are taken.")
        }
        return lines
    }
}
