import Records
import Testing

@testable import Workflow

@Suite("A fingerprint")
struct FingerprintTests {
    private static func recipient(
        givenName: String = "Chidi", surname: String = "Okonkwo", initials: String = "C", addresses: [String] = ["a@x", "b@x"],
        department: String = "Sales", homeServer: String = "EX1", key: String = "4711"
    ) -> Recipient {
        Recipient(
            dn: "cn=ChidiO,o=ORG", kind: .mailbox, directoryName: "ChidiO", alias: "cokonkwo", displayName: "Chidi Okonkwo",
            givenName: givenName, surname: surname, initials: initials, addresses: addresses.map { MailAddress(type: "SMTP", value: $0) },
            department: department, homeServer: homeServer, key: key)
    }

    @Test(
        "says which fields have changed",
        arguments: [
            (recipient(givenName: "Chidiebere"), ["given name"]), (recipient(surname: "Okafor"), ["surname"]),
            (recipient(initials: "D"), ["initials"]), (recipient(department: "Stores"), ["department"]),
            (recipient(homeServer: "EX2"), ["home server"]), (recipient(key: "4712"), ["key"]),
            (recipient(addresses: ["a@x"]), ["addresses"]), (recipient(addresses: ["b@x", "a@x"]), []),
            // Nothing moves from one field to the next without a trace.
            (recipient(givenName: "", surname: "ChidiOkonkwo"), ["given name", "surname"]),
        ])
    func fields(_ now: Recipient, _ names: [String]) {
        let was = Fingerprint(of: Self.recipient())
        let fingerprint = Fingerprint(of: now)
        #expect(fingerprint.changed(since: was.fields).map(\.name) == names)
        #expect((fingerprint.whole == was.whole) == names.isEmpty)
    }

    @Test("stays the same from version to version, so that older plans can be applied")
    func whole() {
        let fingerprint = Fingerprint(of: Self.recipient())
        #expect(fingerprint.whole == "5b0737bbcebf9caf")
        #expect(fingerprint.fields == "eb0ded6b817832")
    }

    @Test("names no field where the plan has none, as those of older programs")
    func older() {
        #expect(Fingerprint(of: Self.recipient(key: "1")).changed(since: "").isEmpty)
    }
}
