import Records

/// How likely it is that a mailbox that agrees with a row is somebody else's.
///
/// Everything is counted in this run, unless the directory is too small for that: how many rows have no mailbox that shows by its names; how many others of the name there are; how
/// many mailboxes no row reaches for; how often people live and work where their postoffice does. From this comes the ratio of two stories: the
/// row's person has no mailbox to be found, and the one that agrees is a namesake's without a row; or it is the person's own (Fellegi and Sunter 1969,
/// with the counts of this run as probabilities).
struct Odds: Sendable {
    private let rates: NamesakeRates
    /// The share of rows whose person has no mailbox, or one that shows none of the row's names: of those whose address is known, and of the
    /// others, for which no custom recipient tells that somebody has none.
    private let missing: [Double]
    /// The share of mailboxes for which no row reaches.
    private let unclaimed: Double
    /// The share of rows identified by address or key whose mailbox has other names.
    private let stale: Double
    /// The share of people who live at their postoffice's home, and of those who work in its department.
    private let atHome, inDepartment: Double
    /// How likely two people of the directory work in one department, and how likely a namesake at home works in the postoffice's.
    private let departmentByChance, namesakeInDepartment: Double

    /// A namesake's middle initial agrees once in ten times, as does an alias that is no habit's; an old mailbox name hardly ever.
    private static let middleInitialByChance = 0.1
    private static let carriedOverByChance = 0.1
    private static let formerNameByChance = 0.01
    /// A stale address is one of so many people's; and one in so many of their names, where none agrees, does not flatly disagree.
    private static let neighbours = 100.0
    private static let indifferentByChance = 0.05
    /// A share of rows without a mailbox that is always reckoned with.
    private static let leastMissing = 0.02
    /// Rows known by address before they say how often names differ.
    private static let leastIdentified = 20

    init(_ scene: Scene, _ bonds: Bonds) {
        let isCounted = scene.directory.mailboxCount >= ChanceFactor.leastMailboxes
        rates = isCounted ? NamesakeRates(scene) : NamesakeRates()
        let tally = isCounted ? Tally(scene, bonds) : Tally()
        let (homes, departments) = (scene.homes, scene.departments)
        atHome = Self.share(isCounted ? homes.living : 0, of: isCounted ? homes.known : 0, usual: 0.9)
        inDepartment = Self.share(isCounted ? departments.working : 0, of: isCounted ? departments.known : 0, usual: 0.8)
        departmentByChance = isCounted ? departments.shared : 0.1
        namesakeInDepartment = Self.namesake(rates.sameDepartment, inDepartment, departmentByChance)
        let mailboxes = isCounted ? scene.directory.mailboxCount : 0
        unclaimed = Self.share(mailboxes - tally.claimed, of: mailboxes, usual: 0.2)
        stale = Double(tally.doubted + 1) / Double(tally.doubted + tally.identified.all + 20)
        let unnamed = tally.identified.all < Self.leastIdentified ? 0 : Double(tally.identified.unnamed) / Double(tally.identified.all)
        missing = [tally.others, tally.unaddressed].map { rows in
            let share = Self.share(rows.unnamed, of: rows.all, usual: 0.15)
            let none = unnamed < 1 ? max(Self.leastMissing, (share - unnamed) / (1 - unnamed)) : share
            // Where names differ, half of the differences are taken to be the directory's: those of the row hide namesakes as well.
            return none + (1 - none) * unnamed / 2
        }
    }

    /// How likely a namesake at home works in the postoffice's department, when two namesakes work in one as often as `equal`: some are of the
    /// same postoffice, and work in its department as often as anybody there (`own`); the others do by chance.
    private static func namesake(_ equal: Double, _ own: Double, _ byChance: Double) -> Double {
        let both = own * own
        guard both > byChance else { return equal }
        let colleagues = min(1, max(0, (equal - byChance) / (both - byChance)))
        return colleagues * own + (1 - colleagues) * byChance
    }

    /// A share, with what is usual where little is known: `usual` of eight more.
    private static func share(_ count: Int, of all: Int, usual: Double) -> Double { (Double(count) + 8 * usual) / Double(all + 8) }

    /// What a chance depends on besides the facts.
    struct Circumstances {
        /// Whether the departments of the row's people and of the mailbox are known.
        let hasDepartments: Bool
        /// Whether the row's address is known.
        let isAddressKnown: Bool
        /// How much oftener, or seldomer, a namesake's mailbox has, or has not, the row's mailbox name as alias and Directory Name.
        let shortNames: Double

        init(_ bond: Bond, row: Int, _ scene: Scene) {
            hasDepartments = scene.groupDepartments[Int(scene.groups[row])] != nil && scene.departmentKeys[bond.recipient] != 0
            isAddressKnown = scene.list.mailboxes[row] != nil
            shortNames = scene.shortNames.factor(bond, row: row, scene)
        }
    }

    /// The chance, from 0 to 1, that a mailbox is not the row's although these facts hold.
    func chance(_ facts: Facts, _ circumstances: Circumstances) -> Double {
        if facts.has(.explicitMap) { return 0 }
        var product = 1.0
        forEachFactor(facts, circumstances) { product *= $0.value }
        return facts.isDisjoint(with: .identifying) ? product / (1 + product) : product
    }

