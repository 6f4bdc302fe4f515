internal import Foundation
public import Records

/// Writes plans as JSON Lines: a header, a line for each row, and an end line. docs/plan-format.md describes them.
public enum PlanWriter {
    /// The version of the format. A program refuses a plan of a newer one.
    public static let version = 1

    /// The header line, line end included.
    public static func header(_ header: PlanHeader) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(header)
        return Array("{\"ldapReconcilePlan\":\(version),\"header\":".utf8) + body + Array("}\n".utf8)
    }

    /// One row's line, line end included.
    public static func row(_ row: PlannedRow) -> [UInt8] {
        var bytes: [UInt8] = []
        append(row, to: &bytes)
        return bytes
    }

    /// Appends one row's line, line end included. Fields that are empty are left out.
    public static func append(_ row: PlannedRow, to bytes: inout [UInt8]) {
        var line = JSONLine(appendingTo: bytes)
        bytes = []
        line.object { line in
            line.number("row", row.row)
            line.number("line", row.line)
            line.requiredText("mailboxName", row.mailboxName)
            line.text("fullName", row.fullName)
            line.requiredText("situation", row.situation.rawValue)
            line.text("reason", row.reason)
            if let target = row.target { line.object("target") { write(target, to: &$0) } }
            line.list("rivals", row.rivals) { write($1, to: &$0) }
            line.list("rivalRows", row.rivalRows) { line, rival in
                line.requiredText("file", rival.file)
                line.number("row", rival.row)
                line.number("line", rival.line)
                line.requiredText("mailboxName", rival.mailboxName)
            }
            line.list("changes", row.changes) { line, change in
                line.requiredText("column", change.column)
                line.requiredText("old", change.old)
                line.requiredText("new", change.new)
            }
        }
        line.end()
        bytes = line.bytes
    }

    /// The last line, which says that nothing is missing.
    public static func end(rows: Int) -> [UInt8] { Array("{\"end\":{\"rows\":\(rows)}}\n".utf8) }

    /// The whole plan.
    public static func bytes(of plan: Plan) throws -> [UInt8] {
        var bytes = try header(plan.header)
        for row in plan.rows { append(row, to: &bytes) }
        return bytes + end(rows: plan.rows.count)
    }

    private static func write(_ candidate: PlannedCandidate, to line: inout JSONLine) {
        line.requiredText("dn", candidate.dn)
        line.text("id", candidate.id)
        line.requiredText("kind", candidate.kind.rawValue)
        line.requiredText("directoryName", candidate.directoryName)
        line.text("alias", candidate.alias)
        line.text("displayName", candidate.displayName)
        line.text("fingerprint", candidate.fingerprint)
        line.list("evidence", candidate.evidence) { line, evidence in
            line.requiredText("name", evidence.name)
            line.requiredText("force", evidence.force.rawValue)
            line.requiredText("text", evidence.text)
        }
    }
}
