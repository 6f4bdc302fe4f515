import Parallel
import Testing

@Suite("Work in pieces")
struct ParallelTests {
    @Test("covers everything once, in order, whatever the size of the pieces", arguments: [0, 1, 7, 64, 1000], [1, 7, 64, 5000])
    func order(_ count: Int, _ size: Int) {
        let pieces = Parallel.map(count, inPiecesOf: size) { range in range.map { $0 * 2 } }
        #expect(pieces.flatMap { $0 } == (0..<count).map { $0 * 2 })
        #expect(Parallel.array(count * 10) { "\($0)" } == (0..<count * 10).map(String.init))
        #expect(pieces.dropLast().allSatisfy { $0.count == size })
    }
}
