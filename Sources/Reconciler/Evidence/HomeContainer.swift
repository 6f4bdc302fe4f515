import Records

/// The mailbox stands where the people of the row's postoffice live, as the rows known by address show. Supports; never decides.
enum HomeContainer: Piece {
    static let name = "home-container"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        pair.home.map { home in pair.lineage.contains { home.containers.contains($0) } } ?? false
    }

    static func text(_ pair: Pair) -> String {
        guard let home = pair.home, let container = pair.lineage.first(where: { home.containers.contains($0) }) else { return "" }
        return
            "\(home.counts[container] ?? 0) of \(home.known) people of the postoffice known by address live in \(pair.containerName(container))"
    }
}
