import Records

/// A row beside a recipient that it might mean, with what the pieces of evidence ask about them.
struct Pair {
    private let scene: Scene
    /// The row's index.
    let rowIndex: Int
    /// The recipient's index.
    let recipientIndex: Int
    /// The facts found so far.
    private(set) var facts = Facts(rawValue: 0)

    init(_ scene: Scene, row: Int, recipient: Int) {
        self.scene = scene
        rowIndex = row
        recipientIndex = recipient
    }

    /// Looks for every fact in its order. An ADMIN row has no person's names, so only what identifies counts.
    mutating func examine() {
        let isAdministrator = scene.isAdministrator(rowIndex)
        for (fact, piece) in Fact.pieces where !isAdministrator || Facts.identifying.has(fact) {
            if piece.holds(self) { facts.insert(Facts(fact)) }
        }
    }

    /// The facts in words, strongest first.
    func evidence(of facts: Facts) -> [Evidence] {
        facts.isEmpty
            ? []
            : Fact.pieces.compactMap { fact, piece in
                facts.has(fact) ? Evidence(name: piece.name, force: piece.force, text: piece.text(self)) : nil
            }
    }

    // Lent, not copied: a copy of any of these would count references to a dozen texts for every pair.
    /// The row's names, folded.
    var rowNames: RowNames { _read { yield scene.rowNames[rowIndex] } }
    /// The recipient's names, folded.
    var names: RecipientNames { _read { yield scene.recipientNames[recipientIndex] } }
    var row: MigrationRow { _read { yield scene.rows[rowIndex] } }
    var fullName: String { scene.rows[rowIndex].fullName }
    var mailboxName: String { scene.rows[rowIndex].mailboxName }
    var recipient: Recipient { _read { yield scene.recipients[recipientIndex] } }
    var addresses: [MailAddress] { scene.recipients[recipientIndex].addresses }
    var usesUniqueKey: Bool { scene.settings.usesUniqueKey }

    /// The line of the map that names this recipient for this row.
    var mapped: MappedPair? { scene.map.pair(of: rowIndex, recipient: recipientIndex) }
}

extension Pair {
    /// The key of the row's mailbox name, without case.
    var mailboxNameKey: Key { Key(loweredOf: scene.rows[rowIndex].mailboxName.utf8[...]) }

    /// Whether the row's MS Mail address is known, by itself or through its file's postoffice.
    var isPostofficeKnown: Bool { scene.list.mailboxes[rowIndex] != nil }

    /// Whether rows of the run are known to come from this postoffice.
    func isKnownPostoffice(_ postoffice: Key) -> Bool { scene.list.postoffices.contains(postoffice) }

    /// Whether Exchange made up this network and postoffice for itself.
    func isExchangesOwn(_ postoffice: Key) -> Bool { scene.directory.ownPostoffices.contains(postoffice) }

    /// The recipient's address of this type that is the row's MS Mail address; `nil` when it has none.
    func rowsAddress(type: String) -> MailAddress? {
        guard let key = scene.list.mailboxes[rowIndex], scene.directory.byAddress[key.mailbox].contains(Int32(recipientIndex)) else {
            return nil
        }
        return addresses.first { $0.type == type && MSMailKey($0) == key }
    }

    /// Whether the recipient has an MS address that Exchange did not make up, or that is of a row's postoffice.
    var hasOldAddress: Bool { scene.directory.hasOldAddress[recipientIndex] }

    /// Whether a word of one side's names is, or begins, a word of the other side's. Looks at letters only where beginnings agree.
    var namesHaveSomethingInCommon: Bool {
        if names.beginnings == 0 || rowNames.beginnings == 0 { return true }
        guard rowNames.beginnings & names.beginnings != 0 else { return false }
        return sharesWord || NameComparison(self).sharesNames
    }

    /// Whether a word of the row's names is one of the recipient's given names.
    var sharesGivenName: Bool {
        rowNames.readings.contains { own in
            names.readings.contains { $0.givenName.contains { word in !word.isLink && own.words.contains(word) } }
        }
    }

    /// Whether a word of the row's names, links apart, is a word of the recipient's.
    private var sharesWord: Bool {
        for own in rowNames.readings {
            for word in own.words where !word.isLink && names.readings.contains(where: { $0.words.contains(word) }) { return true }
        }
        return false
    }

    /// Whether the entry's name words are the row's, spelled the same.
    var isSpelledAlike: Bool { scene.rows[rowIndex].fullName == scene.recipients[recipientIndex].displayName }
}

extension Pair {
    /// The recipient's containers, from its own to the root.
    var lineage: [Int32] { scene.tree.lineage(of: recipientIndex) }

    /// Where the row's postoffice lives; `nil` when that is not known.
    var home: Homes.Home? { scene.list.mailboxes[rowIndex].flatMap { scene.homes.home(of: $0.postoffice) } }

    /// The DN of the recipient's container.
    var containerText: String { lineage.first.map(containerName) ?? "" }

    /// The DN of a container.
    func containerName(_ container: Int32) -> String { scene.tree.names[Int(container)] }

    /// Whether a short name of the recipient is not made as its container's habit makes them.
    func isExceptional(_ forms: Habits.Forms?) -> Bool { scene.habits.isExceptional(forms, lineage: lineage) }

    /// The display name, or the best that the entry has instead.
    var shownName: String {
        if !recipient.displayName.isEmpty { return recipient.displayName }
        let name = [recipient.givenName, recipient.surname].filter { !$0.isEmpty }.joined(separator: " ")
        return name.isEmpty ? recipient.directoryName : name
    }

    /// The entry's name, with its attribute, that has a reading of this kind.
    func name(where fits: (NameReading) -> Bool) -> String {
        if isSpelledAlike || NameReading.readings(of: recipient.displayName).contains(where: fits) {
            return "display name \(recipient.displayName)"
        }
        if NameReading.readings(given: recipient.givenName, surname: recipient.surname).contains(where: fits) {
            return "given name and surname \(recipient.givenName) \(recipient.surname)"
        }
        return "name \(X400Names.texts(of: recipient).joined(separator: " ")) in the X.400 address"
    }

    /// How many other entries and other rows have the recipient's surname with the same first letter of the given name.
    var namesakes: (recipients: Int, rows: Int) {
        var counts = (recipients: 0, rows: 0)
        names.namesakeKeys { key in
            counts.recipients = max(counts.recipients, scene.directory.byNearName.count(key, apartFrom: recipientIndex))
            counts.rows = max(counts.rows, scene.list.byNearName.count(key, apartFrom: rowIndex))
        }
        return counts
    }
}

extension Pair {
    /// How many other entries and other rows have one of the row's full names as a whole.
    var sameNames: (recipients: Int, rows: Int) {
        var counts = (recipients: 0, rows: 0)
        for reading in rowNames.readings {
            guard let key = reading.wholeNameKey else { continue }
            counts.recipients = max(counts.recipients, scene.directory.byName.count(key, apartFrom: recipientIndex))
            counts.rows = max(counts.rows, scene.list.byName.count(key, apartFrom: rowIndex))
        }
        return counts
    }
}

extension Postings {
    /// How many members other than `own` have this key. Looks through the members only where there are few.
    fileprivate func count(_ key: Key, apartFrom own: Int) -> Int {
        let found = self[key]
        return found.count > 64 ? found.count - 1 : found.reduce(0) { $0 + (Int($1) == own ? 0 : 1) }
    }
}
