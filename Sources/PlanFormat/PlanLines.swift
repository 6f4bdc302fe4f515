internal import Records

/// A first line, as far as it must be read before the rest can be.
struct FirstLine: Decodable {
    var ldapReconcilePlan: Int
}

/// The header line.
struct HeaderLine: Decodable {
    var header: PlanHeader
}

/// A line after the header: a row, or the end.
struct BodyLine: Decodable {
    struct End: Decodable { var rows: Int }
    struct Target: Decodable {
        var dn: String
        var id: String?
        var kind: RecipientKind
        var directoryName: String
        var alias, displayName, fingerprint, fields: String?
        var evidence: [Evidence]?

        var candidate: PlannedCandidate {
            PlannedCandidate(
                dn: dn, id: id ?? "", kind: kind, directoryName: directoryName, alias: alias ?? "", displayName: displayName ?? "",
                fingerprint: fingerprint ?? "", fields: fields ?? "", evidence: evidence ?? [])
        }
    }

    var end: End?
    var row: Int?
    var line: Int?
    var mailboxName, fullName: String?
    var situation: Situation?
    var reason: String?
    var wrongOnceIn: Int?
    var factors: [String: Double]?
    var target: Target?
    var rivals: [Target]?
    var rivalRows: [RowReference]?
    var namesakes: [Target]?
    var namesakeRows: [RowReference]?
    var changes: [CellChange]?
    var forecast: ForecastLine?
    var events: [EventLine]?
    var missingEvent: MissingEvent?

    /// The row; `nil` when the line lacks what every row has.
    var planned: PlannedRow? {
        guard let row, let line, let mailboxName, let situation else { return nil }
        return PlannedRow(
            row: row, line: line, mailboxName: mailboxName, fullName: fullName ?? "", situation: situation, reason: reason ?? "",
            wrongOnceIn: wrongOnceIn,
            factors: ChanceFactor.Name.allCases.compactMap { name in factors?[name.rawValue].map { ChanceFactor(name, $0) } },
            target: target?.candidate, rivals: (rivals ?? []).map(\.candidate), rivalRows: rivalRows ?? [],
            namesakes: (namesakes ?? []).map(\.candidate), namesakeRows: namesakeRows ?? [],
            changes: changes ?? [], forecast: forecast?.forecast,
            events: (events ?? []).map(\.event), missingEvent: missingEvent)
    }
}

/// What a line says of the import.
struct ForecastLine: Decodable {
    struct Outcome: Decodable {
        var result: ImportResult
        var rule: ImportRule
        var dn: String?

        var outcome: ImportOutcome { ImportOutcome(result, rule, dn: dn ?? "") }
    }

    var before: Outcome
    var after: Outcome?
    var supposed: Bool?
    var replacedName, accountOf: String?

    var forecast: Forecast {
        Forecast(
            before: before.outcome, after: after?.outcome, isSupposed: supposed ?? false, replacedName: replacedName ?? "",
            accountOf: accountOf ?? "")
    }
}

/// What a line says of an earlier import's event.
struct EventLine: Decodable {
    var source: String
    var id, line: Int
    var text: String?
    var foreseen: Bool?

    var event: RowEvent {
        RowEvent(LoggedEvent(source: source, id: id, text: text ?? "", line: line), isForeseen: foreseen ?? false)
    }
}
