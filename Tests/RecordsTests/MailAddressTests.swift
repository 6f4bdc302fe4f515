import Records
import Testing

@Suite("A mail address")
struct MailAddressTests {
    @Test("puts its type into upper case and keeps its value")
    func types() throws {
        let address = try #require(MailAddress("smtp:John.Smith@org.example", separator: ":"))
        #expect(address.type == "SMTP")
        #expect(address.value == "John.Smith@org.example")
        #expect(address.description == "SMTP:John.Smith@org.example")
        #expect(MailAddress(":value", separator: ":") == nil)
        #expect(MailAddress("no separator", separator: "$") == nil)
    }

    @Test(
        "has its type in upper case, however it is spelled",
        arguments: [("x400", "X400"), ("cCmAil", "CCMAIL"), ("größe", "GRÖSSE"), ("", "")])
    func upperCase(_ type: String, _ expected: String) {
        #expect(MailAddress(type: type, value: "").type == expected)
    }

    @Test(
        "names an MS Mail mailbox where it is one",
        arguments: [
            ("MS$NET/PO1/JSMITH", "NET/PO1/JSMITH"), ("ms$net/po1/jsmith", "NET/PO1/JSMITH"),
            ("MIGRATE$MS:NET/PO1/JSMITH", "NET/PO1/JSMITH"),
            ("migrate$ms:net/po1/jsmith", "NET/PO1/JSMITH"), ("MS$NET/PO1", nil), ("MS$NET//JSMITH", nil), ("MS$A/B/C/D", nil),
            ("SMTP$a/b/c", nil),
            ("MIGRATE$CCMAIL:a/b/c", nil),
        ])
    func msMail(_ text: String, _ mailbox: String?) throws {
        let address = try #require(MailAddress(text, separator: "$"))
        #expect(address.msMailMailbox?.description == mailbox)
    }

    @Test("A row's own mailbox is the first that its addresses name")
    func ownMailbox() throws {
        let addresses = ["SMTP:a@b", "migrate:MS:NET/PO/ONE", "MS:NET/PO/TWO"].compactMap { MailAddress($0, separator: ":") }
        #expect(addresses.count == 3)
        let row = MigrationRow(number: 1, line: 2, mailboxName: "ONE", fullName: "", addresses: addresses)
        #expect(row.ownMailbox?.description == "NET/PO/ONE")
    }

    @Test(
        "Texts compare without case, also beyond ASCII",
        arguments: [
            ("JSMITH", "jsmith", true), ("Müller", "MÜLLER", true), ("straße", "STRASSE", false), ("a", "ab", false), ("", "", true),
            ("É", "E", false), ("e\u{301}", "É", true), ("ab\u{e9}", "ab", false), ("abc", "abd", false),
        ])
    func withoutCase(_ first: String, _ second: String, _ isSame: Bool) {
        #expect(first.equalsWithoutCase(second) == isSame)
        #expect(second.equalsWithoutCase(first) == isSame)
    }
}
