import Records
import Texts

/// A row beside a recipient that it might mean, with what the pieces of evidence ask about them. A class, since every piece is handed it.
final class Pair {
    private let view: RowView
    /// The recipient's index.
    private(set) var recipientIndex: Int
    /// The recipient's names, folded.
    private(set) var names: RecipientNames
    /// By what the recipient was found.
    let search: Search
    /// False when no address of the recipient is the row's MS Mail address, as far as was looked.
    private var mayHaveRowsAddress = true
    /// How the names are alike that are not the same, once that was looked at.
    private(set) var likeness: NameReading.Likeness?
    /// The facts found so far.
    private(set) var facts = Facts(rawValue: 0)

    /// How a recipient comes beside a row.
    enum Search {
        /// By names, addresses or keys.
        case plain
        /// By names that are the same but for a slip.
        case slip
        /// By a word, when nothing else fits the row.
        case lastLook
    }

    init(_ view: RowView, recipient: Int, search: Search = .plain) {
        self.view = view
        self.search = search
        recipientIndex = recipient
        names = view.scene.recipientNames[recipient]
    }

    /// Whether the recipient's names are the row's but for a slip.
    var isFoundBySlip: Bool { search == .slip }
    /// Whether nothing else fits the row.
    var isLastLook: Bool { search == .lastLook }

    /// Puts another recipient in the place of this one, of which nothing is known then.
    func turn(to recipient: Int) {
        recipientIndex = recipient
        names = view.scene.recipientNames[recipient]
        likeness = nil
        facts = Facts(rawValue: 0)
    }

    /// Looks for every fact in its order. An ADMIN row has no person's names, so only what identifies counts.
    func examine() {
        mayHaveRowsAddress =
            view.mailbox.map { scene.directory.byAddress.contains($0.mailbox, recipientIndex) } ?? false
        let asked = view.isAdministrator ? Facts.identifying : Facts.askedAtOnce
        asked.forEach { fact in
            if fact == .familiarName, !facts.has(.fullName) { likeness = findLikeness() }
            if fact.holds(self) { facts.insert(fact) }
        }
    }

    /// Whether a row of the same postoffice is called nearly the same. Looked for last, and only where it matters.
    var hasNearName: Bool { NearName.holds(self) }

    /// Adds the facts in words, strongest first, and gives the recipient with them.
    func candidate(_ facts: Facts, in decision: inout WordedDecision) -> WordedDecision.Candidate {
        let first = decision.facts.count
        facts.forEach { fact in
            let piece = fact.piece
            let start = decision.text.count
            piece.write(self, to: &decision.text)
            decision.facts.append(WordedDecision.Fact(name: piece.name, force: piece.force, words: start..<decision.text.count))
        }
        return WordedDecision.Candidate(recipient: recipientIndex, facts: first..<decision.facts.count)
    }

    private var scene: Scene { view.scene }

    /// The words of the row's names, links and titles apart.
    var nameWords: [[UInt8]] { view.nameWords }

    /// The row's index.
    var rowIndex: Int { view.index }
    /// The row's names, folded.
    var rowNames: RowNames { view.names }
    // Lent, not copied: a copy of any of these would count references to a dozen texts for every pair.
    var row: MigrationRow { _read { yield scene.rows[view.index] } }
    var fullName: String { scene.rows[view.index].fullName }
    var mailboxName: String { scene.rows[view.index].mailboxName }
    var recipient: Recipient { _read { yield scene.recipients[recipientIndex] } }
    var usesUniqueKey: Bool { scene.settings.usesUniqueKey }

    /// The numbers of both sides, where both have one and numbers tell who somebody is.
    var numbers: (own: Key, theirs: Key)? {
        guard view.number != 0, scene.numbers.ofRecipients[recipientIndex] != 0 else { return nil }
        return (view.number, scene.numbers.ofRecipients[recipientIndex])
    }

    /// How many people who are known otherwise have the number of their mailbox name.
    var peopleWithNumber: Int { scene.numbers.agreeing }

    /// The line of the map that names this recipient for this row.
    var mapped: MappedPair? { scene.map.pair(of: view.index, recipient: recipientIndex) }

    /// Whether a reading of the row's names and one of the recipient's, which share a word, stand so to each other.
    func anyReadings(_ fit: (_ own: NameReading, _ theirs: NameReading) -> Bool) -> Bool {
        guard view.names.beginnings.mayMeet(names.beginnings) else { return false }
        for own in view.names.readings.places {
            for theirs in names.readings.places where fit(scene.rowReadings[own], scene.recipientReadings[theirs]) { return true }
        }
        return false
    }

