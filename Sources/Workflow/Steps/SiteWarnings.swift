internal import MigrationFile
internal import Reconciler
internal import Records

/// What was told of the site and comes to nothing, or to more than can be meant: remarks for whoever told it. They change no decision and no
/// status.
struct SiteWarnings {
    let settings: Settings
    /// How many lines the file of nicknames and the map hold; `nil` where they were not read.
    var nicknames: Int?
    var pairs: Int?
    let inputs: [MigrationInput]
    /// Everybody who was read; `nil` where no directory was.
    let recipients: [Recipient]?

    /// Those that need no decisions, each a sentence.
    var texts: [String] { [emptyNicknames, emptyMap, emptyServer].compactMap { $0 } + homes + keys }

    /// Containers and entries that were told and that nothing stands in: for `check`, which decides nothing.
    var missingPlaces: [String] {
        guard let recipients, !settings.site.homes.isEmpty || !settings.site.excluded.isEmpty else { return [] }
        func isMissing(_ dn: String, orIsEntry: Bool) -> Bool {
            let place = DistinguishedName(dn)
            return !recipients.contains { recipient in
                let own = DistinguishedName(recipient.dn)
                return own.isWithin(place) && (orIsEntry || own.normalized != place.normalized)
            }
        }
        return settings.site.homes.map(\.container).filter { isMissing($0, orIsEntry: false) }.map(Self.missingHome)
            + settings.site.excluded.filter { isMissing($0, orIsEntry: true) }.map(Self.missingExclusion)
    }

    /// A home server that no mailbox has.
    private var emptyServer: String? {
        guard let server = settings.homeServer, let recipients else { return nil }
        let mailboxes = recipients.lazy.filter { $0.kind == .mailbox && !$0.isDeleted }
        if mailboxes.contains(where: { server.equalsWithoutCase($0.homeServer) }) { return nil }
        let others = Set(mailboxes.map(\.homeServer)).filter { !$0.isEmpty }.sorted()
        let more = others.count > 5 ? " and \(others.count - 5) more" : ""
        let shown = others.isEmpty ? "None shows a home server" : "They are on \(others.prefix(5).joined(separator: ", "))\(more)"
        return
            "Warning: no mailbox that was read is on the server '\(server)' (--home-server), so every mailbox is taken for elsewhere. \(shown)."
    }

    /// Homes that were told and in which hardly anybody lives.
    static func contradicted(_ homes: [ContradictedHome]) -> [String] {
        homes.map { home in
            let told = home.told.map { "'\($0)'" }.joined(separator: ", ")
            return
                "Warning: of \(home.known) people of \(home.postoffice) whose mailbox is known, \(home.living) \(home.living == 1 ? "lives" : "live") in the home that was told, \(told) (--home), and \(home.inUsual) in '\(home.usual)'. Is it the right container?"
        }
    }

    static func missingHome(_ container: String) -> String {
        missingContainer(container, .home, "it is nobody's home")
    }

    static func missingContainer(_ container: String, _ key: SettingKey, _ consequence: String) -> String {
        "Warning: no entry that was read stands in the container '\(container)' (--\(key.rawValue)), so \(consequence). Is it spelled as in the directory? 'check' lists the containers."
    }

    static func missingExclusion(_ dn: String) -> String {
        "Warning: no entry that was read is '\(dn)' (--exclude) or stands below it, so nothing is excluded by it. Is it spelled as in the directory? 'check' lists the containers."
    }

    private var emptyNicknames: String? {
        guard let path = settings.site.nicknames, nicknames == 0 else { return nil }
        return "Warning: the file of nicknames '\(path)' (--nicknames) holds no names, so nothing comes of it. Is it the right file?"
    }

    private var emptyMap: String? {
        guard let path = settings.map, pairs == 0 else { return nil }
        return "Warning: the map '\(path)' (--map) holds no pair, so nothing comes of it. Is it the right file?"
    }

