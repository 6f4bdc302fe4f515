import Records
import Testing

@testable import Reconciler

@Suite("What the administrator knows of the site")
struct SiteKnowledgeTests {
    private let box = "cn=Test,cn=Recipients,ou=HQ,o=Org"

    private func settings(
        nicknames: [[String]] = [], excluded: [String] = [], homes: [ToldHome] = [], map: [MappedPair] = []
    ) -> ReconcilerSettings {
        ReconcilerSettings(map: map, site: SiteKnowledge(nicknames: nicknames, excluded: excluded, homes: homes))
    }

    // MARK: given names

    @Test(
        "A given name that is told to be another's makes somebody a candidate, and a rival",
        arguments: [["Quirin", "Kürbis"], ["Kürbis", "Quirin", "Zorro"], ["quirin", "KUERBIS"]])
    func nickname(line: [String]) {
        let owner = mailbox("qadler", "Quirin Adler", given: "Quirin", surname: "Adler")
        let asked = row("X1", "Kürbis Adler", commonName: "NEW")
        #expect(!decide(asked, [owner, ursulaKrause]).evidenceNames.contains("familiar-name"))
        let decision = decide(asked, [owner, ursulaKrause], settings: settings(nicknames: [line]))
        #expect(decision.target?.recipient == 0 && decision.evidenceNames.first == "familiar-name")
        #expect(decision.situation == .probable, "a usual form alone decides nothing")
    }

    @Test("The names that the program knows stay known")
    func knownNames() {
        let owner = mailbox("wadler", "William Adler", given: "William", surname: "Adler")
        let decision = decide(row("X1", "Bill Adler", commonName: "NEW"), [owner], settings: settings(nicknames: [["Quirin", "Kai"]]))
        #expect(decision.evidenceNames.first == "familiar-name")
    }

    // MARK: who is nobody

    @Test("A copy that is excluded is no rival, no namesake, and nobody's mailbox", arguments: [true, false])
    func excludedCopy(isWhole: Bool) {
        let copy = mailbox("jsmith4", "Smith, John", given: "John", surname: "Smith", directoryName: "jsmith4t", container: box)
        let excluded = settings(excluded: [isWhole ? box.uppercased() : "CN=jsmith4t, \(box)"])
        #expect(decide(row("JSMITH4", "John Smith"), [plainJohn, copy, ursulaKrause]).situation != .certain)
        let decision = decide(row("JSMITH4", "John Smith"), [plainJohn, copy, ursulaKrause], settings: excluded)
        #expect(decision.situation == .certain && decision.target?.recipient == 0)
        #expect(decision.rivals.isEmpty)
        #expect(!decision.evidenceNames.contains("same-name"))
        #expect(decide(row("JSMITH4", "John Smith", commonName: "NEW"), [copy, ursulaKrause], settings: excluded).situation == .absent)
    }

    @Test("Where nothing fits but somebody excluded has the row's name, the reason says so", arguments: [[], ["a part"]])
    func excludedNamesake(gaps: [String]) {
        let copy = mailbox("jsmith4", "Smith, John", given: "John", surname: "Smith", container: box)
        let decision = decide(row("X1", "John Smith"), [copy, ursulaKrause], settings: settings(excluded: [box]), gaps: gaps)
        #expect(decision.situation == (gaps.isEmpty ? .absent : .unknown))
        #expect(decision.reason.hasSuffix("; but the excluded mailbox Smith, John (\(copy.dn)) has the row's name"), "\(decision.reason)")
        #expect(!decide(row("X1", "Peter Lang"), [copy, ursulaKrause], settings: settings(excluded: [box])).reason.contains("excluded"))
    }

