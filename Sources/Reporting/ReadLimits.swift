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
        if proof.changes != nil { return "none met: only what changed was asked for" }
        guard let largest = proof.pageSize else {
            return "\(whyUnpaged(proof, offersPaging)): \(atOnce)"
        }
        if !offersPaging, case .growing = asked {
            return
                "met when everything was asked for at once; read anew in \(count(proof.pages)) of up to \(largest), though paging is not offered"
        }
        if proof.shortPages > 0 {
            return "the server sends at most \(proof.fullestPage) entries at once, fewer than it is asked for: read in \(proof.pages) pages"
        }
        if case .growing(let first) = asked, largest < first {
            return "larger pages met a limit of the server: read anew in \(count(proof.pages)) of up to \(largest)"
        }
        if proof.pages <= proof.parts {
            let held =
                proof.parts == 1
                ? "one page of up to \(largest) entries held everything"
                : "each of \(proof.parts) parts fitted into a page of up to \(largest) entries"
            return "none met: \(held)"
        }
        if case .growing(let first) = asked, largest <= first {
            return "larger pages met a limit of the server: read anew in \(proof.pages) pages of up to \(largest)"
        }
        return "none met: the server gave the pages that it was asked for, \(proof.pages) of up to \(largest) entries"
    }

    private static func whyUnpaged(_ proof: ReadProof, _ offersPaging: Bool) -> String {
        switch proof.unpaged {
        case .refused: "paging is offered but was refused"
        case .ignored: "the server says that it pages, and did not"
        case nil: offersPaging ? "paging is offered but was turned off" : "paging is not offered"
        }
    }

    private static func count(_ pages: Int) -> String { "\(pages) page\(pages == 1 ? "" : "s")" }

    private static let atOnce =
        "everything came at once, up to the server's limit; had it met that, the read would have ended with an error"
}
