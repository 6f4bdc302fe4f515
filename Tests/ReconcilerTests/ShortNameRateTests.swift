import Records
import Testing

@testable import Reconciler

/// What an alias that is the mailbox name shows depends on how names are made on both sides.
@Suite("What a short name shows is counted")
struct ShortNameRateTests {
    private static let surnames = ["Adler", "Berger", "Conrad", "Decker", "Ebert", "Falk", "Gruber", "Huber", "Iser", "Jansen"]
    private static let givens = ["Anna", "Bernd", "Clara", "Dieter"]

    /// Forty people known by address, whose mailbox names are first letter and surname; of these, `kept` have them as alias and Directory Name.
    private static func people(kept: Int) -> (rows: [MigrationRow], recipients: [Recipient]) {
        var (rows, recipients): ([MigrationRow], [Recipient]) = ([], [])
        for surname in surnames {
            for given in givens {
                let name = given.prefix(1) + surname
                let alias = rows.count < kept ? String(name) : "\(given).\(surname)"
                rows.append(row(name.uppercased(), "\(given) \(surname)", address: "CONTOSO/PO1/\(name)", number: rows.count + 1))
                recipients.append(
                    mailbox(alias, "\(given) \(surname)", given: given, surname: surname, addresses: ["MS:CONTOSO/PO1/\(name)"]))
            }
        }
        return (rows, recipients)
    }

    /// The factor of short names for somebody of this mailbox name, whose mailbox has this alias; 1 where it is not told.
    private func factor(_ mailboxName: String, alias: String, kept: Int) throws -> Double {
        let (rows, recipients) = Self.people(kept: kept)
        let one = row(mailboxName, "Karla Lorenz", address: "CONTOSO/PO1/\(mailboxName)", number: rows.count + 1)
        let decisions = decide(rows + [one], recipients + [mailbox(alias, "Karla Lorenz", given: "Karla", surname: "Lorenz")])
        let decision = try #require(decisions.last)
        #expect(decision.target?.recipient == recipients.count)
        return decision.factors.first { $0.name == .shortNames }?.value ?? 1
    }

    @Test("Nothing where the place makes everybody's so")
    func habit() throws {
        #expect(try factor("KLORENZ", alias: "KLorenz", kept: 40) > 0.8)
    }

    @Test("The more the fewer namesakes would have the same: a number, or a name made otherwise")
    func exception() throws {
        #expect(try factor("KLORENZ4", alias: "KLorenz4", kept: 40) < 0.2)
        #expect(try factor("KALO", alias: "KALO", kept: 20) < 0.1)
        #expect(try factor("KALO", alias: "KALO", kept: 20) < factor("KALO", alias: "KALO", kept: 5))
    }

    @Test("Nothing either where the place makes them in a way of its own")
    func unknownHabit() throws {
        var (rows, recipients) = Self.people(kept: 0)
        for index in rows.indices {
            let person = recipients[index]
            let name = person.surname.prefix(4) + person.givenName.prefix(2)
            rows[index].mailboxName = name.uppercased()
            recipients[index] = mailbox(
                String(name), person.displayName, given: person.givenName, surname: person.surname,
                addresses: ["MS:CONTOSO/PO1/\(name)"])
            rows[index].addresses = [MailAddress(type: "MIGRATE", value: "MS:CONTOSO/PO1/\(name)")]
        }
        let one = row("LOREKA", "Karla Lorenz", address: "CONTOSO/PO1/LOREKA", number: rows.count + 1)
        let decisions = decide(rows + [one], recipients + [mailbox("LoreKa", "Karla Lorenz", given: "Karla", surname: "Lorenz")])
        #expect(decisions.last?.factors.first { $0.name == .shortNames }?.value ?? 1 > 0.8, "\(decisions.last?.factors ?? [])")
    }

    @Test("Another short name speaks against where people kept theirs, and where nobody did it says nothing")
    func otherName() throws {
        #expect(try factor("KALO", alias: "Karla.Lorenz", kept: 36) > 1)
        #expect(try factor("KALO", alias: "Karla.Lorenz", kept: 0) == 1)
    }
}