    @Test("The importer sees who is excluded: a row that it would lead there waits for a person")
    func excludedHolder() {
        let copy = mailbox("old", "John Smith", addresses: ["MS:CONTOSO/PO1/JOHNS"], container: box)
        let decision = decide(
            [row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS")], [copy, ursulaKrause], settings: settings(excluded: [box]))[0]
        #expect(decision.situation == .notMailbox)
        #expect(decision.reason.hasPrefix("the excluded mailbox John Smith (cn=old,\(box)) fits: MS address CONTOSO/PO1/JOHNS"))
        let holder = mailbox("old", "John Smith", addresses: ["MS:CONTOSO/PO1/JSMITH4"], container: box)
        let asked = row("JSMITH4", "John Smith", address: "CONTOSO/PO1/JSMITH4")
        var lenient = settings(excluded: [box])
        lenient.maxError = 1
        let held = decide(asked, [holder, plainJohn, ursulaKrause], settings: lenient)
        #expect(held.situation == .probable)
        #expect(held.reason.contains("but the excluded mailbox John Smith (cn=old,\(box)) has the row's address"))
        let trapped = decide(row("X1", "Peter Miller", commonName: "old"), [copy, ursulaKrause], settings: settings(excluded: [box]))
        #expect(trapped.situation == .trap)
    }

    @Test("A map that names somebody excluded is put to a person")
    func excludedAndMapped() {
        let copy = mailbox("old", "John Smith", container: box)
        let decision = decide(
            row("JOHNS", "John Smith"), [copy, ursulaKrause],
            settings: settings(excluded: [box], map: [MappedPair(mailboxName: "JOHNS", recipient: "old", line: 1)]))
        #expect(decision.situation == .notMailbox)
        #expect(decision.reason.contains("the excluded mailbox"))
    }

    @Test("A DN that nothing has excludes nothing, and the same decisions come in any order of entries")
    func idle() {
        let recipients = [plainJohn, ursulaKrause, mailbox("copy", "Smith, John", container: box)]
        let rows = [row("JSMITH4", "John Smith"), row("UKRAUSE", "Ursula Krause")]
        let plain = decide(rows, recipients)
        #expect(decide(rows, recipients, settings: settings(excluded: ["cn=Nobody,o=Org"])) == plain)
        let excluded = decide(rows, recipients, settings: settings(excluded: [box]))
        let turned = decide(rows, recipients.reversed(), settings: settings(excluded: [box]))
        #expect(excluded.map(\.situation) == turned.map(\.situation))
        #expect(
            excluded.map { $0.target.map { recipients[$0.recipient].dn } }
                == turned.map { $0.target.map { recipients[2 - $0.recipient].dn } })
    }

    // MARK: where people live

    @Test("A home that is told counts where no row shows one, and against a mailbox elsewhere")
    func toldHome() throws {
        let berlin = "cn=Recipients,ou=BERLIN,o=Org"
        let there = mailbox("plang", "Peter Lang", given: "Peter", surname: "Lang", container: berlin)
        let sought = row("PLANG2", "Peter Lang", address: "CONTOSO/PO1/PLANG2", commonName: "NEW")
        let told = settings(homes: [
            ToldHome(postoffice: try #require(Postoffice("contoso/po1")), container: "CN=Recipients, OU=berlin,o=Org")
        ])
        #expect(!decide(sought, [there, ursulaKrause]).evidenceNames.contains("home-container"))
        let decision = decide(sought, [there, ursulaKrause], settings: told)
        #expect(decision.evidenceNames.contains("home-container"))
        #expect(decision.reason.contains("the people of the postoffice live in cn=Recipients,ou=BERLIN,o=Org, as told"))
        let elsewhere = mailbox("plang", "Peter Lang", given: "Peter", surname: "Lang", container: "cn=Recipients,ou=ROME,o=Org")
        #expect(
            decide(sought, [elsewhere, mailbox("b", "Berta", container: berlin)], settings: told).evidenceNames.contains("other-container"))
        let others = row("PLANG2", "Peter Lang", address: "CONTOSO/PO2/PLANG2", commonName: "NEW")
        #expect(!decide(others, [there, ursulaKrause], settings: told).evidenceNames.contains("home-container"), "another postoffice")
    }

    @Test("A site is a home with everything below it, and goes before what the rows show")
    func toldSite() throws {
        let known = (0..<6).map {
            mailbox(
                "b\($0)", "Berta \(word($0))", given: "Berta", surname: word($0), addresses: ["MS:CONTOSO/PO1/B\($0)"],
                container: "cn=Recipients,ou=BERLIN,o=Org")
        }
        let rows = (0..<6).map { row("B\($0)", "Berta \(word($0))", address: "CONTOSO/PO1/B\($0)") }
        let rome = mailbox("plang", "Peter Lang", given: "Peter", surname: "Lang", container: "cn=Staff,cn=Recipients,ou=ROME,o=Org")
        let sought = row("PLANG2", "Peter Lang", address: "CONTOSO/PO1/PLANG2", commonName: "NEW")
        let told = settings(homes: [ToldHome(postoffice: try #require(Postoffice("CONTOSO/PO1")), container: "ou=ROME,o=Org")])
        let others = (0..<20).map { mailbox("o\($0)", "Otto \(word($0 + 50))", given: "Otto", surname: word($0 + 50)) }
        #expect(decide(rows + [sought], known + others + [rome])[6].evidenceNames.contains("other-container"))
        #expect(decide(rows + [sought], known + others + [rome], settings: told)[6].evidenceNames.contains("home-container"))
    }
}
