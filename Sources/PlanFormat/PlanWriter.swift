internal import Foundation
public import Records
public import Texts

/// Writes plans as JSON Lines: a header, a line for each row, and an end line. docs/plan-format.md describes them.
public enum PlanWriter {
    /// The version of the format. A program refuses a plan of a newer one.
    public static let version = 1

    /// The header line, line end included.
    public static func header(_ header: PlanHeader) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(header)
        var text = TextBuffer(capacity: body.count + 64)
        text.add("{\"ldapReconcilePlan\":", String(version), ",\"header\":")
        text.addMakingVisible(json: body.span)
        text.add(literal: "}\n")
        return text.withBytes { $0.array }
    }

    /// The last line, which says that nothing is missing.
    public static func end(rows: Int) -> [UInt8] { Array("{\"end\":{\"rows\":\(rows)}}\n".utf8) }

    /// The whole plan.
    public static func bytes(of plan: Plan) throws -> [UInt8] {
        var rows = TextBuffer()
        for row in plan.rows { append(row, to: &rows) }
        return try header(plan.header) + rows.withBytes { $0.array } + end(rows: plan.rows.count)
    }

    /// One row's line, line end included.
    public static func row(_ row: PlannedRow) -> [UInt8] {
        var text = TextBuffer()
        append(row, to: &text)
        return text.withBytes { $0.array }
    }

    /// Appends the line of a row that a plan gave.
    private static func append(_ row: PlannedRow, to text: inout TextBuffer) {
        var decision = WordedDecision()
        decision.situation = row.situation
        decision.setReason { $0.add(row.reason) }
        decision.wrongOnceIn = row.wrongOnceIn
        decision.factors = row.factors
        let candidates = (row.target.map { [$0] } ?? []) + row.rivals + row.namesakes
        for (index, candidate) in candidates.enumerated() {
            let added = decision.add(candidate, recipient: index)
            if index == 0, row.target != nil {
                decision.target = added
            } else if index < candidates.count - row.namesakes.count {
                decision.rivals.append(added)
            } else {
                decision.namesakes.append(added)
            }
        }
        let facts = RowFacts(
            row: row.row, line: row.line, mailboxName: row.mailboxName, fullName: row.fullName, fingerprint: row.target?.fingerprint ?? "",
            fields: row.target?.fields ?? "", rivalRows: row.rivalRows, namesakeRows: row.namesakeRows, changes: row.changes,
            forecast: row.forecast, events: row.events,
            missingEvent: row.missingEvent)
        append(facts, decision, recipients: candidates.map(Recipient.init), to: &text)
    }

    /// What a row's line says beside the decision.
    public struct RowFacts {
        /// The number of the data row, from 1, and the physical line on which it starts.
        public var row, line: Int
        /// The MS Mail names.
        public var mailboxName, fullName: String
        /// The digest of the target; empty for a row without changes.
        public var fingerprint = ""
        /// The short digests of the target's fields; empty for a row without changes.
        public var fields = ""
        /// Other rows that claim the same mailbox.
        public var rivalRows: [RowReference] = []
        /// Rows of such a name that the row waits for them.
        public var namesakeRows: [RowReference] = []
        /// The cells that `apply` replaces.
        public var changes: [CellChange] = []
        /// What the importer would do.
        public var forecast: Forecast?
        /// What an earlier import logged.
        public var events: [RowEvent] = []
        /// What its log should have, by the forecast, and has not.
        public var missingEvent: MissingEvent?

        /// Facts from their parts.
        public init(
            row: Int, line: Int, mailboxName: String, fullName: String, fingerprint: String = "", fields: String = "",
            rivalRows: [RowReference] = [], namesakeRows: [RowReference] = [], changes: [CellChange] = [], forecast: Forecast? = nil,
            events: [RowEvent] = [],
            missingEvent: MissingEvent? = nil
        ) {
            self.row = row
            self.line = line
            self.mailboxName = mailboxName
            self.fullName = fullName
            self.fingerprint = fingerprint
            self.fields = fields
            self.rivalRows = rivalRows
            self.namesakeRows = namesakeRows
            self.changes = changes
            self.forecast = forecast
            self.events = events
            self.missingEvent = missingEvent
        }
    }

    /// Appends one row's line, line end included. Fields that are empty are left out. The decision's candidates are places in `recipients`.
    public static func append(_ row: RowFacts, _ decision: borrowing WordedDecision, recipients: [Recipient], to text: inout TextBuffer) {
        let isPlain = decision.text.isPlain
        var line = JSONLine(appendingTo: text)
        line.object { line in
            line.number("row", row.row)
            line.number("line", row.line)
            line.requiredString("mailboxName", row.mailboxName)
            line.string("fullName", row.fullName)
            line.requiredString("situation", decision.situation.rawValue)
            if !decision.reason.isEmpty { line.requiredString("reason", decision.reason, of: decision.text, isPlain: isPlain) }
            if let once = decision.wrongOnceIn { line.number("wrongOnceIn", once) }
            if !decision.factors.isEmpty {
                line.object("factors") { for factor in decision.factors { $0.decimal(factor.name.key, factor.value) } }
            }
            if let target = decision.target {
                line.object("target") { write(target, of: decision, isPlain, recipients, (row.fingerprint, row.fields), to: &$0) }
            }
            line.list("rivals", decision.rivals) { write($1, of: decision, isPlain, recipients, ("", ""), to: &$0) }
            line.list("rivalRows", row.rivalRows) { write($1, to: &$0) }
            line.list("namesakes", decision.namesakes) { write($1, of: decision, isPlain, recipients, ("", ""), to: &$0) }
            line.list("namesakeRows", row.namesakeRows) { write($1, to: &$0) }
            line.list("changes", row.changes) { line, change in
                line.requiredString("column", change.column)
                line.requiredString("old", change.old)
                line.requiredString("new", change.new)
            }
            if let forecast = row.forecast { line.object("forecast") { write(forecast, to: &$0) } }
            line.list("events", row.events) { line, logged in
                line.requiredString("source", logged.event.source)
                line.number("id", logged.event.id)
                line.string("text", logged.event.text)
                line.number("line", logged.event.line)
                if logged.isForeseen { line.yes("foreseen") }
            }
            if let missing = row.missingEvent {
                line.object("missingEvent") { line in
                    line.requiredString("source", missing.source)
                    line.number("id", missing.id)
                    line.number("nameless", missing.nameless)
                }
            }
        }
        text = line.ended()
    }

    private static func write(_ row: RowReference, to line: inout JSONLine) {
        line.requiredString("file", row.file)
        line.number("row", row.row)
        line.number("line", row.line)
        line.requiredString("mailboxName", row.mailboxName)
    }

    private static func write(_ forecast: Forecast, to line: inout JSONLine) {
        line.object("before") { write(forecast.before, to: &$0) }
        if let after = forecast.after { line.object("after") { write(after, to: &$0) } }
        if forecast.isSupposed { line.yes("supposed") }
        line.string("replacedName", forecast.replacedName)
        line.string("accountOf", forecast.accountOf)
    }

    private static func write(_ outcome: ImportOutcome, to line: inout JSONLine) {
        line.requiredString("result", outcome.result.rawValue)
        line.requiredString("rule", outcome.rule.rawValue)
        line.string("dn", outcome.dn)
    }

    private static func write(
        _ candidate: WordedDecision.Candidate, of decision: borrowing WordedDecision, _ isPlain: Bool, _ recipients: [Recipient],
        _ digests: (fingerprint: String, fields: String), to line: inout JSONLine
    ) {
        let recipient = recipients[candidate.recipient]
        recipient.withBytes(of: .dn) { line.requiredString("dn", $0) }
        recipient.withBytes(of: .id) { if !$0.isEmpty { line.requiredString("id", $0) } }
        line.requiredString("kind", recipient.kind.rawValue)
        recipient.withBytes(of: .directoryName) { line.requiredString("directoryName", $0) }
        recipient.withBytes(of: .alias) { if !$0.isEmpty { line.requiredString("alias", $0) } }
        recipient.withBytes(of: .displayName) { if !$0.isEmpty { line.requiredString("displayName", $0) } }
        line.string("fingerprint", digests.fingerprint)
        line.string("fields", digests.fields)
        line.list("evidence", decision.facts[candidate.facts]) { line, fact in
            line.requiredString("name", fact.name)
            line.requiredString("force", fact.force.rawValue)
            line.requiredString("text", fact.words, of: decision.text, isPlain: isPlain)
        }
    }
}

