import Records

/// Where each postoffice's people live, counted over the rows whose mailbox an address names.
///
/// A postoffice has a home when at least five of its rows are known by address and seven in ten of those live below one container that holds
/// less than half of all mailboxes. Only ever a reason to hold back, or to say where somebody lives.
struct Homes {
    /// What is known of one postoffice.
    struct Home: Equatable {
        /// How many of its rows are known by address.
        var known: Int
        /// How many of those live in each container or below it.
        var counts: [Int32: Int]
        /// The containers that are home.
        var containers: Set<Int32>
    }

    /// Rows known by address before a home is believed.
    static let leastKnown = 5
    private static let share = 0.7
    private static let largestPart = 0.5

    private var homes: [Key: Home] = [:]

    /// Counts `found`, pairs of a postoffice and the recipient that holds the address of one of its rows.
    init(_ found: [(postoffice: Key, recipient: Int)], tree: ContainerTree, mailboxes: [Int]) {
        var sizes: [Int32: Int] = [:]
        for mailbox in mailboxes {
            for container in tree.lineage(of: mailbox) { sizes[container, default: 0] += 1 }
        }
        for pair in found {
            homes[pair.postoffice, default: Home(known: 0, counts: [:], containers: [])].known += 1
            for container in tree.lineage(of: pair.recipient) { homes[pair.postoffice]?.counts[container, default: 0] += 1 }
        }
        for (postoffice, home) in homes where home.known >= Self.leastKnown {
            let isHome = { (container: Int32, count: Int) in
                Double(count) >= Self.share * Double(home.known)
                    && Double(sizes[container] ?? 0) < Self.largestPart * Double(mailboxes.count)
            }
            homes[postoffice]?.containers = Set(home.counts.filter { isHome($0.key, $0.value) }.keys)
        }
    }

    /// The home of a postoffice; `nil` when it has none that can be believed.
    func home(of postoffice: Key) -> Home? {
        homes[postoffice].flatMap { $0.containers.isEmpty ? nil : $0 }
    }
}
