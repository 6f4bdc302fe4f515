/// In which department the people of each postoffice work, counted over the rows whose mailbox is known.
///
/// MS Mail postoffices were set up by department as a rule, so most people of one work together. A postoffice has a department when at least
/// five of its people show one, half of them the same, and that one is not the department of half of the directory. Never speaks against
/// anybody: people change departments, and directories list them late. Another department only makes it likelier that somebody is a namesake.
struct Departments {
    /// What is known of one postoffice.
    struct Department {
        /// The department's key.
        let key: Key
        /// How many of the postoffice's people work there.
        let count: Int
        /// Of how many of them the department is known.
        let known: Int
    }

    /// People whose department shows before one is believed.
    static let leastKnown = 5
    private static let share = 0.5
    private static let largestPart = 0.5

    /// How likely two people whose department is listed work in the same one, whoever they are; 1 where none is listed.
    let shared: Double
    private var departments: [Key: Department] = [:]
    /// Of how many people of such postoffices the department is known, and how many of those work in their postoffice's.
    private(set) var (known, working) = (0, 0)

    /// Counts `found`, pairs of a postoffice and the recipient that one of its rows means; `keys` gives each recipient's department, 0 for none.
    init(_ found: [KnownMailbox], keys: [Key], mailboxes: [Int]) {
        var sizes: [Key: Int] = [:]
        for mailbox in mailboxes where keys[mailbox] != 0 { sizes[keys[mailbox], default: 0] += 1 }
        let all = sizes.values.reduce(0, +)
        shared = all == 0 ? 1 : Double(sizes.values.reduce(0) { $0 + $1 * $1 }) / Double(all * all)
        var counts: [Key: [Key: Int]] = [:]
        for pair in found where keys[pair.recipient] != 0 {
            counts[pair.group, default: [:]][keys[pair.recipient], default: 0] += 1
        }
        for (postoffice, departments) in counts {
            let known = departments.values.reduce(0, +)
            // Of two that are equally large neither is more than half, so the order of the dictionary does not matter.
            guard known >= Self.leastKnown, let largest = departments.max(by: { $0.value < $1.value }),
                Double(largest.value) > Self.share * Double(known), Double(sizes[largest.key, default: 0]) < Self.largestPart * Double(all)
            else { continue }
            self.known += known
            working += largest.value
            self.departments[postoffice] = Department(key: largest.key, count: largest.value, known: known)
        }
    }

    /// The department of a postoffice; `nil` when it has none that can be believed.
    func department(of postoffice: Key) -> Department? { departments[postoffice] }
}
