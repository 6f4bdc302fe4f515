import Records
import Texts

/// A row beside a recipient that it might mean, with what the pieces of evidence ask about them. A class, since every piece is handed it.
final class Pair {
    let view: RowView
    /// The recipient's index.
    private(set) var recipientIndex: Int
    /// The recipient's names, folded.
    private(set) var names: RecipientNames
    /// By what the recipient was found.
    let search: Search
    /// False when no address of the recipient is the row's MS Mail address, as far as was looked.
    private(set) var mayHaveRowsAddress = true
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

    var scene: Scene { view.scene }

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