    /// The numbers that the chance is made of, in their order; none for a row that a map decides.
    @inline(__always)
    func forEachFactor(_ facts: Facts, _ circumstances: Circumstances, _ body: (ChanceFactor) -> Void) {
        if facts.has(.explicitMap) { return }
        let closeness: OtherBearers.Closeness =
            facts.has(.fullName) ? .same : facts.isDisjoint(with: .wholeNames) ? .initial : .alike
        let rarity: Rarity = facts.has(.onlyBearer) ? .onlyBearer : facts.has(.namesake) ? .usual : .rare
        if !facts.isDisjoint(with: .identifying) {
            body(ChanceFactor(.stale, stale))
            return body(ChanceFactor(.agreement, agreementByChance(facts, closeness, rarity)))
        }
        let missing = missing[circumstances.isAddressKnown ? 0 : 1]
        body(ChanceFactor(.withoutMailbox, missing / (1 - missing)))
        body(ChanceFactor(.unclaimed, unclaimed))
        body(ChanceFactor(.namesakes, place(facts, closeness, rarity)))
        if circumstances.hasDepartments {
            let byChance = facts.has(.otherHome) ? departmentByChance : namesakeInDepartment
            body(
                ChanceFactor(.department, facts.has(.homeDepartment) ? byChance / inDepartment : (1 - byChance) / (1 - inDepartment)))
        }
        if circumstances.shortNames != 1 { body(ChanceFactor(.shortNames, circumstances.shortNames)) }
        if facts.has(.middleInitial) { body(ChanceFactor(.middleInitial, Self.middleInitialByChance)) }
        if facts.has(.carriedOver), facts.has(.fullName) { body(ChanceFactor(.carriedOver, Self.carriedOverByChance)) }
        if facts.has(.formerMailboxName) { body(ChanceFactor(.formerName, Self.formerNameByChance)) }
    }

    /// How likely the names beside a stale address agree as well as they do.
    private func agreementByChance(_ facts: Facts, _ closeness: OtherBearers.Closeness, _ rarity: Rarity) -> Double {
        let isNamed = !facts.isDisjoint(with: .wholeNames) || facts.has(.initialAndSurname)
        return isNamed ? min(1, rates.everywhere(closeness, rarity)) / Self.neighbours : Self.indifferentByChance
    }

    /// How many namesakes are to be expected where the mailbox is, for each person who is there.
    private func place(_ facts: Facts, _ closeness: OtherBearers.Closeness, _ rarity: Rarity) -> Double {
        let (everywhere, home) = (rates.everywhere(closeness, rarity), rates.atHome(closeness, rarity))
        if facts.has(.home) { return home / atHome }
        if facts.has(.otherHome) { return max(everywhere - home, everywhere / 10) / (1 - atHome) }
        return everywhere
    }
}

extension Odds {
    /// What the rows show.
    private struct Tally {
        /// Rows known by address or key, and those of them whose mailbox shows none of their names.
        var identified = (all: 0, unnamed: 0)
        /// Rows known by address or key, against which something speaks.
        var doubted = 0
        /// Other rows with a full name for which no entry stands that is no mailbox, and those of them whose name no mailbox has.
        var others = (all: 0, unnamed: 0)
        /// The same of rows whose address is not known.
        var unaddressed = (all: 0, unnamed: 0)
        /// Mailboxes for which a row reaches.
        var claimed = 0

        /// Facts by which an entry that is no mailbox is the row's, so that the row is put to a person anyway.
        private static var othersOwn: Facts { Facts(.migrateAddress, .msAddress, .fullName, .familiarName, .partialName) }

        init() {}

        init(_ scene: Scene, _ bonds: Bonds) {
            var isClaimed = Array(repeating: false, count: scene.recipients.count)
            for row in scene.rows.indices where scene.isOpen(row) && !scene.isAdministrator(row) {
                add(row, scene, bonds, &isClaimed)
            }
            for mailbox in isClaimed.indices where isClaimed[mailbox] { claimed += 1 }
        }

        private mutating func add(_ row: Int, _ scene: Scene, _ bonds: Bonds, _ isClaimed: inout [Bool]) {
            var best: Bond?
            var isNamed = false
            var isHeldByOther = false
            for bond in bonds[row] {
                if scene.isMailbox[bond.recipient] {
                    if bond.strength >= .weak { isClaimed[bond.recipient] = true }
                    if !bond.facts.isDisjoint(with: .wholeNames) { isNamed = true }
                    if best.map({ $0.strength < bond.strength }) ?? true { best = bond }
                } else if !bond.facts.isDisjoint(with: Self.othersOwn) {
                    isHeldByOther = true
                }
            }
            // A row with a surname alone says nothing here.
            guard scene.rowNames[row].readings.places.contains(where: { scene.rowReadings[$0].wholeName != 0 }) else { return }
            if best?.strength == .doubted { doubted += 1 }
            if let best, best.strength == .identified {
                identified.all += 1
                if best.facts.isDisjoint(with: .wholeNames) { identified.unnamed += 1 }
            } else if !isHeldByOther {
                if scene.list.mailboxes[row] == nil { Self.count(&unaddressed, isNamed) } else { Self.count(&others, isNamed) }
            }
        }

        private static func count(_ rows: inout (all: Int, unnamed: Int), _ isNamed: Bool) {
            rows.all += 1
            if !isNamed { rows.unnamed += 1 }
        }
    }
}
