import Records

/// Who else reaches for whom, apart from rows and mailboxes that are settled: what is left when identity and two pieces of evidence have decided.
///
/// A row is settled only when its one such bond decides and no other row has one to the same recipient: who is contested, or too likely wrong,
/// may be anybody's still.
struct Reach: Sendable {
    /// For each row the recipient that it is settled on; -1 for none.
    private var settled: [Int32]
    /// For each recipient whether such a row has it.
    private var isHeld: [Bool]
    /// For each recipient, how many unsettled rows reach for it.
    private var claims: [Int32]
    /// The same, counting only rows of which something tells that they may mean it.
    private var tellingClaims: [Int32]

    /// `bonds` have their chances.
    init(_ scene: Scene, _ bonds: Bonds) {
        settled = Array(repeating: -1, count: scene.rows.count)
        isHeld = Array(repeating: false, count: scene.recipients.count)
        claims = Array(repeating: 0, count: scene.recipients.count)
        tellingClaims = claims
        var holders = claims
        for row in scene.rows.indices {
            guard let bond = Self.settling(bonds[row], maxError: scene.settings.maxError) else { continue }
            settled[row] = Int32(bond.recipient)
            holders[bond.recipient] += 1
        }
        for row in scene.rows.indices where settled[row] >= 0 {
            if holders[Int(settled[row])] == 1 { isHeld[Int(settled[row])] = true } else { settled[row] = -1 }
        }
        let open = scene.rows.indices.filter { settled[$0] < 0 && scene.isOpen($0) }
        var named = claims
        for row in open { for bond in bonds[row] where Self.isNamed(bond) { named[bond.recipient] += 1 } }
        for row in open {
            // Who alone has somebody's full name does not mean another one by less than that, such as a short name.
            let hasOwn = bonds[row].contains { Self.isNamed($0) && named[$0.recipient] == 1 && !isHeld[$0.recipient] }
            for bond in bonds[row] where Self.reaches(bond) && (!hasOwn || Self.isNamed(bond)) {
                claims[bond.recipient] += 1
                if Self.tells(bond, row, scene) { tellingClaims[bond.recipient] += 1 }
            }
        }
    }

    /// Whether the row has the recipient's full name or more, and nothing speaks against it.
    private static func isNamed(_ bond: Bond) -> Bool { bond.strength >= .named && bond.strength != .doubted }

    /// The one bond that decides without another look; `nil` where there is none, or more than one that would.
    private static func settling(_ bonds: ArraySlice<Bond>, maxError: Double) -> Bond? {
        var only: Bond?
        for bond in bonds where bond.strength >= .agreed && bond.strength != .doubted {
            if only != nil { return nil }
            only = bond
        }
        return only.flatMap { $0.decides(maxError: maxError) ? $0 : nil }
    }

    /// Whether the facts make somebody a rival: something agrees, and the given names do not differ.
    private static func reaches(_ bond: Bond) -> Bool { bond.strength >= .weak && !bond.facts.has(.otherGivenName) }

    /// Whether it says something of the person: a name, or a short name that is not made of the recipient's own names (HARPO7 on Dorothy Mulligan's mailbox,
    /// who may have been called Harpo), or has a number. DOROTHYM is Dorothy McLemore's mailbox name and Dorothy Mulligan's alias, and says nothing.
    private static func tells(_ bond: Bond, _ row: Int, _ scene: Scene) -> Bool {
        let names = Facts.wholeNames.union(
            Facts(.initialAndSurname, .surname, .misspeltName, .sharedWord, .formerMailboxName)
        ).union(Facts(.carriedOver))
        if !bond.facts.isDisjoint(with: names) { return true }
        if let last = scene.rows[row].mailboxName.utf8.last, last &- UInt8(ascii: "0") <= 9 { return true }
        guard scene.rowNames[row].readings.places.contains(where: { scene.rowReadings[$0].wholeName != 0 }) else { return true }
        let own = scene.recipientNames[bond.recipient]
        let forms = bond.facts.has(.alias) ? own.aliasForms : own.directoryNameForms
        return forms?.isEmpty ?? true
    }

    /// Whether the row reaches for this recipient alone, and no other row does. Against a full name, those do not count, on either side, who reach by a
    /// short name that the mailbox's own names make, and a given name: they would have to be somebody renamed, and the full name a stranger's besides.
    func isAlone(_ row: Int, _ bond: Bond, among bonds: some Collection<Bond>, _ scene: Scene) -> Bool {
        guard settled[row] < 0, !isHeld[bond.recipient], Self.reaches(bond) else { return false }
        let hasFullName = bond.facts.has(.fullName)
        guard (hasFullName ? tellingClaims : claims)[bond.recipient] == 1 else { return false }
        return !bonds.contains {
            $0.recipient != bond.recipient && Self.reaches($0) && !isHeld[$0.recipient] && (!hasFullName || Self.tells($0, row, scene))
        }
    }
}
