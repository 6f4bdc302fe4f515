import Parallel
import Records

/// One mailbox for each row and one row for each mailbox, over all rows of all files.
///
/// A row that is identified (by address, map or key) and has nothing against it keeps its mailbox; the others that reach for the same one
/// are contested. Two that are identified contest each other. Without an identified row, a row with two agreeing pieces keeps the mailbox
/// only against rows whose names say something else; otherwise all are contested. A row that several mailboxes fit chooses none, but claims those that
/// an address, a key or the map identifies as its own: who else wants one of them waits until a person has seen which is whose.
struct Assignment: Sendable {
    /// Which row is identified as the owner of each mailbox, also one that is not to be migrated.
    private let holders: [Int32]
    /// What each row by itself comes to.
    private(set) var choices: [Choice]
    /// The rows that chose each recipient, or claim it as one of several, ascending: those of one recipient stand side by side.
    private var claimants: [Int32] = []
    /// Where each recipient's claimants begin.
    private var starts: [Int32] = []

    init(_ bonds: Bonds, scene: Scene) {
        let holders = Self.identifiedHolders(bonds, rows: scene.rows.indices, recipients: scene.recipients.count)
        self.holders = holders
        choices = Parallel.array(scene.rows.count) { row in
            scene.isOpen(row)
                ? Choice(bonds[row], scene: scene) { holders[$0] != Self.nobody && holders[$0] != Int32(row) } : .none
        }
        layOutClaims(bonds, scene)
    }

    /// Chooses anew for some rows that had chosen none, of bonds that they have by now.
    mutating func choose(_ rows: [Int], _ bonds: Bonds, _ scene: Scene) {
        for row in rows { choices[row] = Choice(bonds[row], scene: scene) { _ in false } }
        layOutClaims(bonds, scene)
    }

    private mutating func layOutClaims(_ bonds: Bonds, _ scene: Scene) {
        starts = Array(repeating: 0, count: scene.recipients.count + 1)
        for (row, choice) in choices.enumerated() { choice.forEachClaim(bonds[row]) { starts[$0 + 1] += 1 } }
        for recipient in scene.recipients.indices { starts[recipient + 1] += starts[recipient] }
        claimants = Array(repeating: 0, count: Int(starts[scene.recipients.count]))
        var next = starts
        for (row, choice) in choices.enumerated() {
            choice.forEachClaim(bonds[row]) { recipient in
                claimants[Int(next[recipient])] = Int32(row)
                next[recipient] += 1
            }
        }
    }

    /// The other rows that claim the row's mailbox and with which it is contested; `nil` when the row may have it.
    func rivals(of row: Int) -> [Int]? {
        guard case .one(let bond) = choices[row] else { return nil }
        let places = Int(starts[bond.recipient])..<Int(starts[bond.recipient + 1])
        if places.count <= 1 { return nil }
        var strongest = Strength.none
        for place in places where Int(claimants[place]) != row {
            switch choices[Int(claimants[place])] {
            case .one(let other): strongest = max(strongest, other.strength)
            case .several: strongest = .identified
            case .none: break
            }
        }
        return bond.strength.prevails(over: strongest) ? nil : places.map { Int(claimants[$0]) }.filter { $0 != row }
    }

    /// Whether a row chose the recipient, or claims it as one of several, or is identified with it.
    func isClaimed(_ recipient: Int) -> Bool { starts[recipient] < starts[recipient + 1] || holders[recipient] != Self.nobody }

    private static let nobody: Int32 = -1
    private static let several: Int32 = -2

    /// Which row is identified as the owner of each mailbox.
    private static func identifiedHolders(_ bonds: Bonds, rows: Range<Int>, recipients: Int) -> [Int32] {
        var holders = Array(repeating: nobody, count: recipients)
        for row in rows {
            for bond in bonds[row] where bond.strength == .identified {
                holders[bond.recipient] = holders[bond.recipient] == nobody ? Int32(row) : several
            }
        }
        return holders
    }
}
