/// One line of a journal. What is about to be done stands there before it is done, and again when it is done.
public enum JournalEntry: Sendable, Equatable {
    /// The output is about to be replaced.
    case apply(AppliedFile)
    /// The apply of that number is done.
    case applied(Int, at: String)
    /// The apply of that number is about to be taken back.
    case undo(Int, at: String)
    /// It is taken back; `keptAs`: the name under which what it wrote is kept, empty where that is not known.
    case undone(Int, at: String, keptAs: String)
}

/// The applies of one output and what has become of them, as its journal and the file itself tell together.
///
/// A run may be broken off anywhere, so a line that announces something does not mean that it was done: where the last announcement has no line that
/// confirms it, the file decides. It is the one or the other, since files are replaced in one step.
public struct Journal: Sendable, Equatable {
    /// What has become of an apply.
    public enum State: Sendable, Hashable {
        /// The file is what it wrote.
        case inPlace
        /// It has been taken back.
        case undone
        /// A later one stands.
        case superseded(by: Int)
        /// The file is no longer what it wrote, and no later apply did that.
        case changed
        /// Its run was broken off before the file was replaced.
        case notDone
    }

    /// An apply and what has become of it.
    public struct Item: Sendable, Equatable {
        /// What was applied.
        public var apply: AppliedFile
        /// What has become of it.
        public var state: State
        /// Whether a line says that it was taken back. One that was and has none was taken back by a run that was broken off, or by hand.
        public var isNotedAsUndone: Bool
    }

    /// Every apply, in the order of their numbers.
    public let items: [Item]
    /// The lines that are missing for what the file shows.
    public let missing: [JournalEntry]

    /// What the entries mean while the output holds `now`; `nil`: it is not there. `at` is the time for lines that are missing.
    public init(_ entries: [JournalEntry], now: FileDigest?, at: String = "") {
        var reading = Reading()
        for entry in entries { reading.add(entry) }
        missing = reading.settle(now, at: at)
        items = reading.items(now)
    }

    /// The number for the next apply.
    public var nextNumber: Int { (items.last?.apply.number ?? 0) + 1 }

    /// The apply of that number.
    public subscript(number: Int) -> Item? { items.first { $0.apply.number == number } }

    /// What `undo` means when no number is given: the last one that was done and is not noted as undone.
    public var last: Item? { items.last { $0.state != .notDone && !$0.isNotedAsUndone } }
}

/// The entries one after the other.
private struct Reading {
    private struct Progress {
        var apply: AppliedFile
        var isDone = false
        var isUndone = false
        var isNotedAsUndone = false
    }

    private var applies: [Progress] = []
    /// What was announced last and is not confirmed.
    private var open: JournalEntry?

    mutating func add(_ entry: JournalEntry) {
        switch entry {
        case .apply(let apply):
            applies.append(Progress(apply: apply))
            open = entry
        case .undo: open = entry
        case .applied(let number, _):
            change(number) { $0.isDone = true }
            open = nil
        case .undone(let number, _, _):
            change(number) { ($0.isUndone, $0.isNotedAsUndone) = (true, true) }
            open = nil
        }
    }

    private mutating func change(_ number: Int, _ body: (inout Progress) -> Void) {
        if let place = applies.lastIndex(where: { $0.apply.number == number }) { body(&applies[place]) }
    }

    /// Decides by the file what the entries leave open, and returns the lines that say so.
    mutating func settle(_ now: FileDigest?, at: String) -> [JournalEntry] {
        var missing: [JournalEntry] = []
        if case .apply(let apply) = open, now == apply.after {
            change(apply.number) { $0.isDone = true }
            missing.append(.applied(apply.number, at: at))
        }
        // Taken back by a run that was broken off, or by hand.
        if let place = applies.lastIndex(where: { $0.isDone && !$0.isUndone }), now == applies[place].apply.before,
            now != applies[place].apply.after
        {
            applies[place].isUndone = true
            missing.append(.undone(applies[place].apply.number, at: at, keptAs: ""))
        }
        return missing
    }

    func items(_ now: FileDigest?) -> [Journal.Item] {
        let standing = applies.last { $0.isDone && !$0.isUndone }?.apply.number
        return applies.map { progress in
            let apply = progress.apply
            let state: Journal.State =
                if !progress.isDone {
                    .notDone
                } else if progress.isUndone {
                    .undone
                } else if let standing, standing != apply.number {
                    .superseded(by: standing)
                } else {
                    now == apply.after ? .inPlace : .changed
                }
            return Journal.Item(apply: apply, state: state, isNotedAsUndone: progress.isNotedAsUndone)
        }
    }
}
