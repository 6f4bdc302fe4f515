/// Where each postoffice's people live, counted over the rows whose mailbox is known: by an address, or by a full name that
/// nobody else has.
///
/// A postoffice has a home when at least five of its rows' mailboxes are known and seven in ten of those live below one container that holds
/// less than half of all mailboxes. Adds to a name that agrees, or holds back; decides nothing by itself.
struct Homes {
    /// What is known of one postoffice.
    struct Home {
        /// Of how many of its rows the mailbox is known.
        let known: Int
        /// The containers that are home, as places in `containers`.
        fileprivate let containers: Range<Int>
    }

    /// A container that is home to a postoffice, with how many of its people whose mailbox is known live there or below.
    struct Place {
        let container: Int
        let count: Int
    }

    /// Rows whose mailbox is known before a home is believed.
    static let leastKnown = 5
    private static let share = 0.7
    private static let largestPart = 0.5

    /// For each postoffice with a home, the outermost container of it.
    private(set) var outermost: [Int] = []
    /// Of how many rows of such postoffices the mailbox is known, and how many of those live at home.
    private(set) var (known, living) = (0, 0)
    private var homes: [Key: Home] = [:]
    private var places: [Place] = []

    /// Counts `found`, pairs of a postoffice and the recipient that one of its rows means.
    init(_ found: [KnownMailbox], tree: ContainerTree, mailboxes: [Int]) {
        var sizes = Array(repeating: 0, count: tree.names.count)
        for mailbox in mailboxes { sizes[tree.container(of: mailbox)] += 1 }
        tree.addUp(&sizes)
        var counts: [Key: [Int: Int]] = [:]
        for pair in found {
            counts[pair.group, default: [:]][tree.container(of: pair.recipient), default: 0] += 1
        }
        for (postoffice, leaves) in counts {
            let known = leaves.values.reduce(0, +)
            guard known >= Self.leastKnown else { continue }
            let first = places.count
            for (container, count) in tree.addedUp(leaves).sorted(by: { $0.key < $1.key })
            where Double(count) >= Self.share * Double(known) && Double(sizes[container]) < Self.largestPart * Double(mailboxes.count) {
                places.append(Place(container: container, count: count))
            }
            if places.count > first {
                outermost.append(places[first].container)
                self.known += known
                living += places[first].count
                homes[postoffice] = Home(known: known, containers: first..<places.count)
            }
        }
    }

    /// The home of a postoffice; `nil` when it has none that can be believed.
    func home(of postoffice: Key) -> Home? { homes[postoffice] }

    /// The containers of a home, the outermost first.
    func places(of home: Home) -> ArraySlice<Place> { places[home.containers] }

    /// The place of this home that is the container, or the next above it; `nil` when the container lies elsewhere.
    func place(of home: Home, above container: Int, in tree: ContainerTree) -> Place? {
        var next: Int? = container
        while let container = next {
            for place in home.containers where places[place].container == container { return places[place] }
            next = tree.parent(of: container)
        }
        return nil
    }
}

extension ContainerTree {
    /// Adds to each container's count those of the containers below it.
    func addUp(_ counts: inout [Int]) {
        for container in names.indices.reversed() { if let above = parent(of: container) { counts[above] += counts[container] } }
    }

    /// The counts of these containers and of all above them, what stands below added.
    fileprivate func addedUp(_ leaves: [Int: Int]) -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for (container, count) in leaves {
            var next: Int? = container
            while let container = next {
                counts[container, default: 0] += count
                next = parent(of: container)
            }
        }
        return counts
    }
}
