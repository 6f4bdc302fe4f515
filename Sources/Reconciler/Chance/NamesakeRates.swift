import Parallel
import Records

/// How many other mailboxes have the name of a person, on average: counted over the mailboxes themselves.
///
/// A person without a mailbox has as many namesakes as one with a mailbox. So what is counted here says how likely it is that a name leads to
/// somebody else. Namesakes by chance and relatives, who share their names and their place, are in the same count.
struct NamesakeRates {
    private struct Count {
        var mailboxes = 0
        var others = 0

        /// The mean number, as if fifty more mailboxes had been counted with `usual` others each: a few show little.
        func rate(usual: Double) -> Double { (Double(others) + 50 * usual) / Double(mailboxes + 50) }
    }

    private typealias Table = [[Count]]
    private var everywhere: Table
    private var atHome: Table
    /// Of namesakes who stand in one container, the share who work in one department, where both list one.
    private(set) var sameDepartment = 0.5

    /// Mailboxes that are looked at in a large directory: enough for a rate to some hundredths of it.
    private static let sample = 16_384

    /// What is usual.
    init() {
        let none: Table = OtherBearers.Closeness.allCases.map { _ in Rarity.allCases.map { _ in Count() } }
        everywhere = none
        atHome = none
    }

    /// What the directory shows.
    init(_ scene: Scene) {
        self.init()
        let findings = Self.findings(scene)
        let tree = scene.tree
        let none = Array(repeating: 0, count: tree.names.count)
        for rarity in Rarity.allCases {
            var mailboxes = none
            for finding in findings {
                for container in finding.containers[rarity.rawValue] { mailboxes[Int(container)] += 1 }
            }
            let all = mailboxes.reduce(0, +)
            tree.addUp(&mailboxes)
            for closeness in OtherBearers.Closeness.allCases {
                var others = none
                var count = Count(mailboxes: all)
                for finding in findings {
                    for pair in finding.pairs where pair.closeness == closeness && pair.rarity == rarity {
                        count.others += 1
                        if let common = pair.common { others[common] += 1 }
                    }
                }
                tree.addUp(&others)
                everywhere[closeness.rawValue][rarity.rawValue] = count
                for container in scene.homes.outermost {
                    atHome[closeness.rawValue][rarity.rawValue].mailboxes += mailboxes[container]
                    atHome[closeness.rawValue][rarity.rawValue].others += others[container]
                }
            }
        }
        let same = findings.reduce(0) { $0 + $1.sameDepartments }
        let listed = findings.reduce(same) { $0 + $1.otherDepartments }
        sameDepartment = (Double(same) + 1) / Double(listed + 2)
    }

    /// The mean number of others anywhere; where few are known, one mailbox in two hundred has one.
    func everywhere(_ closeness: OtherBearers.Closeness, _ rarity: Rarity) -> Double {
        everywhere[closeness.rawValue][rarity.rawValue].rate(usual: 0.005)
    }

    /// The mean number of others within a home; where few are known, half of all.
    func atHome(_ closeness: OtherBearers.Closeness, _ rarity: Rarity) -> Double {
        atHome[closeness.rawValue][rarity.rawValue].rate(usual: everywhere(closeness, rarity) / 2)
    }

    // MARK: counting

    /// Two mailboxes, and the lowest container that has both.
    fileprivate struct Namesakes {
        let closeness: OtherBearers.Closeness
        let rarity: Rarity
        let common: Int?
    }

    /// What some mailboxes show.
    fileprivate struct Finding {
        var containers: [[Int32]] = Rarity.allCases.map { _ in [] }
        var pairs: [Namesakes] = []
        var sameDepartments = 0
        var otherDepartments = 0
    }

    private static func findings(_ scene: Scene) -> [Finding] {
        let every = UInt64(max(1, scene.directory.mailboxCount / sample))
        return Parallel.map(scene.recipients.count, inPiecesOf: 4096) { range in
            var finding = Finding()
            var others = OtherBearers(scene)
            // Which ones are looked at is settled by their names, so that the order of entries changes nothing.
            for mailbox in range where isCounted(mailbox, every, scene) {
                others.find(mailbox)
                finding.add(mailbox, others, scene)
            }
            return finding
        }
    }

    private static func isCounted(_ recipient: Int, _ every: UInt64, _ scene: Scene) -> Bool {
        guard scene.isMailbox[recipient], !scene.recipients[recipient].isDeleted,
            let place = scene.recipientNames[recipient].readings.places.first
        else { return false }
        let name = scene.recipientReadings[place].wholeName
        return name != 0 && name % every == 0
    }
}

extension NamesakeRates.Finding {
    mutating func add(_ mailbox: Int, _ others: OtherBearers, _ scene: Scene) {
        let own = scene.tree.container(of: mailbox)
        containers[others.rarity.rawValue].append(Int32(own))
        for closeness in OtherBearers.Closeness.allCases {
            for other in others[closeness] {
                let common = scene.tree.common(own, scene.tree.container(of: Int(other)))
                pairs.append(NamesakeRates.Namesakes(closeness: closeness, rarity: others.rarity, common: common))
                if closeness == .same, common == own || common == scene.tree.container(of: Int(other)) {
                    compareDepartments(scene.departmentKeys[mailbox], scene.departmentKeys[Int(other)])
                }
            }
        }
    }

    private mutating func compareDepartments(_ own: Key, _ other: Key) {
        if own == 0 || other == 0 { return }
        if own == other { sameDepartments += 1 } else { otherDepartments += 1 }
    }
}
