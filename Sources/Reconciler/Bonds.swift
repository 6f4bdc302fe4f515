import Parallel
import Records

/// The bonds of every row, one after another in one array.
struct Bonds: Sendable {
    private var all: [Bond] = []
    private var ends: [Int] = []
    /// For each row, how many recipients share its name where they are too many to look at; 0 for nearly all rows.
    private(set) var crowds: [Int] = []

    init(_ scene: Scene) {
        let namesTellApart = scene.namesTellApart
        for piece in Parallel.map(scene.rows.count, inPiecesOf: 1024, { Bonds(scene, rows: $0, namesTellApart: namesTellApart) }) {
            let start = all.count
            all += piece.all
            ends += piece.ends.map { $0 + start }
            crowds += piece.crowds
        }
    }

    /// The bonds of some rows that follow one another.
    private init(_ scene: Scene, rows: Range<Int>, namesTellApart: Bool) {
        var candidates = Candidates()
        for row in rows {
            let view = RowView(scene, row: row)
            candidates.find(view)
            for recipient in candidates.recipients {
                var pair = Pair(view, recipient: Int(recipient))
                pair.examine()
                let strength = Strength(pair.facts, namesTellApart: namesTellApart)
                if strength > .none { all.append(Bond(recipient: Int(recipient), facts: pair.facts, strength: strength)) }
            }
            ends.append(all.count)
            crowds.append(candidates.crowd)
        }
    }

    /// The bonds of one row, by ascending recipient.
    subscript(row: Int) -> ArraySlice<Bond> { all[(row == 0 ? 0 : ends[row - 1])..<ends[row]] }
}