    /// Homes of postoffices that no row is from.
    private var homes: [String] {
        guard !inputs.isEmpty else { return [] }
        let known = inputs.reduce(into: Set<Postoffice>()) { known, input in
            known.formUnion(input.file.postoffices)
            if let told = input.postoffice(settings) { known.insert(told) }
        }
        let shown = known.map(\.description).sorted().prefix(5).joined(separator: ", ")
        let others = known.isEmpty ? "No row names any" : "The rows name \(shown)\(known.count > 5 ? " and \(known.count - 5) more" : "")"
        var idle: [String] = []
        for home in settings.site.homes where !known.contains(home.postoffice) && !idle.contains(home.postoffice.description) {
            idle.append(home.postoffice.description)
        }
        return idle.map { "Warning: no row is from the postoffice \($0) (--home), so nothing comes of it. \(others)." }
    }

    /// A unique key that one side does not have.
    private var keys: [String] {
        guard let column = settings.keyColumn, let attribute = settings.keyAttribute else { return [] }
        var texts = inputs.filter { input in !input.file.rows.isEmpty && input.file.rows.allSatisfy(\.key.isEmpty) }.map { input in
            settings.keyPattern.map {
                "Warning: the key pattern \($0) (--key-pattern) fits in no cell of the column '\(column)' of \(input.path), so no row has a key."
            } ?? "Warning: the column '\(column)' (--key-column) of \(input.path) is empty, so no row has a key."
        }
        if let recipients, !recipients.contains(where: { !$0.withBytes(of: .key) { $0.isEmpty } }) {
            texts.append(
                "Warning: no entry that was read shows a value of '\(attribute)' (--key-attribute), so no key decides. Is it spelled as in the directory, and may the account see it?"
            )
        }
        return texts
    }
}

extension Deliberation {
    /// The remarks on what was told that the decisions show.
    func warnings(_ settings: Settings) -> [String] {
        containers(settings) + SiteWarnings.contradicted(contradictedHomes) + [exclusion, idleMap(settings)].compactMap { $0 }
    }

    /// What to say where nothing that was read stands in a container that was named, or below it.
    private func containers(_ settings: Settings) -> [String] {
        let names = Set(containerNames.map { DistinguishedName($0).normalized })
        func isMissing(_ container: String) -> Bool { !names.contains(DistinguishedName(container).normalized) }
        var warnings: [String] = []
        if let container = settings.container, isMissing(container) {
            warnings.append(SiteWarnings.missingContainer(container, .container, "every mailbox is taken for elsewhere"))
        }
        for home in settings.site.homes where isMissing(home.container) {
            warnings.append(SiteWarnings.missingHome(home.container))
        }
        for dn in settings.site.excluded where isMissing(dn) && !hasRecipient(dn) {
            warnings.append(SiteWarnings.missingExclusion(dn))
        }
        return warnings
    }

    /// Half of the mailboxes are no copies for a test.
    private var exclusion: String? {
        let (all, excluded) = mailboxCounts
        guard excluded * 2 > all else { return nil }
        let rest = all == excluded ? "none is left, so no row can have one" : "\(all - excluded) of them can be somebody's"
        return "Warning: \(excluded) of \(all) mailboxes are excluded (--exclude): \(rest). Is the container the right one?"
    }

    private func idleMap(_ settings: Settings) -> String? {
        let idle = idleMapLines
        guard let path = settings.map, let first = idle.first else { return nil }
        let more = idle.count > 1 ? " and \(idle.count - 1) more like it" : ""
        let name = first.postoffice.map { "\($0)/\(first.mailboxName)" } ?? first.mailboxName
        return
            "Warning: no row has the mailbox name '\(name)' of \(path):\(first.line) (--map)\(more), so nothing comes of it. Is it spelled as in the file?"
    }

    /// Refuses a map of which two lines cannot both be right: which of them is, a person has to say.
    func refuseContradiction(_ settings: Settings) throws(Failure) {
        guard let path = settings.map, let found = mapContradiction else { return }
        let what =
            switch found.subject {
            case .row: "they give \(found.first.mailboxName) two mailboxes, '\(found.first.recipient)' and '\(found.second.recipient)'"
            case .recipient(let recipient):
                "they give one mailbox, \(dn(of: recipient)), to two rows, \(found.first.mailboxName) and \(found.second.mailboxName)"
            }
        throw Failure(
            .badData,
            "\(path):\(found.first.line) and \(path):\(found.second.line) contradict each other: \(what). Nothing was written; take one of the lines out."
        )
    }
}
