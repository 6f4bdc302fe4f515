public import Records

/// What a server's limits meant for a read that ran to its end.
public enum ReadLimits {
    /// How pages were asked for.
    public enum Asked: Sendable {
        /// The first of so many entries, each that is filled followed by a larger one.
        case growing(first: Int)
        /// All of so many.
        case always(Int)
        /// Not at all.
        case never
    }

    /// In words: whether pages were offered and used, and whether the server cut them short; empty for a file, which has no such limits.
    public static func words(of proof: ReadProof, asked: Asked, offersPaging: Bool) -> String {
        if proof.source.hasPrefix("ldif:") { return "" }
        guard let largest = proof.pageSize else {
            let reason = offersPaging ? "paging is offered but was turned off" : "paging is not offered"
            return "\(reason): \(atOnce)"
        }
        if proof.pages <= 1, proof.entries > largest { return "the server passed over the wish for pages of \(largest): \(atOnce)" }
        if proof.pages <= 1 { return "none met: one page of up to \(largest) entries held everything" }
        let first =
            switch asked {
            case .growing(let first): first
            case .always(let size): size
            case .never: largest
            }
        if proof.pages > mostPages(of: proof.entries, first: first, largest: largest) {
            let mean = (proof.entries + proof.pages - 1) / proof.pages
            return "the server sends fewer entries at once than it is asked for, about \(mean) of \(largest): read in \(proof.pages) pages"
        }
        if case .growing(let first) = asked, largest == first {
            return "larger pages met a limit of the server: read anew in \(proof.pages) pages of up to \(largest)"
        }
        return "none met: the server filled every page that it was asked for, \(proof.pages) of up to \(largest) entries"
    }

    private static let atOnce = "everything came at once, up to the server's limit; had it met that, the read had ended with an error"

    /// How many pages there are when each is filled; one more, and empty, when the entries just fill them.
    private static func mostPages(of entries: Int, first: Int, largest: Int) -> Int {
        var (pages, size, room) = (0, max(first, 1), 0)
        while room < entries {
            room += size
            pages += 1
            size = min(size * 4, max(largest, 1))
        }
        return room == entries ? pages + 1 : pages
    }
}
