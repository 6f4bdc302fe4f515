import Records

/// Where the row's people live and work, and where the recipient does.
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
}
