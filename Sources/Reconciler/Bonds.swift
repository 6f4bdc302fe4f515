import Parallel
import Records

/// The bonds of every row, one after another in one array.
struct Bonds: Sendable {
    private var all: [Bond] = []
    private var ends: [Int32] = []
    /// Those of rows that nothing fitted until the last look.
    private var late: [Int: [Bond]] = [:]
    /// For each row, how many recipients share its name where they are too many to look at; 0 for nearly all rows.
    private(set) var crowds: [Int32] = []
    /// What the chances were made of, once they were.
    private var odds: Odds?

    init(_ scene: Scene) {
        var pieces: [Bonds?] = Parallel.map(scene.rows.count, inPiecesOf: 1024) { Bonds(scene, rows: $0) }
        all.reserveCapacity(pieces.reduce(0) { $0 + ($1?.all.count ?? 0) })
        ends.reserveCapacity(scene.rows.count)
        crowds.reserveCapacity(scene.rows.count)
        // Each piece is let go as it is taken, so that nothing is there twice.
        for place in pieces.indices {
            guard let piece = pieces[place].take() else { continue }
            let start = Int32(all.count)
            all += piece.all
            for end in piece.ends { ends.append(end + start) }
            crowds += piece.crowds
        }
        weigh(scene)
    }

    /// The bonds of some rows that follow one another: a few rows at a time, so that what they ask for comes from memory together.
    private init(_ scene: Scene, rows: Range<Int>) {
        var candidates = Candidates()
        var found: [Int32] = []
        for first in stride(from: rows.lowerBound, to: rows.upperBound, by: 16) {
            let views = (first..<min(first + 16, rows.upperBound)).map { RowView(scene, row: $0) }
            for view in views { Candidates.expect(view) }
            found.removeAll(keepingCapacity: true)
            let ends = views.map { view in
                candidates.find(view)
                for recipient in candidates.recipients { scene.expect(Int(recipient)) }
                crowds.append(Int32(candidates.crowd))
                found += candidates.recipients
                return found.count
            }
            for recipient in found {
                scene.expectReadings(of: Int(recipient))
            }
            var place = 0
            for (view, end) in zip(views, ends) {
                let first = all.count
                Self.forEachBond(view, found[place..<end]) { all.append($0) }
                place = end
                if all[first...].allSatisfy({ $0.facts.isDisjoint(with: Resemblance.ofPerson) }) {
                    candidates.findSlips(view)
                    addSlips(view, candidates.recipients, from: first)
                }
                self.ends.append(Int32(all.count))
            }
        }
    }

    /// Calls `body` with the bonds of a row to some recipients. One pair serves for all of them.
    static func forEachBond(_ view: RowView, _ recipients: ArraySlice<Int32>, by search: Pair.Search = .plain, _ body: (Bond) -> Void) {
        guard let first = recipients.first else { return }
        let pair = Pair(view, recipient: Int(first), search: search)
        for recipient in recipients {
            if recipient != first { pair.turn(to: Int(recipient)) }
            pair.examine()
            let strength = Strength(pair.facts)
            if strength > .none { body(Bond(recipient: pair.recipientIndex, facts: pair.facts, strength: strength)) }
        }
    }

    /// Adds the bonds of a row whose names have a slip to its others, which begin at `first`. Most rows have no such.
    private mutating func addSlips(_ view: RowView, _ recipients: [Int32], from first: Int) {
        guard !recipients.isEmpty, !view.isAdministrator else { return }
        var slips: [Bond] = []
        Self.forEachBond(view, recipients[...], by: .slip) { slips.append($0) }
        let others = all[first...].filter { bond in !slips.contains { $0.recipient == bond.recipient } }
        all.replaceSubrange(first..., with: (others + slips).sorted { $0.recipient < $1.recipient })
    }

    /// The bonds of one row, by ascending recipient.
    subscript(row: Int) -> ArraySlice<Bond> {
        let places = places(of: row)
        return places.isEmpty && !late.isEmpty ? late[row, default: []][...] : all[places]
    }

    private func places(of row: Int) -> Range<Int> { (row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row]) }

    /// Gives rows that have no bonds some, or a crowd.
    mutating func add(_ found: [LastLook.Found]) {
        for one in found {
            late[one.row] = one.bonds
            crowds[one.row] = Int32(one.crowd)
        }
    }

    // MARK: weighing

    /// Says how likely each bond is wrong, and then which of those by name stand alone: both take all rows together.
    private mutating func weigh(_ scene: Scene) {
        let odds = Odds(scene, self)
        self.odds = odds
        update { row, bonds in for place in bonds.indices { bonds[place] = Self.weighed(bonds[place], row, scene, odds) } }
        let (reach, crowds) = (Reach(scene, self), crowds)
        update { row, bonds in
            // Where too many have the name, or one that is alike, rivals were not looked at. Who is raised reaches for the same as before.
            guard crowds[row] == 0 else { return }
            for place in bonds.indices { bonds[place] = Self.raised(bonds[place], row, scene, reach, among: bonds) }
        }
    }

    /// Changes the bonds of each row, in their place, on all processors.
    private mutating func update(_ change: @Sendable (_ row: Int, _ bonds: inout Slice<UnsafeMutableBufferPointer<Bond>>) -> Void) {
        let ends = ends
        Parallel.update(&all, ends.count, inPiecesOf: 1024) { rows, bonds in
            for row in rows { change(row, &bonds[(row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row])]) }
        }
    }

    /// The numbers of which a bond's chance is made; none where it has none.
    func factors(_ bond: Bond, row: Int, _ scene: Scene, _ body: (ChanceFactor) -> Void) {
        guard bond.wrongOnceIn != nil, let odds else { return }
        odds.forEachFactor(bond.facts, Odds.Circumstances(bond, row: row, scene), body)
    }

    /// The bond with its chance. Against something that speaks against it, no odds are known.
    private static func weighed(_ bond: Bond, _ row: Int, _ scene: Scene, _ odds: Odds) -> Bond {
        let isClear = bond.facts.intersection(.against).isSubset(of: Facts(.namesake, .otherHome))
        guard scene.isMailbox[bond.recipient],
            bond.strength == .identified || bond.strength == .agreed || (bond.strength >= .weak && isClear)
        else { return bond }
        return Bond(
            recipient: bond.recipient, facts: bond.facts, strength: bond.strength,
            chance: odds.chance(bond.facts, Odds.Circumstances(bond, row: row, scene)))
    }

    /// The bond, likely where nobody else reaches for the same.
    private static func raised(_ bond: Bond, _ row: Int, _ scene: Scene, _ reach: Reach, among bonds: some Collection<Bond>) -> Bond {
        guard bond.strength < .likely, scene.isMailbox[bond.recipient], Strength.isSupported(bond.facts),
            reach.isAlone(row, bond, among: bonds, scene)
        else { return bond }
        if Pair(RowView(scene, row: row), recipient: bond.recipient).hasNearName {
            var facts = bond.facts
            facts.insert(.nearName)
            return Bond(recipient: bond.recipient, facts: facts, strength: bond.strength, chance: bond.chance)
        }
        return Bond(recipient: bond.recipient, facts: bond.facts, strength: .likely, chance: bond.chance)
    }
}
