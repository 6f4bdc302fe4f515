import Records
import Testing

@testable import Reconciler

@Suite("Habits that were found")
struct HabitSurveyTests {
    private static let surnames = ["Adler", "Berger", "Conrad", "Decker", "Ebert", "Falk", "Gruber", "Huber", "Iser", "Jansen"]
    private static let givens = ["Anna", "Bernd", "Clara", "Dieter"]

    /// Forty people of one postoffice: mailbox names are surname and first letter, Directory Names first letter and surname.
    private static func people() -> (rows: [MigrationRow], recipients: [Recipient]) {
        var (rows, recipients): ([MigrationRow], [Recipient]) = ([], [])
        for surname in surnames {
            for given in givens {
                let name = surname + given.prefix(1)
                rows.append(row(name.uppercased(), "\(surname), \(given)", address: "CONTOSO/PO1/\(name)", number: rows.count + 1))
                recipients.append(
                    mailbox(
                        given.prefix(1) + surname, "\(given) \(surname)", given: given, surname: surname,
                        addresses: ["MS:CONTOSO/PO1/\(name)"],
                        container: "cn=Recipients,ou=\(surnames.firstIndex(of: surname) ?? 0 < 8 ? "BERLIN" : "BONN"),o=Org",
                        department: given == "Anna" ? "Sales" : "Stores"))
            }
        }
        // Half of the directory lives elsewhere.
        for number in 0..<45 {
            recipients.append(mailbox("m\(number)", "Other Person\(number)", container: "cn=Recipients,ou=ROME,o=Org", department: "Legal"))
        }
        return (rows, recipients)
    }

    @Test("are the forms of names, homes and departments, with how often they hold")
    func found() throws {
        let (rows, recipients) = Self.people()
        let habits = Reconciler().habits(rows: rows, snapshot: snapshot(recipients))
        #expect(habits.containers.map(\.dn) == ["cn=Recipients,ou=BERLIN,o=Org"])
        #expect(habits.containers.first?.forms == [FoundHabits.Form(form: "jsmith (first letter, surname)", count: 32, of: 32)])
        let postoffice = try #require(habits.postoffices.first)
        #expect(habits.postoffices.count == 1 && postoffice.name == "CONTOSO/PO1" && postoffice.rows == 40)
        #expect(postoffice.forms == [FoundHabits.Form(form: "smithj (surname, first letter)", count: 40, of: 40)])
        #expect(postoffice.kept == FoundHabits.Share(count: 0, of: 40))
        #expect(postoffice.home == FoundHabits.Place(name: "cn=Recipients,ou=BERLIN,o=Org", count: 32, of: 40))
        #expect(postoffice.department == FoundHabits.Place(name: "Stores", count: 30, of: 40))
    }

    @Test("are found where full names have the surname first without a comma", arguments: [false, true])
    func surnameFirst(isCut: Bool) throws {
        var (rows, recipients) = Self.people()
        for index in rows.indices {
            let name = rows[index].fullName.split(separator: ", ")
            let surname = isCut ? name[0] + "weilerhausen" : name[0]
            rows[index].fullName = "\(surname) \(name[1])"
            rows[index].mailboxName = (surname.prefix(9) + name[1].prefix(1)).uppercased()
        }
        let habits = Reconciler().habits(rows: rows, snapshot: snapshot(recipients))
        #expect(habits.postoffices.first?.forms == [FoundHabits.Form(form: "smithj (surname, first letter)", count: 40, of: 40)])
        recipients.removeAll()
        #expect(Reconciler().habits(rows: rows, snapshot: snapshot(recipients)).postoffices.first?.kept == nil)
    }

    @Test("have aliases that are made otherwise, initials and numbers", arguments: [true, false])
    func otherForms(areNumbers: Bool) throws {
        var (rows, recipients) = Self.people()
        for index in rows.indices {
            let name = rows[index].fullName.split(separator: ", ")
            rows[index].mailboxName = areNumbers ? "E\(104_000 + index)" : "\(name[1].prefix(1))X\(name[0].prefix(1))\(index)"
            let old = recipients[index]
            recipients[index] = mailbox(
                old.givenName + old.surname, old.displayName, given: old.givenName, surname: old.surname,
                directoryName: old.directoryName, container: "cn=Recipients,ou=BERLIN,o=Org")
        }
        let habits = Reconciler().habits(rows: rows, snapshot: snapshot(recipients))
        let container = try #require(habits.containers.first)
        #expect(container.forms.map(\.form) == ["jsmith (first letter, surname)"])
        #expect(container.aliases == [FoundHabits.Form(form: "johnsmith (given name, surname)", count: 40, of: 40)])
        let form = areNumbers ? "e104711 (a number)" : "jqs (initials)"
        #expect(habits.postoffices.first?.forms == [FoundHabits.Form(form: form, count: 40, of: 40)])
    }

    @Test("are not said of few")
    func few() {
        let (rows, recipients) = Self.people()
        let habits = Reconciler().habits(rows: Array(rows.prefix(4)), snapshot: snapshot(Array(recipients.prefix(20))))
        #expect(habits.containers.isEmpty)
        #expect(habits.postoffices.allSatisfy { $0.forms.isEmpty && $0.home == nil && $0.department == nil })
    }
}
