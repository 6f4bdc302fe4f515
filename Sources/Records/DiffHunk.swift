/// Lines that differ between a file and its corrected form, with some before and after them: a hunk of a unified diff.
public struct DiffHunk: Sendable, Equatable {
    /// A line in either file or both, without its end.
    public enum Line: Sendable, Equatable {
        /// Of both files.
        case same(String)
        /// Of the old one.
        case removed(String)
        /// Of the new one.
        case added(String)
        /// The line before has no line end: the file ends with it.
        case withoutEnd
    }

    /// The first line in the old file and in the new one, from 1.
    public var oldStart, newStart: Int
    /// The lines in their order.
    public var lines: [Line] = []

    /// A hunk that begins at these lines and has none yet.
    public init(oldStart: Int, newStart: Int) {
        self.oldStart = oldStart
        self.newStart = newStart
    }

    /// How many lines of the old and of the new file these are.
    public var counts: (old: Int, new: Int) {
        lines.reduce(into: (0, 0)) { counts, line in
            switch line {
            case .same: counts = (counts.0 + 1, counts.1 + 1)
            case .removed: counts.0 += 1
            case .added: counts.1 += 1
            case .withoutEnd: break
            }
        }
    }
}
