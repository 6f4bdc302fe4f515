import Parallel
import Records

/// The bonds of every row, one after another in one array.
struct Bonds: Sendable {
    private var all: [Bond] = []
    private var ends: [Int] = []
    /// For each row, how many recipients share its name where they are too many to look at; 0 for nearly all rows.
    private(set) var crowds: [Int] = []

    init(_ scene: Scene) {
        for piece in Parallel.map(scene.rows.count, inPiecesOf: 1024, { Bonds(scene, rows: $0) }) {
            let start = all.count
            all += piece.all
            ends += piece.ends.map { $0 + start }
            crowds += piece.crowds
        }
        weigh(scene)
    }

    /// The bonds of some rows that follow one another.
    private init(_ scene: Scene, rows: Range<Int>) {
        var candidates = Candidates()
        for row in rows {
            let view = RowView(scene, row: row)
            candidates.find(view)
            for recipient in candidates.recipients {
                let pair = Pair(view, recipient: Int(recipient))
                pair.examine()
                let strength = Strength(pair.facts)
                if strength > .none { all.append(Bond(recipient: Int(recipient), facts: pair.facts, strength: strength)) }
            }
            ends.append(all.count)
            crowds.append(candidates.crowd)
        }
    }

    /// The bonds of one row, by ascending recipient.
    subscript(row: Int) -> ArraySlice<Bond> { all[places(of: row)] }

    private func places(of row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1])..<ends[row] }

    // MARK: weighing

    /// Says how likely each bond is wrong, and which of those by name stand alone: both take all rows together.
    private mutating func weigh(_ scene: Scene) {
        let (odds, reach, unweighed) = (Odds(scene, self), Reach(scene, self), self)
        let pieces = Parallel.map(scene.rows.count, inPiecesOf: 1024) { rows in
            var weighed: [Bond] = []
            for row in rows {
                let view = RowView(scene, row: row)
                for bond in unweighed[row] { weighed.append(unweighed.weighed(bond, view, odds, reach)) }
            }
            return weighed
        }
        all = Array(pieces.joined())
    }

    private func weighed(_ bond: Bond, _ view: RowView, _ odds: Odds, _ reach: Reach) -> Bond {
        // Against something that speaks against it, no odds are known.
        let isClear = bond.facts.intersection(.against).isSubset(of: Facts(.namesake, .otherHome))
        guard view.scene.isMailbox[bond.recipient],
            bond.strength == .identified || bond.strength == .agreed || (bond.strength >= .weak && isClear)
        else { return bond }
        let hasDepartments = view.department != nil && view.scene.departmentKeys[bond.recipient] != 0
        var facts = bond.facts
        var strength = bond.strength
        // Where too many have the name, or one that is alike, rivals were not looked at.
        if strength < .likely, crowds[view.index] == 0, Strength.isSupported(facts),
            reach.isAlone(view.index, bond, among: self[view.index])
        {
            if Pair(view, recipient: bond.recipient).hasNearName { facts.insert(.nearName) } else { strength = .likely }
        }
        return Bond(
            recipient: bond.recipient, facts: facts, strength: strength,
            chance: odds.chance(facts, hasDepartments: hasDepartments, isAddressKnown: view.mailbox != nil))
    }
}