extension ChanceFactor.Name {
    /// The name as a key.
    fileprivate var key: StaticString {
        switch self {
        case .withoutMailbox: "withoutMailbox"
        case .unclaimed: "unclaimed"
        case .namesakes: "namesakes"
        case .department: "department"
        case .shortNames: "shortNames"
        case .middleInitial: "middleInitial"
        case .carriedOver: "carriedOver"
        case .formerName: "formerName"
        case .stale: "stale"
        case .agreement: "agreement"
        }
    }
}

extension WordedDecision {
    /// Takes over a candidate's evidence; the candidate stands at the place `recipient`.
    fileprivate mutating func add(_ candidate: PlannedCandidate, recipient: Int) -> Candidate {
        let first = facts.count
        for piece in candidate.evidence {
            let start = text.count
            text.add(piece.text)
            facts.append(Fact(name: piece.name, force: piece.force, words: start..<text.count))
        }
        return Candidate(recipient: recipient, facts: first..<facts.count)
    }
}

extension Recipient {
    /// As much of the recipient as a plan remembers.
    fileprivate init(_ candidate: PlannedCandidate) {
        self.init(
            dn: candidate.dn, kind: candidate.kind, directoryName: candidate.directoryName, alias: candidate.alias,
            displayName: candidate.displayName, id: candidate.id)
    }
}

extension Span<UInt8> {
    fileprivate var array: [UInt8] { withUnsafeBufferPointer { Array($0) } }
}
