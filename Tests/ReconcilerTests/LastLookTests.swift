import Records
import Testing

@testable import Reconciler

@Suite("The last look before somebody is said to have no mailbox")
struct LastLookTests {
    @Test(
        "A name of one word, or letter, is somebody's to look at", arguments: ["山田太郎", "Suharto", "Reception", "A", "X"])
    func loneNames(name: String) {
        let decision = decide(row("QZX", name), [mailbox("kwv", name), ursulaKrause])
        #expect(decision.situation == .probable && decision.evidenceNames == ["shared-word"], "\(decision)")
        #expect(decide(row("QZX", name), [mailbox("kwv", name + "q"), ursulaKrause]).situation == .absent)
        let several = decide(row("QZX", name), [mailbox("kwv", name), mailbox("kww", name), ursulaKrause])
        #expect(several.situation == .ambiguous && several.rivals.count == 2)
        let crowd = decide(row("QZX", name), (0..<50).map { mailbox("kwv\($0)", name) })
        #expect(crowd.situation == .ambiguous && crowd.reason.hasPrefix("50 recipients have this name"), "\(crowd)")
    }

    @Test(
        "Before anybody is said to have no mailbox, an uncommon word of the name is looked for",
        arguments: [
            ("Twiggenham, Petronella", "Petronella", "Halvorsdatter"), ("Köstermangerth Annelie", "Catharina", "Köstermangerth"),
            ("M. Thorvaldsby - Contractor", "Magnus", "Thorvaldsby"),
        ])
    func lastLook(name: String, given: String, surname: String) {
        let (rows, recipients) = livingIn("cn=Sales,ou=HQ,o=Org")
        let own = mailbox("kwv", "\(given) \(surname)", given: given, surname: surname, container: "cn=Sales,ou=HQ,o=Org")
        let sought = row("QZX", name, address: "CONTOSO/PO1/QZX")
        let found = decide(rows + [sought], recipients + [own]).last
        #expect(found?.situation == .probable && found?.target?.recipient == recipients.count, "\(String(describing: found))")
        #expect(found?.evidenceNames.contains("shared-word") ?? false)
        // Who is somebody's already, lives elsewhere under another given name, or has a common name is not.
        let claimed = row("KWV", "\(given) \(surname)", address: "CONTOSO/PO1/KWV")
        #expect(decide(rows + [sought, claimed], recipients + [own])[rows.count].situation == .absent)
        let crowd = (0..<6).map { mailbox("c\($0)", "\(given) \(surname)", given: given, surname: surname) }
        #expect(decide(rows + [row("QZX", name, address: "CONTOSO/PO1/QZX")], recipients + crowd).last?.situation == .absent)
    }

    @Test("Too many who have the row's only word, or its letter and surname, are told as such", arguments: ["Smith", "M. Smith Support"])
    func crowdOfWords(name: String) {
        let crowd = (0..<50).map { mailbox("m\($0)", "Mary\(word($0)) Smith", given: "Mary\(word($0))", surname: "Smith") }
        let decision = decide(row("QZX", name), crowd)
        #expect(decision.situation == .ambiguous && decision.reason.hasPrefix("50 recipients"), "\(decision)")
        #expect(decide(row("QZX", "Xaver Smith"), crowd).situation == .absent)
    }

    /// Six rows of `CONTOSO/PO1` and their mailboxes, which stand in a container; as many others stand elsewhere.
    private func livingIn(_ container: String) -> (rows: [MigrationRow], recipients: [Recipient]) {
        let names = ["Adams", "Baker", "Clark", "Davis", "Evans", "Frank"]
        let rows = names.map { row($0.uppercased(), "Zoe \($0)", address: "CONTOSO/PO1/\($0.uppercased())") }
        let own = names.map {
            mailbox($0, "Zoe \($0)", given: "Zoe", surname: $0, addresses: ["MS:CONTOSO/PO1/\($0.uppercased())"], container: container)
        }
        return (rows, own + (0..<10).map { mailbox("o\($0)", "Olga Other\($0)", given: "Olga", surname: "Other\($0)") })
    }
}
