import Records
import Texts

/// The mailbox's person works in the department in which most people of the row's postoffice, or of its list, work. Supports; never decides alone.
enum HomeDepartment: Piece {
    static let name = "home-department"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        pair.department.map { $0.key == pair.recipientDepartment } ?? false
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        guard let department = pair.department else { return }
        text.add(department.count)
        text.add(" of ")
        text.add(department.known)
        text.add(" \(pair.peopleInWords) whose department is known work in ")
        text.add(.department, of: pair.recipient)
    }
}
