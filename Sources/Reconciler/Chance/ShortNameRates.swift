import Records

/// How much likelier or less likely the person's own mailbox has the row's mailbox name as alias and Directory Name than a namesake's: counted over both
/// sides.
///
/// A mailbox name that the place makes of everybody's names (JSMITH) is a namesake's as easily as one's own, and shows little. One with a number
/// (JSMITH4), or one that is made as hardly any other there is, shows the person the better the more people of the postoffice kept theirs; and where
/// nearly all kept theirs, another name speaks against.
struct ShortNameRates: Sendable {
    /// People of a postoffice or list whose mailbox shows without short names.
    private struct Count {
        var known = 0
        /// Those whose alias and Directory Name are their mailbox name.
        var kept = 0
        /// For these together, how likely a namesake's would be the same.
        var byChance = 0.0
    }

    private let counts: [Count]
    /// For each postoffice or list the share of people who kept theirs.
    private let kept: [Double]
    /// For each how much oftener a namesake's mailbox has other short names than the person's own; at least 1.
    private let others: [Double]

    /// What is usual where little is known, for the person and for a namesake; weighs as much as eight people.
    private static let usual = 0.5
    private static let weight = 8.0
    /// One namesake in so many has the number of the row's, where both have one.
    private static let sameNumber = 0.1
    /// No name is made of the names alone so seldom that it shows more than this.
    private static let least = 0.02

    /// `known`: rows whose mailbox shows without short names. `groups`: for each row its postoffice or list, of so many.
    init(
        _ known: [KnownMailbox], rows: PreparedRows, recipients: [RecipientNames], groups: (places: [Int32], count: Int), habits: Habits,
        tree: ContainerTree
    ) {
        var counts = Array(repeating: Count(), count: groups.count)
        for pair in known {
            let (names, group) = (recipients[pair.recipient], Int(groups.places[pair.row]))
            let own = rows.names[pair.row].mailboxName
            counts[group].known += 1
            if names.alias.agrees(with: own), names.directoryName.agrees(with: own) {
                counts[group].kept += 1
                counts[group].byChance += Self.share(of: names, in: tree.container(of: pair.recipient), habits)
            }
        }
        let (all, known) = counts.reduce((0, 0)) { ($0.0 + $1.kept, $0.1 + $1.known) }
        let everywhere = Self.mean(Double(all), of: known, usual: Self.usual)
        let kept = counts.map { Self.mean(Double($0.kept), of: $0.known, usual: everywhere) }
        others = zip(counts, kept).map { max(1, (1 - Self.mean($0.byChance, of: $0.kept, usual: Self.usual)) / (1 - $1)) }
        self.kept = kept
        self.counts = counts
    }

    private static func mean(_ sum: Double, of count: Int, usual: Double) -> Double { (sum + weight * usual) / (Double(count) + weight) }

    /// How many of the names in a container are made as this one is.
    private static func share(of names: RecipientNames, in container: Int, _ habits: Habits) -> Double {
        habits.share(of: names.directoryNameForms ?? [], container: container, usual: least)
    }

    /// How many people of a postoffice or list have their mailbox name as alias and Directory Name, of how many whose mailbox shows otherwise; `nil` for none.
    func kept(_ group: Int) -> FoundHabits.Share? {
        counts[group].known > 0 ? FoundHabits.Share(count: counts[group].kept, of: counts[group].known) : nil
    }

    /// The factor for a mailbox whose alias and Directory Name both are the row's mailbox name, or both are not; 1 where one of them is.
    func factor(_ bond: Bond, row: Int, _ scene: Scene) -> Double {
        let group = Int(scene.groups[row])
        guard bond.facts.isSuperset(of: .shortName) else { return bond.facts.isDisjoint(with: .shortName) ? others[group] : 1 }
        let names = scene.recipientNames[bond.recipient]
        var byChance = Self.share(of: names, in: scene.tree.container(of: bond.recipient), scene.habits)
        if let last = scene.rows[row].mailboxName.utf8.last, last &- UInt8(ascii: "0") <= 9 { byChance *= Self.sameNumber }
        return min(1, max(Self.least, byChance) / max(Self.least, kept[group]))
    }
}
