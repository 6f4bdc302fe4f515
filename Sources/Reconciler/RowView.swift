import Records

/// A row with what all its pairs ask about it, looked up once.
struct RowView {
    let scene: Scene
    /// The row's index.
    let index: Int
    /// The row's names, folded.
    let names: RowNames
    /// The row's MS Mail address; `nil` when its postoffice is unknown.
    let mailbox: MSMailKey?
    /// Where the row's postoffice lives; `nil` when that is not known.
    let home: Homes.Home?
    /// Where the people of the row's postoffice work; `nil` when that is not known.
    let department: Departments.Department?
    /// Whether the row is MS Mail's own ADMIN.
    let isAdministrator: Bool

    init(_ scene: Scene, row: Int) {
        self.scene = scene
        index = row
        names = scene.rowNames[row]
        mailbox = scene.list.mailboxes[row]
        home = mailbox.flatMap { scene.homes.home(of: $0.postoffice) }
        department = mailbox.flatMap { scene.departments.department(of: $0.postoffice) }
        isAdministrator = scene.isAdministrator(row)
    }

    /// The key of the row's mailbox name, without case.
    var mailboxNameKey: Key { Key(loweredOf: scene.rows[index].mailboxName.utf8[...]) }
}
