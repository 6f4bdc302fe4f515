public import Records
internal import Synchronization

/// In which cell a unique key is being looked for, for another thread to see.
///
/// A regular expression may take more than a lifetime over thirty letters (`(a+)+$` over a cell that does not fit), and a search cannot be
/// stopped. Whoever waits for the file sees here that it does not go on. Costs two stores for each row.
public final class KeySearch: Sendable {
    private let line = Atomic(0)
    private let column = Atomic(0)

    /// A search that has not begun.
    public init() {}

    /// Where the cell stands that is being looked through; `nil` between cells.
    public var place: FilePosition? {
        let line = line.load(ordering: .relaxed)
        return line == 0 ? nil : FilePosition(line: line, column: column.load(ordering: .relaxed))
    }

    func begin(at place: FilePosition) {
        column.store(place.column ?? 1, ordering: .relaxed)
        line.store(place.line, ordering: .relaxed)
    }

    func end() { line.store(0, ordering: .relaxed) }
}
