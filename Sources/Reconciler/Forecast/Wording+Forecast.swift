import Records
import Texts

/// What the import does with a row that leads to somebody else's mailbox, in the reason of the row.
extension Wording {
    /// Adds that to the reason of a row that is not corrected: for each trap, and for every row for which somebody else's mailbox is updated.
    func add(_ outcome: ImportOutcome, _ row: Int, _ verdict: Verdict, to decision: inout WordedDecision) {
        let isTrap = decision.situation == .trap
        guard decision.situation.treatment != .write, outcome.result == .updatesOther || (isTrap && outcome.result != .nothing) else {
            return
        }
        decision.continueReason { text in
            text.add("; the import ")
            if isTrap { writeTrap(outcome, row, verdict, to: &text) } else { write(outcome, row, verdict, to: &text) }
        }
    }

    private func writeTrap(_ outcome: ImportOutcome, _ row: Int, _ verdict: Verdict, to text: inout TextBuffer) {
        guard let owner = verdict.strangeOwner else { return write(outcome, row, verdict, to: &text) }
        guard outcome.dn == recipients[owner].dn else {
            text.add("would not come there: it ")
            return write(outcome, row, verdict, to: &text)
        }
        switch outcome.result {
        case .updates: text.add("would update that one")
        case .updatesOther: text.add("would update that one, which is SOMEBODY ELSE'S")
        case .event287: text.add("would fail there with event 287, since Mode is Create")
        default: write(outcome, row, verdict, to: &text)
        }
    }

    private func write(_ outcome: ImportOutcome, _ row: Int, _ verdict: Verdict, to text: inout TextBuffer) {
        let entry = outcome.dn.isEmpty ? verdict.target.map { recipients[$0.recipient].dn } ?? "" : outcome.dn
        switch outcome.result {
        case .updates: text.add("would update ", entry)
        case .updatesOther:
            text.add("would update SOMEBODY ELSE'S mailbox, ")
            if case .meetsMade(let maker) = verdict { text.add("the one that it makes for ", name(ofRow: maker)) } else { text.add(entry) }
        case .creates: text.add("would make a new mailbox", scene.settings.container == nil ? "" : " in the container that it works in")
        case .converts: text.add("would make a mailbox of the custom recipient ", entry)
        case .event7017, .event7026, .event287, .event288, .event289: text.add("would fail with event ", outcome.result.rawValue)
        case .nothing: text.add("would do nothing")
        }
        text.add(why(outcome.rule))
    }

    private func why(_ rule: ImportRule) -> String {
        switch rule {
        case .alias: ", whose alias is the mailbox name"
        case .otherContainer: ", since the mailbox stands in another container than that of the run"
        case .noAlias: ", since no mailbox has the mailbox name as alias"
        case .address, .customRecipient: ", which has the row's MS Mail address"
        case .noAddress: ", since nobody has the row's MS Mail address"
        case .noAddressInFile: ", since the row brings no MIGRATE address"
        case .missing: ", since nobody where it imports has the Directory Name"
        case .corrected, .addressWritten, .commonName, .created, .upserted, .exists, .madeBefore, .otherClass, .notImported: ""
        }
    }
}
