internal import LDAPClient

/// How many entries to ask for at a time, from what was told and what the server offers.
struct PagePlan: Sendable {
    /// The first page's size; `nil` for no paging.
    var size: Int?
    /// Pages may grow to this size; `nil` keeps them as they are.
    var largest: Int?

    /// Pages grow to this size: from here on, what the server does for each page is little beside sending its entries.
    private static let largestSize = 64_000

    /// The plans to try, one after the other: where a limit ends a read, it is begun once more with smaller pages, since some servers refuse
    /// large ones.
    static func all(_ choice: PageSize, isOffered: Bool) -> [PagePlan] {
        switch choice {
        case .never: return [PagePlan()]
        case .always(let size): return [PagePlan(size: size)]
        case .whereOffered(let size):
            guard isOffered else { return [PagePlan()] }
            return [PagePlan(size: size, largest: largestSize), PagePlan(size: size)] + (size > 100 ? [PagePlan(size: 100)] : [])
        }
    }

    func request(base: String, filter: String, attributes: [String]) -> SearchRequest {
        SearchRequest(base: base, filter: filter, attributes: attributes, pageSize: size, largestPageSize: largest)
    }
}

extension LDAPError {
    /// Whether smaller pages may help.
    var mayComeOfLargePages: Bool {
        [.sizeLimitExceeded, .timeLimitExceeded, .adminLimitExceeded, .unwillingToPerform].contains(code)
    }
}
