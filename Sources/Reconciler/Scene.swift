import Parallel
import Records

/// Both sides of a run, normalised and indexed: what candidates and evidence are found in. Never changes once made.
final class Scene: Sendable {
    let rows: [MigrationRow]
    let recipients: [Recipient]
    let settings: ReconcilerSettings
    /// Whether each recipient is a mailbox that may be somebody's, and so not excluded: asked so often that it stands by itself.
    let isMailbox: [Bool]
    /// Whether each recipient is excluded; empty where nobody is.
    private let isExcluded: [Bool]
    /// Which given names stand for each other.
    let givenNames: GivenNames
    let rowNames: [RowNames]
    let rowReadings: [NameReading]
    let recipientNames: [RecipientNames]
    let recipientReadings: [NameReading]
    let directory: DirectoryIndex
    let list: RowIndex
    /// For each row its postoffice, or its list, as a place in `groupHomes` and `groupDepartments`.
    let groups: [Int32]
    /// Where the people of each postoffice or list live; `nil` where that is not known.
    let groupHomes: [Homes.Home?]
    /// Where those work; `nil` where that is not known.
    let groupDepartments: [Departments.Department?]
    let map: ResolvedMap
    let tree: ContainerTree
    let habits: Habits
    let homes: Homes
    let departments: Departments
    let numbers: Numbers
    let shortNames: ShortNameRates
    /// The key of each recipient's department; 0 for none.
    let departmentKeys: [Key]
    /// Those who are excluded, by whole name.
    private let excludedNames: Postings

    init(rows prepared: PreparedRows, recipients: [Recipient], folded: consuming FoldedRecipients, settings: ReconcilerSettings) {
        rows = prepared.rows
        self.recipients = recipients
        self.settings = settings
        let isExcluded = folded.isExcluded
        self.isExcluded = isExcluded
        let isMailbox = recipients.indices.map { recipients[$0].kind == .mailbox && (isExcluded.isEmpty || !isExcluded[$0]) }
        self.isMailbox = isMailbox
        givenNames = FoldingRules(settings).givenNames
        rowNames = prepared.names
        rowReadings = prepared.readings
        list = prepared.list
        recipientNames = folded.names
        recipientReadings = folded.readings
        directory = DirectoryIndex(&folded, recipients, postoffices: list.postoffices)
        map = ResolvedMap(settings.map, rows: rows, recipients: recipients, settings: settings)
        tree = ContainerTree(recipients, spellings: folded.containers)
        let mailboxes = recipients.indices.filter { isMailbox[$0] && !recipients[$0].isDeleted }
        habits = Habits(mailboxes: mailboxes, tree: tree) { folded.names[$0].directoryNameForms }
        departmentKeys = folded.departments
        excludedNames = Self.excludedNames(recipients, folded.names, folded.readings, isExcluded)
        let known = Self.knownMailboxes(prepared, directory, isMailbox)
        numbers = Numbers(known, rows: rows, recipients: folded.numbers)
        homes = Homes(known, tree: tree, mailboxes: mailboxes, told: settings.site.homes)
        departments = Departments(known, keys: folded.departments, mailboxes: mailboxes)
        let keys = prepared.groups
        groups = keys.places
        groupHomes = keys.keys.map(homes.home)
        groupDepartments = keys.keys.map(departments.department)
        shortNames = ShortNameRates(
            known, rows: prepared, recipients: recipientNames, groups: (groups, keys.keys.count), habits: habits, tree: tree)
    }

    /// Whether anybody is excluded.
    var hasExclusions: Bool { !isExcluded.isEmpty }

    /// Whether the recipient is excluded.
    func isExcluded(_ recipient: Int) -> Bool { hasExclusions && isExcluded[recipient] }

    /// Somebody who is excluded and has a full name of the row's, or its only word: the first by DN.
    func excludedNamesake(of row: Int) -> Int? {
        var found: [Int] = []
        for place in rowNames[row].readings.places {
            for key in [rowReadings[place].wholeName, rowReadings[place].loneName] where key != 0 {
                found += excludedNames[key].prefix(Candidates.commonest).map(Int.init)
            }
        }
        return firstByName(found)
    }

    private static func excludedNames(
        _ recipients: [Recipient], _ names: [RecipientNames], _ readings: [NameReading], _ isExcluded: [Bool]
    ) -> Postings {
        var pairs: [(key: Key, member: Int32)] = []
        for recipient in isExcluded.indices where isExcluded[recipient] && !recipients[recipient].isDeleted {
            for place in names[recipient].readings.places {
                for key in [readings[place].wholeName, readings[place].loneName] where key != 0 { pairs.append((key, Int32(recipient))) }
            }
        }
        return Postings(pairs)
    }

    /// Whether the recipient is a mailbox to the importer, which knows nothing of exclusions.
    func isMailboxToImporter(_ recipient: Int) -> Bool { recipients[recipient].kind == .mailbox }

    /// Whether the row is MS Mail's own ADMIN, which is a role and not a person (MIG55-xmg04022).
    func isAdministrator(_ row: Int) -> Bool {
        rows[row].mailboxName.utf8.count == 5 && rows[row].mailboxName.equalsWithoutCase("admin")
    }

    /// The mailboxes of rows, as far as they show at first sight: one mailbox has the row's address, or, where nobody has
    /// it, one recipient has its full name, which no other row has.
    private static func knownMailboxes(
        _ rows: PreparedRows, _ directory: DirectoryIndex, _ isMailbox: [Bool]
    ) -> [KnownMailbox] {
        let pieces = Parallel.map(rows.rows.count, inPiecesOf: 4096) { range in
            range.compactMap { row in
                knownMailbox(row, rows, directory, isMailbox).map { KnownMailbox(row: row, group: rows.group(of: row), recipient: $0) }
            }
        }
        return Array(pieces.joined())
    }

    private static func knownMailbox(_ row: Int, _ rows: PreparedRows, _ directory: DirectoryIndex, _ isMailbox: [Bool]) -> Int? {
        var (holder, count) = (0, 0)
        if let mailbox = rows.list.mailboxes[row] {
            for candidate in directory.byAddress[mailbox.mailbox] where isMailbox[Int(candidate)] {
                (holder, count) = (Int(candidate), count + 1)
            }
        }
        if count > 0 { return count == 1 ? holder : nil }
        return onlyNamed(row, rows, directory).flatMap { isMailbox[$0] ? $0 : nil }
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

/// A row whose mailbox shows at first sight.
struct KnownMailbox {
    let row: Int
    /// Whose home the mailbox counts for: the row's postoffice, or its list.
    let group: Key
    let recipient: Int
}