    /// How a name of the row is like one of the recipient's: by as little as two of them show.
    private func findLikeness() -> NameReading.Likeness? {
        var closest: NameReading.Likeness?
        _ = anyReadings { own, theirs in
            guard let found = own.likeness(to: theirs, by: scene.givenNames) else { return false }
            if closest.map({ found.isCloser(than: $0) }) ?? true { closest = found }
            return false
        }
        return closest
    }

    /// Whether the names are alike but nobody says which word is the surname: what one of them has beside the other may be it.
    var hasUnknownSurname: Bool { likeness.map { $0.isPartial && !$0.isSurnameKnown } ?? false }

    /// Whether a full name of the row is one of the recipient's.
    var hasSameName: Bool {
        guard view.names.beginnings.mayMeet(names.beginnings) else { return false }
        for own in view.names.readings.places {
            let key = scene.rowReadings[own].wholeName
            guard key != 0 else { continue }
            for theirs in names.readings.places
            where scene.recipientReadings[theirs].wholeName == key && scene.rowReadings[own].isSameName(as: scene.recipientReadings[theirs])
            {
                return true
            }
        }
        return false
    }

    /// The middle initials that both have, but for letters that may belong to a surname: those that the entry has there, O (Ó Curraidh), and T beside a
    /// particle (van 't Hof).
    var middleInitials: Letters {
        var shared = view.names.middleInitials.intersection(names.middleInitials).subtracting(names.particles)
        shared.subtract(Letters(letter: UInt8(ascii: "o")))
        if anyReading({ $0.words.contains { $0.isLink } }) { shared.subtract(Letters(letter: UInt8(ascii: "t"))) }
        return shared
    }

    /// Whether another row has the row's mailbox name.
    var isMailboxNameShared: Bool { scene.list.byMailboxName.hasOther(view.mailboxNameKey, than: rowIndex) }

    /// Whether both have a name that is one word and nothing else, and it is the same.
    var hasSameLoneName: Bool {
        anyReading { own in own.loneName != 0 && anyRecipientReading { $0.loneName == own.loneName } }
    }

    /// Whether a word of both, links apart, is in the names of no more entries than this.
    func sharesWordOfFew(_ most: Int) -> Bool {
        anyReadings { own, theirs in
            own.words.contains { word in
                !word.isLink && theirs.words.contains(word) && scene.directory.byWord.count(word.key) <= most
            }
        }
    }

    /// Whether both share a word, links apart, and the row has the first letter of another word of the recipient's.
    var sharesWordAndInitial: Bool {
        anyReadings { own, theirs in
            own.firstInitial != 0
                && own.words.contains { word in
                    !word.isLink && theirs.words.contains(word)
                        && theirs.words.contains { $0 != word && !$0.isLink && $0.initial == own.firstInitial }
                }
        }
    }

    /// Whether a reading of the row's names is so.
    func anyReading(_ fits: (_ own: NameReading) -> Bool) -> Bool {
        for place in view.names.readings.places where fits(scene.rowReadings[place]) { return true }
        return false
    }

    /// Whether a reading of the recipient's names is so.
    func anyRecipientReading(_ fits: (_ theirs: NameReading) -> Bool) -> Bool {
        for place in names.readings.places where fits(scene.recipientReadings[place]) { return true }
        return false
    }
}

extension TextBuffer {
    /// Adds a text of a recipient.
    mutating func add(_ field: Recipient.Field, of recipient: Recipient) { recipient.withBytes(of: field) { add($0) } }
}

extension Pair {
    /// Whether an old MS Mail address of the recipient ends in the row's mailbox name.
    var hasFormerName: Bool { scene.directory.byFormerName.contains(view.mailboxNameKey, recipientIndex) }

    /// The key of the row's mailbox name, without case.
    var mailboxNameKey: Key { view.mailboxNameKey }

    /// Whether the row's MS Mail address is known, by itself or through its file's postoffice.
    var isPostofficeKnown: Bool { view.mailbox != nil }

    /// Whether rows of the run are known to come from this postoffice.
    func isKnownPostoffice(_ postoffice: Key) -> Bool { scene.list.postoffices.contains(postoffice) }

