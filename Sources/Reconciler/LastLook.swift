import Parallel
import Records

/// The last look at rows that nothing fits, before it is said that their people have no mailbox: somebody whom no row claims may share an uncommon
/// word of the name with the row, or a surname and the first letter of the given name.
///
/// Who is found is worth a look and decides nothing. Where the home of the row's people is known, only who lives there is looked at, or who has a
/// surname of hardly anybody else, and no other given name.
struct LastLook {
    /// A surname of so few entries counts outside the home.
    private static let fewest = 2

    private let scene: Scene
    private let assignment: Assignment

    init(_ scene: Scene, _ assignment: Assignment) {
        self.scene = scene
        self.assignment = assignment
    }

    /// Who was found for a row; or how many there are, where those are too many to look at.
    struct Found {
        let row: Int
        let bonds: [Bond]
        let crowd: Int
    }

    /// What is found for these rows, by ascending row; only for those for which anybody is.
    func found(for rows: [Int]) -> [Found] {
        let pieces = Parallel.map(rows.count, inPiecesOf: 256) { range in
            var candidates = Candidates()
            return rows[range].compactMap { row -> Found? in
                let bonds = bonds(of: row, &candidates)
                if bonds.isEmpty, candidates.crowd == 0 { return nil }
                return Found(row: row, bonds: bonds, crowd: bonds.isEmpty ? candidates.crowd : 0)
            }
        }
        return Array(pieces.joined())
    }

    private func bonds(of row: Int, _ candidates: inout Candidates) -> [Bond] {
        let view = RowView(scene, row: row)
        candidates.findSharedWords(view)
        let free = candidates.recipients.filter { scene.isMailbox[Int($0)] && !assignment.isClaimed(Int($0)) }
        var bonds: [Bond] = []
        Bonds.forEachBond(view, free[...], by: .lastLook) { bond in
            if isWorthALook(bond, view) { bonds.append(Bond(recipient: bond.recipient, facts: bond.facts, strength: .weak)) }
        }
        return bonds
    }

    private func isWorthALook(_ bond: Bond, _ view: RowView) -> Bool {
        if bond.facts.has(.otherNumber) { return false }
        if bond.facts.has(.home) { return true }
        guard !bond.facts.has(.otherGivenName) else { return false }
        return Pair(view, recipient: bond.recipient).sharesWordOfFew(Self.fewest)
    }
}
