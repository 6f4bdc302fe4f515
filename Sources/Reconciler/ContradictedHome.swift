public import Records

/// A home that was told for a postoffice, and in which fewer than half of those of its people live whose mailbox is known.
public struct ContradictedHome: Sendable, Equatable {
    /// Whose people.
    public var postoffice: Postoffice
    /// The containers that were told, in their order.
    public var told: [String]
    /// Of how many people the mailbox is known, and how many of them live in what was told.
    public var known, living: Int
    /// The container in which most of them live.
    public var usual: String
    /// How many live there.
    public var inUsual: Int
}

extension Scene {
    /// The homes that were told and that the rows contradict, in the order in which they were told.
    var contradictedHomes: [ContradictedHome] {
        var seen: Set<Postoffice> = []
        return settings.site.homes.map(\.postoffice).filter { seen.insert($0).inserted }.compactMap { postoffice in
            let key = MSMailKey(postoffice: postoffice, name: "").postoffice
            guard let home = homes.home(of: key), home.known >= Homes.leastKnown, let counts = homes.shown[key],
                let usual = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })
            else { return nil }
            let living = homes.places(of: home).reduce(0) { $0 + $1.count }
            guard 2 * living < home.known else { return nil }
            let told = settings.site.homes.filter { $0.postoffice == postoffice }.map(\.container)
            return ContradictedHome(
                postoffice: postoffice, told: told, known: home.known, living: living, usual: tree.names[usual.key], inUsual: usual.value)
        }
    }
}

extension Deliberation {
    /// The homes that were told and that the rows contradict.
    public var contradictedHomes: [ContradictedHome] { scene.contradictedHomes }
}
