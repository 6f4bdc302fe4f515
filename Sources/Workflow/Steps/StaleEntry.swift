internal import Records

/// An entry that is no longer what a decision saw, with the row and what of it has moved.
struct StaleEntry: CustomStringConvertible {
    let description: String

    /// `nil` when nothing has changed.
    init?(row: PlannedRow, was: PlannedCandidate, now: Recipient?) {
        let place = "Line \(row.line) (\(row.mailboxName)): the entry '\(was.dn)'"
        guard let now else {
            description = "\(place) is gone or can no longer be seen."
            return
        }
        let fingerprint = Fingerprint(of: now)
        guard fingerprint.whole != was.fingerprint else { return nil }
        let facts = Self.facts(was, now) + Self.others(fingerprint.changed(since: was.fields))
        let words = facts.isEmpty ? " (a name, address, server or key)" : ": " + facts.joined(separator: "; ")
        description = "\(place) has changed since the plan\(words)."
    }

    /// What the plan has in plain words, before and now.
    private static func facts(_ was: PlannedCandidate, _ now: Recipient) -> [String] {
        let pairs = [
            ("Directory Name", was.directoryName, now.directoryName), ("alias", was.alias, now.alias),
            ("display name", was.displayName, now.displayName),
            ("kind", was.kind.rawValue, now.kind.rawValue), ("id", was.id, now.id), ("DN", was.dn, now.dn),
        ]
        let changed = pairs.filter { $0.1 != $0.2 }.map { "\($0) was '\($1)' and is '\($2)'" }
        return now.isDeleted ? changed + ["it is deleted"] : changed
    }

    /// What the plan has a digest of.
    private static func others(_ fields: [Fingerprint.Field]) -> [String] {
        guard let last = fields.last else { return [] }
        let first = fields.dropLast().map(\.name).joined(separator: ", ")
        return ["\(first)\(first.isEmpty ? "" : " and ")\(last.name) changed"]
    }
}
