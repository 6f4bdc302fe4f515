internal import Records

/// How sure it is that an importer works by a rule.
enum Surety: String {
    /// Read in Microsoft's own text, about this program.
    case documented
    /// Read in Microsoft's own text about a sibling of it, or put together from several.
    case inferred
}

extension ImportRule {
    /// Where the rule was read.
    var source: String {
        switch self {
        case .alias: "KB Q242184"
        case .noAlias, .corrected: "KB Q186742"
        case .otherContainer: "KB Q152330"
        case .address: "KB Q242184, MIG55-xmg02003"
        case .customRecipient: "MIG55-xmg02003"
        case .noAddress: "KB Q242184"
        case .noAddressInFile: "KB Q182665"
        case .addressWritten: "KB Q186742, Q152727, Q242184"
        case .commonName, .created, .upserted: "KB Q146304, Platform SDK for Exchange, Mode"
        case .exists, .missing, .otherClass: "KB Q184532"
        case .madeBefore: "Platform SDK for Exchange, Common-Name; KB Q184532"
        case .notImported: "MIG55-xmg04024"
        }
    }

    /// How sure it is for the wizard of that Exchange. Directory import's rules are taken to be the wizard's; nobody has written down how
    /// Exchange 2000 finds its mailboxes.
    func surety(of target: ImportTarget) -> Surety {
        switch self {
        case .notImported: .documented
        case .addressWritten, .commonName, .created, .upserted, .exists, .missing, .madeBefore, .otherClass: .inferred
        case .alias, .noAlias, .otherContainer, .corrected, .address, .customRecipient, .noAddress, .noAddressInFile:
            target == .exchange2000 ? .inferred : .documented
        }
    }

    /// Why it comes to that.
    var words: String {
        switch self {
        case .alias: "the mailbox is looked for by its alias, and this one has the mailbox name as alias"
        case .noAlias: "the mailbox is looked for by its alias, and no mailbox has the mailbox name as alias"
        case .otherContainer: "the mailbox that the row means stands in another container than that of the run"
        case .corrected: "Common-Name is its Directory Name, and Mode updates"
        case .address: "the mailbox is looked for by the row's MS Mail address, and this one has it"
        case .customRecipient: "the mailbox is looked for by the row's MS Mail address, and a custom recipient has it, which is deleted"
        case .noAddress: "the mailbox is looked for by the row's MS Mail address, and nobody has it"
        case .noAddressInFile: "the row brings no MIGRATE address by which its mailbox could be found"
        case .addressWritten: "Common-Name is its Directory Name and Mode updates, so that the row's MIGRATE address is written to it"
        case .commonName: "Common-Name is its Directory Name, and Mode updates"
        case .created: "Mode is Create, and nobody where it imports has the Directory Name"
        case .upserted: "Mode is in effect Update, which creates what is missing"
        case .exists: "Mode is Create, and a mailbox has the Directory Name"
        case .missing: "Mode is Modify, and nobody where it imports has the Directory Name"
        case .madeBefore: "a row that comes before has the same Common-Name, and two rows with one Common-Name are one object"
        case .otherClass: "what has the Directory Name is no mailbox"
        case .notImported: "the row is not to be migrated"
        }
    }
}

extension ImportResult {
    /// What becomes of a row: `entry` is who is met.
    func words(_ entry: String) -> String {
        switch self {
        case .updates: "updates \(entry)"
        case .updatesOther: "updates SOMEBODY ELSE'S mailbox, \(entry)"
        case .creates: "makes a new mailbox"
        case .converts: "makes a mailbox of the custom recipient \(entry)"
        case .event7017: "fails with event 7017 (could not log onto the message store)"
        case .event7026: "fails with event 7026 (migration aborted, logon failure)"
        case .event287: "fails with event 287 (the object exists: \(entry))"
        case .event288: "fails with event 288 (the object does not exist)"
        case .event289: "fails with event 289 (the object is of another class: \(entry))"
        case .nothing: "does nothing"
        }
    }

    /// The same of many rows.
    var wordsForMany: String {
        switch self {
        case .updates: "update a mailbox"
        case .updatesOther: "update SOMEBODY ELSE'S mailbox"
        case .creates: "make a new mailbox"
        case .converts: "make a mailbox of a custom recipient"
        case .event7017, .event7026, .event287, .event288, .event289: "fail with event \(rawValue)"
        case .nothing: "do nothing"
        }
    }
}

extension Forecast {
    /// The forecast as lines of an explanation.
    func lines(of row: PlannedRow, _ target: ImportTarget) -> [String] {
        var lines: [String] = []
        switch after {
        case nil: lines.append(supposition(row) + sentence(before, row, target))
        case before: lines.append("as it stands and as corrected, " + sentence(before, row, target))
        case let after?: lines += ["as it stands, " + sentence(before, row, target), "corrected, " + sentence(after, row, target)]
        }
        if !replacedName.isEmpty {
            lines.append(
                "its Display-Name then replaces '\(replacedName.printable)' in the address book, as filled cells do on Update (KB Q152727; inferred)"
            )
        }
        if !accountOf.isEmpty {
            lines.append(
                "Common-Name is then also the mailbox name or NT account of another row, \(accountOf.printable): if NT accounts are matched, that account may get "
                    + "rights to this mailbox; create none in step 4 (MIG55-xmg06011; inferred)")
        }
        return lines
    }

    /// What a row rests on whose mailbox is not certain.
    private func supposition(_ row: PlannedRow) -> String {
        guard isSupposed else { return "" }
        return row.target == nil
            ? "if one of the mailboxes in question is the person's, " : "if \(row.target?.dn.printable ?? "") is the person's, "
    }

    private func entry(_ outcome: ImportOutcome, _ row: PlannedRow) -> String {
        if outcome.rule == .madeBefore { return "the one made for a row before" }
        return outcome.dn.isEmpty ? row.target?.dn ?? "one of those in question" : outcome.dn
    }

    private func sentence(_ outcome: ImportOutcome, _ row: PlannedRow, _ target: ImportTarget) -> String {
        let entry = entry(outcome, row)
        return "\(target.words) \(outcome.result.words(entry.printable)): \(outcome.rule.words) "
            + "(\(outcome.rule.source); \(outcome.rule.surety(of: target).rawValue))"
    }
}

extension ImportTarget {
    /// The wizard's name.
    var words: String {
        switch self {
        case .exchange50: "the wizard of Exchange 5.0"
        case .exchange55: "the wizard of Exchange 5.5"
        case .exchange2000: "the wizard of Exchange 2000"
        }
    }
}
