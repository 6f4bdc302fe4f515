internal import LDAPClient
internal import Records

/// How many entries to ask for at a time.
struct PagePlan: Sendable, Equatable {
    /// The first page's size; `nil` for no paging.
    var size: Int?
    /// Pages may grow to this size; `nil` keeps them as they are.
    var largest: Int?

    /// Everything at once.
    static let atOnce = PagePlan()

    /// Pages that begin with this size and grow up to where what the server does for each page is little beside sending its entries.
    static func growing(from size: Int) -> PagePlan { PagePlan(size: size, largest: 64_000) }

    /// What to begin with, from what was told and what the server offers.
    init(_ choice: PageSize, isOffered: Bool) {
        switch choice {
        case .never: self = .atOnce
        case .always(let size): self.init(size: size)
        case .whereOffered(let size): self = isOffered ? .growing(from: size) : .atOnce
        }
    }

    /// What to go on with where `proof` tells how the directory could be read the last time.
    init(_ choice: PageSize, goingOnFrom proof: ReadProof) {
        self.init(choice, isOffered: proof.pageSize != nil)
        if case .whereOffered(let first) = choice, let size = proof.pageSize, size < first { self.init(size: size) }
    }

    init(size: Int? = nil, largest: Int? = nil) {
        self.size = size
        self.largest = largest
    }

    func request(base: String, filter: String, attributes: [String]) -> SearchRequest {
        SearchRequest(base: base, filter: filter, attributes: attributes, pageSize: size, largestPageSize: largest)
    }
}
