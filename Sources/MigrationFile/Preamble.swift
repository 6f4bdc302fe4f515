internal import CSV
public import Records

/// A postoffice that the preamble seems to name.
public struct PreamblePostoffice: Sendable, Hashable {
    /// The postoffice.
    public let postoffice: Postoffice
    /// Where it stands, in words.
    public let evidence: String
}

/// The lines before the header. What they hold is not documented anywhere (domain facts, 1.1), so nothing is required of
/// them and nothing but a cell that is exactly `NET/PO` is read out of them.
struct Preamble {
    /// The lines as text; what cannot be read is shown as question marks.
    let texts: [String]
    let postoffice: PreamblePostoffice?

    init(_ lines: [ArraySlice<UInt8>], codePage: CodePage, separator: UInt8) {
        texts = lines.map { line in
            (try? codePage.decode(line)) ?? String(decoding: line.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
        }
        let separator = Character(Unicode.Scalar(separator))
        var found: [PreamblePostoffice] = []
        for (index, text) in texts.enumerated() {
            for cell in text.split(separator: separator) {
                guard let postoffice = Self.postoffice(cell.trimmed.filter { $0 != "\"" }) else { continue }
                found.append(PreamblePostoffice(postoffice: postoffice, evidence: "line \(index + 1) of the file says \(postoffice)"))
            }
        }
        postoffice = Set(found.map(\.postoffice)).count == 1 ? found.first : nil
    }

    /// Network and postoffice of at most 10 characters each (KB Q112880), without blanks, not both numbers, as in a date.
    private static func postoffice(_ cell: String) -> Postoffice? {
        guard let postoffice = Postoffice(cell) else { return nil }
        let parts = [postoffice.network, postoffice.name]
        let fits = parts.allSatisfy { $0.count <= 10 && !$0.contains { $0.isWhitespace || ":\\.".contains($0) } }
        return fits && !parts.allSatisfy({ $0.allSatisfy(\.isNumber) }) ? postoffice : nil
    }
}
