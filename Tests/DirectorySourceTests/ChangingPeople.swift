import Records
import TestSupport

/// People of whom some change in every round, as LDIF: in an ordinary directory (inetOrgPerson) or in Active Directory.
struct ChangingPeople {
    enum Form { case inetOrgPerson, activeDirectory }

    private struct Person {
        var name: String
        var container: String
    }

    let form: Form
    /// Below this entry, which exists, everything is.
    let top: String
    private var generator: SeededGenerator
    private var people: [Person] = []
    private var containers: [String] = []
    private var names = 0

    init(_ form: Form, top: String, seed: UInt64) {
        self.form = form
        self.top = top
        generator = SeededGenerator(seed: seed)
    }

    private mutating func pick<Element>(_ list: [Element]) -> Element {
        guard let one = list.randomElement(using: &generator) else { preconditionFailure("nothing to pick from") }
        return one
    }

    private mutating func newName(_ start: String) -> String {
        names += 1
        return "\(start)\(names)"
    }

    // MARK: - The beginning

    /// The entries to begin with: five containers, one in another, and so many people. With the lines that add them.
    mutating func beginning(_ count: Int) -> String {
        let inner = "ou=Inner,ou=C0,\(top)"
        containers = (0..<4).map { "ou=C\($0),\(top)" } + [inner]
        var ldif = containers.map(container).joined()
        for _ in 0..<count { ldif += add() }
        return ldif
    }

    private func container(_ dn: String) -> String {
        let name = dn.split(separator: ",")[0].dropFirst(3)
        return "dn: \(dn)\nchangetype: add\nobjectClass: organizationalUnit\nou: \(name)\n\n"
    }

    private mutating func add() -> String {
        let person = Person(name: newName("p"), container: pick(containers))
        people.append(person)
        let head = "dn: \(dn(person))\nchangetype: add\ncn: \(person.name)\nsn: Begin\ndisplayName: \(person.name) Begin\n"
        switch form {
        case .inetOrgPerson: return head + "objectClass: inetOrgPerson\nuid: \(person.name)\nmail: \(person.name)@x\n\n"
        case .activeDirectory:
            return head
                + "objectClass: user\nsAMAccountName: \(person.name)\nmailNickname: \(person.name)\nproxyAddresses: SMTP:\(person.name)@x\n\n"
        }
    }

    private var outside: String { String(top.drop { $0 != "," }.dropFirst()) }

    private func dn(_ person: Person) -> String { "cn=\(person.name),\(person.container)" }

    // MARK: - Changes

    /// So many changes of all kinds, and at the end what happens to containers: one is renamed, one moved, in turn with none.
    mutating func round(_ number: Int, changes: Int) -> String {
        var ldif = ""
        for _ in 0..<changes {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0, 1: ldif += add()
            case 2: ldif += delete()
            case 3: ldif += rename()
            case 4: ldif += move()
            case 5: ldif += replace("description", pick(["out", "in"]))
            case 6: ldif += replace(form == .inetOrgPerson ? "employeeType" : "msExchHideFromAddressLists", pick(["TRUE", "FALSE"]))
            case 7: ldif += replace(form == .inetOrgPerson ? "uid" : "mailNickname", newName("alias"))
            case 8:
                ldif +=
                    form == .inetOrgPerson ? replace("mail", newName("m") + "@x") : replace("proxyAddresses", "SMTP:" + newName("m") + "@x")
            default: ldif += replace("sn", newName("Sn"))
            }
        }
        switch number % 3 {
        case 1: ldif += renameContainer(1, to: newName("Renamed"))
        case 2: ldif += moveContainer(4, below: number % 2 == 0 ? containers[2] : containers[1])
        // Out of what is read, with all that is in it, and the next time back.
        case 0 where number > 0: ldif += moveContainer(3, below: containers[3].hasSuffix(top) ? outside : top)
        default: break
        }
        return ldif
    }

    private mutating func replace(_ attribute: String, _ value: String) -> String {
        "dn: \(dn(pick(people)))\nchangetype: modify\nreplace: \(attribute)\n\(attribute): \(value)\n\n"
    }

    private mutating func delete() -> String {
        let place = Int.random(in: 0..<people.count, using: &generator)
        return "dn: \(dn(people.remove(at: place)))\nchangetype: delete\n\n"
    }

    private mutating func rename() -> String {
        let place = Int.random(in: 0..<people.count, using: &generator)
        let old = dn(people[place])
        people[place].name = newName("r")
        return "dn: \(old)\nchangetype: modrdn\nnewrdn: cn=\(people[place].name)\ndeleteoldrdn: 1\n\n"
    }

    private mutating func move() -> String {
        let place = Int.random(in: 0..<people.count, using: &generator)
        let old = dn(people[place])
        people[place].container = pick(containers)
        return
            "dn: \(old)\nchangetype: modrdn\nnewrdn: cn=\(people[place].name)\ndeleteoldrdn: 1\nnewsuperior: \(people[place].container)\n\n"
    }

    private mutating func renameContainer(_ place: Int, to name: String) -> String {
        let old = containers[place]
        containers[place] = "ou=\(name),\(top)"
        follow(old, to: containers[place])
        return "dn: \(old)\nchangetype: modrdn\nnewrdn: ou=\(name)\ndeleteoldrdn: 1\n\n"
    }

    private mutating func moveContainer(_ place: Int, below parent: String) -> String {
        let old = containers[place]
        let name = old.prefix { $0 != "," }
        containers[place] = "\(name),\(parent)"
        if old == containers[place] { return "" }
        follow(old, to: containers[place])
        return "dn: \(old)\nchangetype: modrdn\nnewrdn: \(name)\ndeleteoldrdn: 1\nnewsuperior: \(parent)\n\n"
    }

    private mutating func follow(_ old: String, to new: String) {
        for place in people.indices where people[place].container == old { people[place].container = new }
        for place in containers.indices where containers[place].hasSuffix("," + old) {
            let before = containers[place]
            containers[place] = before.dropLast(old.count) + new
            for person in people.indices where people[person].container == before { people[person].container = containers[place] }
        }
    }
}
