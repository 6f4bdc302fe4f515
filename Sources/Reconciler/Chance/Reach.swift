import Records

/// Who else reaches for whom, apart from rows and mailboxes that are settled: what is left when two pieces of evidence have decided.
struct Reach: Sendable {
    /// For each row the recipient that two pieces give it; -1 for none.
    private var settled: [Int32]
    /// For each recipient whether such a row has it.
    private var isHeld: [Bool]
    /// For each recipient, how many unsettled rows reach for it.
    private var claims: [Int32]

    init(_ scene: Scene, _ bonds: Bonds) {
        settled = Array(repeating: -1, count: scene.rows.count)
        isHeld = Array(repeating: false, count: scene.recipients.count)
        claims = Array(repeating: 0, count: scene.recipients.count)
        for row in scene.rows.indices {
            var best: Bond?
            var isSeveral = false
            for bond in bonds[row] where bond.strength == .agreed || bond.strength == .identified {
                isSeveral = best != nil
                best = bond
            }
            guard let best, !isSeveral else { continue }
            settled[row] = Int32(best.recipient)
            isHeld[best.recipient] = true
        }
        for row in scene.rows.indices where settled[row] < 0 && scene.isOpen(row) {
            for bond in bonds[row] where Self.reaches(bond) { claims[bond.recipient] += 1 }
        }
    }

    /// Whether the facts make somebody a rival: something agrees, and the given names do not differ.
    private static func reaches(_ bond: Bond) -> Bool { bond.strength >= .weak && !bond.facts.has(.otherGivenName) }

    /// Whether the row reaches for this recipient alone, and no other row does.
    func isAlone(_ row: Int, _ bond: Bond, among bonds: ArraySlice<Bond>) -> Bool {
        guard settled[row] < 0, !isHeld[bond.recipient], Self.reaches(bond), claims[bond.recipient] == 1 else { return false }
        return !bonds.contains { $0.recipient != bond.recipient && Self.reaches($0) && !isHeld[$0.recipient] }
    }
}
