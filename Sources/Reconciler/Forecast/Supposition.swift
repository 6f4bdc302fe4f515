import Records

/// Which mailbox is taken for a person's by the forecast, although that is not certain: the importer knows nothing of what is certain.
struct Supposition: Sendable {
    let scene: Scene
    let bonds: Bonds
    /// For each recipient the row whose mailbox it is without a doubt; -1 for none.
    let owners: [Int32]

    /// The mailboxes of which one is taken for the person's, in the order of their DNs: the one that stands out, or those that fit.
    func mailboxes(_ row: Int, _ verdict: Verdict) -> [Int] {
        switch verdict {
        case .ambiguous:
            let least = Resemblance.least(beside: bonds[row])
            return bonds[row].filter { isSupposed($0, row) && Resemblance($0) >= least }.map(\.recipient).sorted {
                scene.recipients[$0].precedes(scene.recipients[$1])
            }
        case .notMailbox: return []
        default: return verdict.target.map { isSupposed($0, row) ? [$0.recipient] : [] } ?? []
        }
    }

    /// Whether the mailbox is certain for another row.
    func isAnothers(_ mailbox: Int, than row: Int) -> Bool { owners[mailbox] >= 0 && Int(owners[mailbox]) != row }

    /// Not where the names flatly disagree, and not where the mailbox is certain for another row.
    private func isSupposed(_ bond: Bond, _ row: Int) -> Bool {
        bond.strength > .shortNameOnly && !bond.facts.has(.otherNames) && scene.isMailbox[bond.recipient]
            && !isAnothers(bond.recipient, than: row)
    }
}
