import Records

/// Two lines of the map that cannot both be right.
public struct MapContradiction: Sendable, Equatable {
    /// What the two say of one another.
    public enum Subject: Sendable, Equatable {
        /// One row, by its index, is given two mailboxes.
        case row(Int)
        /// One recipient, by its index, is given to two rows.
        case recipient(Int)
    }

    /// The line that comes first in the file.
    public let first: MappedPair
    /// The other one.
    public let second: MappedPair
    /// What they are at odds about.
    public let subject: Subject

    init(_ one: MappedPair, _ other: MappedPair, _ subject: Subject) {
        (first, second) = one.line <= other.line ? (one, other) : (other, one)
        self.subject = subject
    }
}

extension ResolvedMap {
    /// The first contradiction among lines that each name one recipient for a row that is to be migrated; `nil` when there is none.
    ///
    /// One line that speaks of two rows, of different postoffices, is none: which of them is meant, a person says by a line for each.
    func contradiction(_ rows: [MigrationRow]) -> MapContradiction? {
        var givenTo: [Int: (row: Int, pair: MappedPair)] = [:]
        for row in mappedRows where rows[row].isToBeMigrated {
            let claims = plainPairs(of: row)
            guard let claim = claims.first else { continue }
            if let other = claims.first(where: { $0.recipient != claim.recipient }) {
                return MapContradiction(claim.pair, other.pair, .row(row))
            }
            if let known = givenTo[claim.recipient], known.pair.line != claim.pair.line {
                return MapContradiction(known.pair, claim.pair, .recipient(claim.recipient))
            }
            givenTo[claim.recipient] = (row, claim.pair)
        }
        return nil
    }
}
