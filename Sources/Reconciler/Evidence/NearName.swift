import Records
import Texts

/// Another row of the same postoffice is called nearly the same: a word of the name is equal, and another one differs by a letter (left out,
/// put in, exchanged, or two turned round). One of the two may be a slip for the other, and then the mailbox is that row's.
///
/// Asked only where the name would decide: two rows of one postoffice are told apart by nothing else there.
enum NearName: Piece {
    static let name = "near-name"
    static let force = Evidence.Force.against
    /// Shorter words differ by a letter too easily.
    private static let shortest = 3

    static func holds(_ pair: Pair) -> Bool { neighbour(pair) != nil }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        guard let neighbour = neighbour(pair) else { return }
        text.add("the row ", neighbour.mailboxName, " of the same postoffice is called ", neighbour.fullName)
    }

    /// The first such row.
    private static func neighbour(_ pair: Pair) -> MigrationRow? {
        var own: [[UInt8]]?
        return pair.firstRowSharingWord { fullName in
            let words = own ?? Self.words(pair.fullName)
            own = words
            return isNear(words, Self.words(fullName))
        }
    }

    private static func words(_ name: String) -> [[UInt8]] {
        var words: [[UInt8]] = []
        Folding(name).bytes.span.forEachPart { part in
            part.forEachWord { word in if word.count >= shortest { words.append(word.withUnsafeBufferPointer { Array($0) }) } }
        }
        return words
    }

    /// Whether two words of one name have their like in the other, one of them with a letter's difference.
    private static func isNear(_ one: [[UInt8]], _ other: [[UInt8]]) -> Bool {
        let different = one.filter { !other.contains($0) }
        return different.count < one.count && different.contains { word in other.contains { word.span.differsBySlip(from: $0.span) } }
    }
}
