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
    let departments: Departments
    /// The key of each recipient's department; 0 for none.
    let departmentKeys: [Key]

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
        departmentKeys = folded.departments
        let known = Self.knownMailboxes(prepared, directory, recipients)
        homes = Homes(known, tree: tree, mailboxes: mailboxes)
        departments = Departments(known, keys: folded.departments, mailboxes: mailboxes)
    }

    /// Whether the row is MS Mail's own ADMIN, which is a role and not a person (MIG55-xmg04022).
    func isAdministrator(_ row: Int) -> Bool { rows[row].mailboxName.equalsWithoutCase("admin") }

    /// Whether short names made after the habit tell people apart here: where one full name in twenty belongs to two, they do not.
    /// A directory of less than 200 mailboxes is too small to count, and small enough to know everybody in.
    var namesTellApart: Bool { directory.mailboxCount < 200 || directory.sharedNames <= 0.05 }

    /// The mailboxes of rows whose postoffice is known, as far as they show at first sight: one mailbox has the row's address, or, where nobody has
    /// it, one recipient has its full name, which no other row has.
    private static func knownMailboxes(
        _ rows: PreparedRows, _ directory: DirectoryIndex, _ recipients: [Recipient]
    ) -> [(postoffice: Key, recipient: Int)] {
        var known: [(postoffice: Key, recipient: Int)] = []
        for row in rows.rows.indices {
            guard let mailbox = rows.list.mailboxes[row] else { continue }
            let holders = directory.byAddress[mailbox.mailbox].filter { recipients[Int($0)].kind == .mailbox }
            if holders.count == 1 {
                known.append((mailbox.postoffice, Int(holders[0])))
            } else if holders.isEmpty, let recipient = onlyNamed(row, rows, directory), recipients[recipient].kind == .mailbox {
                known.append((mailbox.postoffice, recipient))
            }
        }
        return known
    }

    /// The only recipient with a full name of the row's, where no other row has that; `nil` where there is none.
    private static func onlyNamed(_ row: Int, _ rows: PreparedRows, _ directory: DirectoryIndex) -> Int? {
        for place in rows.names[row].readings.places {
            let name = rows.readings[place].wholeName
            guard name != 0, rows.list.byName.count(name) == 1 else { continue }
            let named = directory.byName[name]
            if named.count == 1, let recipient = named.first { return Int(recipient) }
        }
        return nil
    }
}
