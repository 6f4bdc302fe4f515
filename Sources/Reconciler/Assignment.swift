import Records

/// One mailbox for each row and one row for each mailbox, over all rows of all files.
///
/// A row that is identified (by address, map or key) and has nothing against it keeps its mailbox; the others that reach for the same one
/// are contested. Two that are identified contest each other. Without an identified row, a row with two agreeing pieces keeps the mailbox
/// only against rows whose names say something else; otherwise all are contested.
struct Assignment {
    /// What each row by itself comes to.
    private(set) var choices: [Choice] = []
    private var claims: [Int: [(row: Int, bond: Bond)]] = [:]

    init(_ bonds: Bonds, scene: Scene) {
        let holders = Self.identifiedHolders(bonds, rows: scene.rows.indices)
        for row in scene.rows.indices {
            let choice =
                scene.rows[row].isOpen(scene.settings) ? Choice(bonds[row], scene: scene) { holders[$0].map { $0 != row } ?? false } : .none
            choices.append(choice)
            if case .one(let bond) = choice, bond.strength > .shortNameOnly { claims[bond.recipient, default: []].append((row, bond)) }
        }
    }

    /// The other rows that claim the row's mailbox and with which it is contested; `nil` when the row may have it.
    func rivals(of row: Int) -> [Int]? {
        guard case .one(let bond) = choices[row], let claimants = claims[bond.recipient], claimants.count > 1 else { return nil }
        let others = claimants.filter { $0.row != row }
        let strongest = others.map(\.bond.strength).max() ?? .none
        let wins = bond.strength > strongest && (bond.strength == .identified || (bond.strength == .agreed && strongest <= .weak))
        return wins ? nil : others.map(\.row)
    }

    /// Which row is identified as the owner of each mailbox, where only one is.
    private static func identifiedHolders(_ bonds: Bonds, rows: Range<Int>) -> [Int: Int] {
        var holders: [Int: Int] = [:]
        for row in rows {
            for bond in bonds[row] where bond.strength == .identified {
                holders[bond.recipient] = holders[bond.recipient] == nil ? row : -1
            }
        }
        return holders
    }
}
