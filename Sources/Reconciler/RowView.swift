import Records

/// A row with what all its pairs ask about it, looked up once. A class: a copy for each pair would count references to the scene, which all
/// threads share.
final class RowView {
    let scene: Scene
    /// The row's index.
    let index: Int
    /// The row's names, folded.
    let names: RowNames
    /// The row's MS Mail address; `nil` when its postoffice is unknown.
    let mailbox: MSMailKey?
    /// Where the people of the row's postoffice, or of its list, live; `nil` when that is not known.
    let home: Homes.Home?
    /// Where those work; `nil` when that is not known.
    let department: Departments.Department?
    /// The number that the mailbox name is, where numbers tell who somebody is; 0 for none.
    let number: Key
    /// Whether the row is MS Mail's own ADMIN.
    let isAdministrator: Bool
    /// The words of the row's names, links and titles apart, for the pairs whose letters are looked at.
    private(set) lazy var nameWords: [[UInt8]] = {
        let row = scene.rows[index]
        return NameComparison.words(of: [row.fullName, row.givenName, row.surname, row.displayName])
    }()

    init(_ scene: Scene, row: Int) {
        self.scene = scene
        index = row
        names = scene.rowNames[row]
        mailbox = scene.list.mailboxes[row]
        home = scene.groupHomes[Int(scene.groups[row])]
        department = scene.groupDepartments[Int(scene.groups[row])]
        number = scene.numbers.areKeys ? Numbers.number(scene.rows[row].mailboxName.utf8.span) : 0
        isAdministrator = scene.isAdministrator(row)
    }

    /// The key of the row's mailbox name, without case.
    var mailboxNameKey: Key { Key(loweredOf: scene.rows[index].mailboxName.utf8[...]) }
}
