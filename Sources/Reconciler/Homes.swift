import Records

/// Where each postoffice's people live, counted over the rows whose mailbox is known: by an address, or by a full name that
/// nobody else has.
///
/// A postoffice has a home when at least five of its rows' mailboxes are known and seven in ten of those live below one container that holds
/// less than half of all mailboxes; or where the administrator tells one, whatever the rows show. Adds to a name that agrees, or holds back; decides
/// nothing by itself.
struct Homes {
    /// What is known of one postoffice.
    struct Home {
        /// Of how many of its rows the mailbox is known.
        let known: Int
        /// Whether the administrator told it.
        let isTold: Bool
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
    /// For each postoffice whose home was told, how many of its people whose mailbox is known live in each container.
    private(set) var shown: [Key: [Int: Int]] = [:]
    private var homes: [Key: Home] = [:]
    private var places: [Place] = []

    /// Counts `found`, pairs of a postoffice and the recipient that one of its rows means.
    ///
    /// `told`: homes by postoffice, which those postoffices have for certain; names that are no container of the tree are passed over.
    init(_ found: [KnownMailbox], tree: ContainerTree, mailboxes: [Int], told: [ToldHome] = []) {
        var sizes = Array(repeating: 0, count: tree.names.count)
        for mailbox in mailboxes { sizes[tree.container(of: mailbox)] += 1 }
        tree.addUp(&sizes)
        var counts: [Key: [Int: Int]] = [:]
        for pair in found {
            counts[pair.group, default: [:]][tree.container(of: pair.recipient), default: 0] += 1
        }
        let told = Self.told(told, tree)
        for (postoffice, containers) in told {
            shown[postoffice] = counts[postoffice]
            add(
                containers, to: postoffice, tree.addedUp(counts[postoffice, default: [:]]),
                counts[postoffice, default: [:]].values.reduce(0, +))
        }
        for (postoffice, leaves) in counts where told[postoffice] == nil {
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
                homes[postoffice] = Home(known: known, isTold: false, containers: first..<places.count)
            }
        }
    }

    /// A postoffice's home as it was told.
    private mutating func add(_ containers: [Int], to postoffice: Key, _ counts: [Int: Int], _ known: Int) {
        let first = places.count
        for container in containers { places.append(Place(container: container, count: counts[container, default: 0])) }
        // What is counted over all homes asks where one begins.
        outermost.append(containers[0])
        self.known += known
        living += places[first...].reduce(0) { $0 + $1.count }
        homes[postoffice] = Home(known: known, isTold: true, containers: first..<places.count)
    }

    /// The containers that were told, by postoffice, the first told first; not those within another one that was told.
    private static func told(_ told: [ToldHome], _ tree: ContainerTree) -> [Key: [Int]] {
        guard !told.isEmpty else { return [:] }
        let names = tree.names.map { DistinguishedName($0).normalized }
        var homes: [Key: [Int]] = [:]
        for home in told {
            guard let container = names.firstIndex(of: DistinguishedName(home.container).normalized) else { continue }
            let postoffice = MSMailKey(postoffice: home.postoffice, name: "").postoffice
            if !homes[postoffice, default: []].contains(where: { tree.common($0, container) == $0 }) {
                homes[postoffice, default: []].removeAll { tree.common($0, container) == container }
                homes[postoffice, default: []].append(container)
            }
        }
        return homes
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