    /// Whether Exchange made up this network and postoffice for itself.
    func isExchangesOwn(_ postoffice: Key) -> Bool { scene.directory.ownPostoffices.contains(postoffice) }

    /// Whether an address of this type is the row's MS Mail address. Asked of bytes: most are not.
    func hasRowsAddress(type: String) -> Bool {
        guard mayHaveRowsAddress, let key = view.mailbox else { return false }
        var isFound = false
        recipient.forEachAddress { ownType, value in
            if !isFound, ownType.isSame(as: type.utf8.span), MSMailKey(type: ownType, value: value) == key { isFound = true }
        }
        return isFound
    }

    /// The recipient's address of this type that is the row's MS Mail address; `nil` when it has none.
    func rowsAddress(type: String) -> MailAddress? {
        guard mayHaveRowsAddress, let key = view.mailbox else { return nil }
        return recipient.firstAddress { $0.isSame(as: type.utf8.span) && MSMailKey(type: $0, value: $1) == key }
    }

    /// Whether the recipient has an MS address that Exchange did not make up, or that is of a row's postoffice.
    var hasOldAddress: Bool { scene.directory.hasOldAddress[recipientIndex] }

    /// Whether a word of one side's names is, or begins, a word of the other side's. Looks at letters only where beginnings agree.
    var namesHaveSomethingInCommon: Bool {
        if names.beginnings.isEmpty || rowNames.beginnings.isEmpty { return true }
        guard rowNames.beginnings.mayMeet(names.beginnings) else { return false }
        return sharesWord || NameComparison(self).sharesNames
    }

    /// Whether a word of the row's names is one of the recipient's given names.
    var sharesGivenName: Bool {
        anyReadings { own, theirs in theirs.givenName.contains { word in !word.isLink && own.words.contains(word) } }
    }

    /// Whether a word of the row's names, links apart, is a word of the recipient's.
    private var sharesWord: Bool {
        anyReadings { own, theirs in own.words.contains { word in !word.isLink && theirs.words.contains(word) } }
    }

    /// Whether the words of the row that are no surname have nothing in common with the entry's given names. False when either has none.
    var givenNamesDiffer: Bool {
        if names.givenBeginnings.isEmpty { return false }
        if !names.givenBeginnings.mayMeet(rowNames.beginnings), hasForeignWord, !fullName.utf8.contains(UInt8(ascii: "(")) { return true }
        return NameComparison(self).givenNamesDiffer
    }

    /// Whether the row has a word, links apart, that is none of the recipient's.
    private var hasForeignWord: Bool {
        anyReading { own in
            own.words.contains { word in !word.isLink && !anyRecipientReading { $0.words.contains(word) } }
        }
    }
}

extension Pair {
    /// Who the row's people are, in words: those of its postoffice, or, where that is unknown, of its list.
    var peopleInWords: StaticString { view.mailbox == nil ? "people of the list" : "people of the postoffice" }

    /// Where the row's postoffice lives; `nil` when that is not known.
    var home: Homes.Home? { view.home }

    /// Where the people of the row's postoffice work; `nil` when that is not known.
    var department: Departments.Department? { view.department }

    /// The key of the recipient's department; 0 for none.
    var recipientDepartment: Key { scene.departmentKeys[recipientIndex] }

    /// The place of the postoffice's home that the recipient stands in or below; `nil` when it stands elsewhere, or no home is known.
    var homePlace: Homes.Place? {
        view.home.flatMap {
            scene.homes.place(of: $0, above: scene.tree.container(of: recipientIndex), in: scene.tree)
        }
    }

    /// The DN of the recipient's container.
    var containerText: String { containerName(scene.tree.container(of: recipientIndex)) }

    /// The DN of a container.
    func containerName(_ container: Int) -> String { scene.tree.names[container] }

    /// Whether a short name of the recipient is not made as its container's habit makes them.
    func isExceptional(_ forms: ShortNameForms?) -> Bool {
        scene.habits.isExceptional(forms, container: scene.tree.container(of: recipientIndex))
    }

    /// The display name, or the best that the entry has instead.
    var shownName: String {
        if !recipient.displayName.isEmpty { return recipient.displayName }
        let name = [recipient.givenName, recipient.surname].filter { !$0.isEmpty }.joined(separator: " ")
        return name.isEmpty ? recipient.directoryName : name
    }

    /// Adds what `shownName` gives.
    func writeShownName(to text: inout TextBuffer) {
        if recipient.isEmpty(.displayName) { text.add(shownName) } else { text.add(.displayName, of: recipient) }
    }

