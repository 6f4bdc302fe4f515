internal import Foundation
public import Records

/// What is wrong with a journal, and where.
public struct JournalProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file's name.
    public let file: String
    /// The line and the byte in it, both from 1.
    public let line, column: Int
    /// What is wrong, what was expected, and what to do.
    public let text: String

    /// `FILE:LINE:COLUMN: text`.
    public var description: String { "\(file):\(line):\(column): \(text)" }
}

/// Reads journals. A line that was cut off, by a crash or a full disk, is passed over: what it announced was not done, for it is on the disk
/// before that. Anything else that is no line of a journal is refused.
public enum JournalReader {
    /// The entries in `bytes`, in their order; `file` is the journal's name for messages.
    public static func entries(in bytes: [UInt8], file: String) throws(JournalProblem) -> [JournalEntry] {
        var entries: [JournalEntry] = []
        var applies: Set<Int> = []
        let decoder = JSONDecoder()
        for (index, bytes) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let line = JournalLine(bytes, file: file, number: index + 1)
            guard let entry = try line.entry(decoder) else { continue }
            try line.check(entry, among: &applies)
            entries.append(entry)
        }
        return entries
    }
}

/// One line of a journal that is being read.
private struct JournalLine {
    private let bytes: ArraySlice<UInt8>
    private let file: String
    private let number: Int

    init(_ bytes: ArraySlice<UInt8>, file: String, number: Int) {
        // A file system that lost its power may give zeros for what was not yet on the disk.
        let zeros = bytes.reversed().prefix { $0 == 0 }.count
        self.bytes = bytes.dropLast(zeros)
        self.file = file
        self.number = number
    }

    /// What the line says; `nil` where it is empty or was cut off.
    func entry(_ decoder: JSONDecoder) throws(JournalProblem) -> JournalEntry? {
        let mark = JournalWriter.mark.utf8
        let common = zip(bytes, mark).prefix { $0 == $1 }.count
        if common == bytes.count { return nil }
        guard common == mark.count else {
            throw problem(common + 1, "this is no journal of ldap-reconcile, of which every line begins with \(JournalWriter.mark)")
        }
        let digits = bytes.dropFirst(mark.count).prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        if digits.count + mark.count == bytes.count { return nil }
        guard let version = Int(String(decoding: digits, as: UTF8.self)) else {
            throw problem(mark.count + 1, "the version of the journal's format is expected here")
        }
        guard version <= JournalWriter.version else {
            throw problem(
                mark.count + 1,
                "the journal is of format \(version), made by a newer ldap-reconcile; this one reads format \(JournalWriter.version). Use the newer program"
            )
        }
        if isCutOff { return nil }
        do { return try decoder.decode(JournalObject.self, from: Data(bytes)).entry } catch { throw problem(error) }
    }

    /// An apply has a number of its own, and the other entries are about one that stands before them.
    func check(_ entry: JournalEntry, among applies: inout Set<Int>) throws(JournalProblem) {
        switch entry {
        case .apply(let apply):
            guard apply.number > (applies.max() ?? 0) else {
                throw problem(column(of: "number"), "the apply has the number \(apply.number), but \(applies.max() ?? 0) stands before it")
            }
            applies.insert(apply.number)
        case .applied(let number, _), .undo(let number, _), .undone(let number, _, _):
            guard applies.contains(number) else {
                throw problem(column(of: "number"), "no apply of the number \(number) stands before this")
            }
        }
    }

    /// Whether the JSON ends before its first bracket is closed.
    private var isCutOff: Bool {
        var (depth, isInText, isEscaped) = (0, false, false)
        for byte in bytes {
            if isEscaped {
                isEscaped = false
            } else if isInText {
                if byte == UInt8(ascii: "\\") { isEscaped = true }
                if byte == UInt8(ascii: "\"") { isInText = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInText = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: break
                }
            }
        }
        return depth > 0 || isInText
    }

    private func problem(_ error: any Error) -> JournalProblem {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            problem(column(of: context.codingPath.last?.stringValue), "'\(key.stringValue)' is missing here")
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            problem(column(of: context.codingPath.last?.stringValue), "'\(Self.words(context))' has a value that no journal has there")
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            problem(column(of: context.codingPath.last?.stringValue), "'\(Self.words(context))' has a value that no journal has there")
        case DecodingError.dataCorrupted: problem(placeOfDamage ?? 1, "the line is damaged here")
        default: problem(1, "the line cannot be read: \(error)")
        }
    }

    private static func words(_ context: DecodingError.Context) -> String { context.codingPath.map(\.stringValue).joined(separator: ".") }

    /// Where the JSON ends to be JSON, as a column; `nil` where that is not to be found. JSONDecoder does not say it, and JSONSerialization in words alone.
    private var placeOfDamage: Int? {
        do {
            _ = try JSONSerialization.jsonObject(with: Data(bytes))
            return nil
        } catch {
            let words = (error as NSError).userInfo["NSDebugDescription"] as? String ?? ""
            return words.firstMatch(of: /character (\d+)/).flatMap { Int($0.output.1) }.map { $0 + 1 }
        }
    }

    /// Where a key of the line stands; 1 where that is not to be found.
    private func column(of key: String?) -> Int {
        guard let key, let place = Data(bytes).range(of: Data("\"\(key)\":".utf8)) else { return 1 }
        return place.lowerBound + 1
    }

    private func problem(_ column: Int, _ text: String) -> JournalProblem {
        JournalProblem(
            file: file, line: number, column: column,
            text: "\(text). Nothing was done; move the file away if it is somebody else's, or put back the journal of before")
    }
}
