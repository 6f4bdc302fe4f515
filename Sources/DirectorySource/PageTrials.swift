internal import LDAPClient

/// Finds out by trying in what pages a server lets itself be read: where it refuses some, the read is begun anew in another way.
///
/// Only a search that ends with success gives a whole, so nothing is lost by trying. With a size that was told, nothing else is tried.
struct PageTrials {
    private let choice: PageSize
    private var isOffered = false
    private var plan = PagePlan.atOnce
    private var tried: [PagePlan] = []
    /// The last failure that was not a refusal of paging itself.
    private var failure: LDAPError?
    /// How many entries there are at least, by what came before a limit.
    private var fewest = 0

    /// Pages of less are hardly faster than reading every entry by itself.
    private static let smallest = 10

    init(_ choice: PageSize) { self.choice = choice }

    /// What to try now. `isOffered`: whether the server says that it pages.
    mutating func next(isOffered: Bool) -> PagePlan {
        if tried.isEmpty {
            self.isOffered = isOffered
            plan = PagePlan(choice, isOffered: isOffered)
        }
        tried.append(plan)
        return plan
    }

    /// Takes note of how the try failed. Throws when nothing else is left to be tried, with advice on what was.
    mutating func note(_ error: LDAPError) throws(LDAPError) {
        guard error.mayComeOfPages(plan) else {
            // An old server may hang up on a control that it never said it knows.
            if let failure, error.code != .interrupted, !isOffered, error.search?.pages == 0 { throw advised(failure) }
            throw error
        }
        // A size limit says that there are more.
        if let entries = error.search?.entries { fewest = max(fewest, entries + (error.code == .sizeLimitExceeded ? 1 : 0)) }
        if !error.refusesPaging || failure == nil { failure = error }
        guard let another = another(after: error) else { throw advised(failure ?? error) }
        plan = another
    }

    /// Throws where a read that the server ended with success is a part all the same, because more had come in another try.
    func check(entries: Int) throws(LDAPError) {
        if entries < fewest, let failure { throw advised(failure) }
    }

    /// Whether everything is asked for at once because the server refuses pages.
    var isRefused: Bool { plan.size == nil && isOffered && tried.count > 1 }

    private func another(after error: LDAPError) -> PagePlan? {
        guard case .whereOffered(let first) = choice else { return nil }
        let atOnce = tried.contains(.atOnce) ? nil : PagePlan.atOnce
        guard let size = plan.size, let search = error.search else {
            return tried.contains { $0.size != nil } ? nil : .growing(from: first)
        }
        if error.refusesPaging { return atOnce }
        // A page that was larger than it was to be: the server passes over the size.
        if search.entriesOfPage > size { return atOnce }
        if search.pages > 0 {
            if plan.largest != nil { return PagePlan(size: size) }
            // Smaller pages take less time each; against a limit over all pages they do not help.
            return error.code == .timeLimitExceeded && size > 100 ? PagePlan(size: 100) : atOnce
        }
        let smaller = size > 100 ? 100 : max(Self.smallest, size / 2)
        return smaller < size ? PagePlan(size: smaller) : atOnce
    }

    private func advised(_ error: LDAPError) -> LDAPError {
        let limit = "use an account with a higher limit, or have the limit raised on the server."
        switch choice {
        case .never:
            return error.code == .timeLimitExceeded
                ? error : error.advising("The server gives this account only a part at once: read in pages (--page-size auto), \(limit)")
        case .always(let size):
            if error.refusesPaging {
                return error.advising(
                    "The server does not page for this account: --page-size auto reads everything at once then, --page-size 0 does so always."
                )
            }
            return error.search?.pages == 0
                ? error.advising(
                    "Pages of \(size) entries may be too large for it: leave --page-size at auto, which finds out, or \(limit)")
                : error.advising("The server gives this account only a part, in pages too: \(limit)")
        case .whereOffered:
            guard tried.count > 1 else { return error }
            let sizes = tried.compactMap(\.size)
            let pages = sizes.min().map { $0 < (sizes.max() ?? $0) ? "pages of \(sizes.max() ?? $0) down to \($0)" : "pages of \($0)" }
            let ways = [pages.map { "\($0) entries" }, tried.contains(.atOnce) ? "everything at once" : nil].compactMap(\.self)
            return error.advising("It was tried with \(ways.joined(separator: ", and with ")): \(limit)")
        }
    }
}

extension LDAPError {
    /// Whether the server does not page at all, at least for this account: it does not know the control, or does not allow it (slapd's
    /// `size.prtotal=disabled`).
    fileprivate var refusesPaging: Bool {
        guard search?.pageSize != nil, search?.pages == 0 else { return false }
        return code == .unavailableCriticalExtension || reason.contains("control not allowed")
    }

    /// Whether it may be otherwise in other pages than those of the plan.
    fileprivate func mayComeOfPages(_ plan: PagePlan) -> Bool {
        // With pages, it is a search in pages that must have failed, and not some other one beside it.
        guard let search, plan.size == nil || search.pageSize != nil else { return false }
        return refusesPaging || [.sizeLimitExceeded, .timeLimitExceeded, .adminLimitExceeded, .unwillingToPerform].contains(code)
    }
}