    /// Adds the entry's name that is one of the row's full names, behind the name of its attribute.
    func writeSameName(to text: inout TextBuffer) {
        var sources: NameReading.Sources = []
        for place in names.readings.places where anyReading({ $0.isSameName(as: scene.recipientReadings[place]) }) {
            sources.formUnion(scene.recipientReadings[place].sources)
        }
        if sources.contains(.displayName) {
            text.add("display name ")
            text.add(.displayName, of: recipient)
        } else if sources.contains(.givenNameAndSurname) {
            text.add("given name and surname ", recipient.givenName, " ", recipient.surname)
        } else {
            text.add("name ", X400Names.texts(of: recipient).joined(separator: " "), " in the X.400 address")
        }
    }

    /// How many other entries and other rows have the recipient's surname with the same first letter of the given name.
    var namesakes: (recipients: Int, rows: Int) {
        var counts = (recipients: 0, rows: 0)
        forEachNamesakeKey { key in
            counts.recipients = max(counts.recipients, scene.directory.byNearName.count(key, apartFrom: recipientIndex))
            counts.rows = max(counts.rows, scene.list.byNearName.count(key, apartFrom: rowIndex))
        }
        return counts
    }

    /// Whether there is such an entry or row.
    var hasNamesake: Bool {
        var isFound = false
        forEachNamesakeKey { key in
            isFound =
                isFound || scene.directory.byNearName.hasOther(key, than: recipientIndex)
                || scene.list.byNearName.hasOther(key, than: rowIndex)
        }
        return isFound
    }

    /// The keys by which others of the recipient's surname and the same first letter of the given name are found. Where the entry does not
    /// tell which word is the surname, it is the last.
    private func forEachNamesakeKey(_ body: (Key) -> Void) {
        let isOrderKnown = anyRecipientReading { $0.surnameCount > 0 }
        for place in names.readings.places {
            let reading = scene.recipientReadings[place]
            if isOrderKnown, reading.surnameCount == 0 { continue }
            let surname = isOrderKnown ? reading.surname : reading.words.suffix(1)
            let given = isOrderKnown ? reading.givenName : reading.words.dropLast(1)
            for word in surname where !word.isLink {
                for name in given where !name.isLink { body(NameReading.nearKey(word, name.initial)) }
                if reading.firstInitial != 0, given.isEmpty { body(NameReading.nearKey(word, reading.firstInitial)) }
            }
        }
    }

    /// Whether a word that the row's names and the recipient's share, links apart, is in no other entry's.
    var hasWordOfNobodyElse: Bool {
        anyReadings { own, theirs in
            own.words.contains { word in
                !word.isLink && theirs.words.contains(word) && scene.directory.byWord.count(word.key, apartFrom: recipientIndex) == 0
            }
        }
    }

    /// The first other row of the row's postoffice that has a word of its names, links apart, and whose full name `fits`; `nil` without a known
    /// postoffice. Words that many rows have are passed over.
    func firstRowSharingWord(where fits: (_ fullName: String) -> Bool) -> MigrationRow? {
        guard let postoffice = view.mailbox?.postoffice else { return nil }
        for place in rowNames.readings.places {
            for word in scene.rowReadings[place].words where !word.isLink {
                let rows = scene.list.byWord[postoffice.with(word.key)]
                if rows.count > Candidates.commonest { continue }
                for other in rows where Int(other) != rowIndex && fits(scene.rows[Int(other)].fullName) { return scene.rows[Int(other)] }
            }
        }
        return nil
    }

    /// Whether another entry or another row has one of the row's full names as a whole.
    var isNameShared: Bool {
        anyReading { own in
            own.wholeName != 0
                && (scene.directory.byName.hasOther(own.wholeName, than: recipientIndex)
                    || scene.list.byName.hasOther(own.wholeName, than: rowIndex))
        }
    }

    /// How many other entries and other rows have one of the row's full names as a whole.
    var sameNames: (recipients: Int, rows: Int) {
        var counts = (recipients: 0, rows: 0)
        for place in rowNames.readings.places {
            let key = scene.rowReadings[place].wholeName
            guard key != 0 else { continue }
            counts.recipients = max(counts.recipients, scene.directory.byName.count(key, apartFrom: recipientIndex))
            counts.rows = max(counts.rows, scene.list.byName.count(key, apartFrom: rowIndex))
        }
        return counts
    }
}
