import Parallel
import Records

/// Both sides of a run, normalised and indexed: what candidates and evidence are found in. Never changes once made.
final class Scene: Sendable {
    let rows: [MigrationRow]
    let recipients: [Recipient]
    let settings: ReconcilerSettings
    let rowNames: [RowNames]
    let rowReadings: [NameReading]
    let recipientNames: [RecipientNames]
    let recipientReadings: [NameReading]
    let directory: DirectoryIndex
    let list: RowIndex
    let map: ResolvedMap
    let tree: ContainerTree
    let habits: Habits
    let homes: Homes

    init(rows prepared: PreparedRows, recipients: [Recipient], folded: FoldedRecipients, settings: ReconcilerSettings) {
        rows = prepared.rows
        self.recipients = recipients
        self.settings = settings
        rowNames = prepared.names
        rowReadings = prepared.readings
        list = prepared.list
        recipientNames = folded.names
        recipientReadings = folded.readings
        directory = DirectoryIndex(folded, recipients, postoffices: list.postoffices)
        map = ResolvedMap(settings.map, rows: rows, recipients: recipients, settings: settings)
        tree = ContainerTree(recipients, spellings: folded.containers)
        let mailboxes = recipients.indices.filter { recipients[$0].kind == .mailbox && !recipients[$0].isDeleted }
        habits = Habits(mailboxes: mailboxes, tree: tree) { folded.names[$0].directoryNameForms }
        homes = Homes(Self.knownByAddress(list, directory, recipients), tree: tree, mailboxes: mailboxes)
    }

    /// Whether the row is MS Mail's own ADMIN, which is a role and not a person (MIG55-xmg04022).
    func isAdministrator(_ row: Int) -> Bool { rows[row].mailboxName.equalsWithoutCase("admin") }

    /// Whether short names made after the habit tell people apart here: where one full name in twenty belongs to two, they do not.
    /// A directory of less than 200 mailboxes is too small to count, and small enough to know everybody in.
    var namesTellApart: Bool { directory.mailboxCount < 200 || directory.sharedNames <= 0.05 }

    /// The rows whose address one mailbox has, with that mailbox.
    private static func knownByAddress(
        _ list: RowIndex, _ directory: DirectoryIndex, _ recipients: [Recipient]
    ) -> [(postoffice: Key, recipient: Int)] {
        var known: [(postoffice: Key, recipient: Int)] = []
        for case let mailbox? in list.mailboxes {
            var holder: Int?
            var count = 0
            for recipient in directory.byAddress[mailbox.mailbox] where recipients[Int(recipient)].kind == .mailbox {
                holder = Int(recipient)
                count += 1
            }
            if count == 1, let holder { known.append((mailbox.postoffice, holder)) }
        }
        return known
    }
}
