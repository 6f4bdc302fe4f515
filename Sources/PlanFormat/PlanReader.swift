internal import Foundation
public import Records

/// What is wrong with a plan file, and where.
public struct PlanProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file's name.
    public let file: String
    /// The line, from 1; 0 when the whole file is meant.
    public let line: Int
    /// What is wrong, what was expected, and what to do.
    public let text: String

    /// `FILE:LINE: text`.
    public var description: String { line > 0 ? "\(file):\(line): \(text)" : "\(file): \(text)" }
}

/// Reads plans. A plan without its end line, with fewer rows than it says, or with rows left out or in another order is refused whole.
public enum PlanReader {
    /// The plan in `bytes`; `file` is its name for messages. Throws a `PlanProblem`.
    public static func plan(from bytes: [UInt8], file: String) throws(PlanProblem) -> Plan {
        var lines = Lines(bytes, file: file)
        let header = try header(&lines)
        var rows: [PlannedRow] = []
        while let line = lines.next() {
            let body: BodyLine = try lines.decode(line)
            if let end = body.end {
                guard end.rows == rows.count else {
                    throw lines.problem("the plan says that it has \(end.rows) rows, but \(rows.count) are there; make it again")
                }
                guard lines.next() == nil else { throw lines.problem("there is more after the plan's end; make the plan again") }
                return Plan(header: header, rows: rows)
            }
            guard let row = body.planned else { throw lines.problem("this line is neither a row nor the end of a plan") }
            guard row.row == rows.count + 1 else {
                throw lines.problem("row \(row.row) stands where row \(rows.count + 1) is expected; make the plan again")
            }
            rows.append(row)
        }
        throw PlanProblem(
            file: file, line: 0, text: "the plan is cut off after \(rows.count) rows: its end line is missing. Make it again with 'plan'")
    }

    private static func header(_ lines: inout Lines) throws(PlanProblem) -> PlanHeader {
        guard let first = lines.next() else { throw PlanProblem(file: lines.file, line: 0, text: "the plan is empty; make it with 'plan'") }
        guard let mark = try? JSONDecoder().decode(FirstLine.self, from: first) else {
            if first.starts(with: "{\"ldapReconcilePlan\":".utf8) {
                throw lines.problem("the plan is cut off or damaged in its first line; make it again with 'plan'")
            }
            throw lines.problem(
                "this is not a plan: the first line of one begins with {\"ldapReconcilePlan\":\(PlanWriter.version). Make one with 'plan'")
        }
        guard mark.ldapReconcilePlan <= PlanWriter.version else {
            throw lines.problem(
                "the plan is of format \(mark.ldapReconcilePlan), made by a newer ldap-reconcile; this one reads format \(PlanWriter.version). Use the newer program, or make the plan again with this one"
            )
        }
        let line: HeaderLine = try lines.decode(first)
        return line.header
    }

    /// The lines of a file, with their numbers.
    private struct Lines {
        let file: String
        private let bytes: [UInt8]
        private var position = 0
        private var number = 0
        private let decoder = JSONDecoder()

        init(_ bytes: [UInt8], file: String) {
            self.bytes = bytes
            self.file = file
        }

        mutating func next() -> Data? {
            guard position < bytes.count else { return nil }
            number += 1
            let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            defer { position = end + 1 }
            return Data(bytes[position..<end])
        }

        func decode<Line: Decodable>(_ line: Data) throws(PlanProblem) -> Line {
            do {
                return try decoder.decode(Line.self, from: line)
            } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
                throw problem("the line is cut off or damaged; make the plan again with 'plan'")
            } catch {
                throw problem("the line is not as a plan has it (\(Self.words(error))); make the plan again with 'plan'")
            }
        }

        private static func words(_ error: any Error) -> String {
            switch error {
            case DecodingError.keyNotFound(let key, _): "'\(key.stringValue)' is missing"
            case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
                DecodingError.dataCorrupted(let context):
                "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' has a value that no plan has there"
            default: "\(error)"
            }
        }

        func problem(_ text: String) -> PlanProblem { PlanProblem(file: file, line: number, text: text) }
    }
}
