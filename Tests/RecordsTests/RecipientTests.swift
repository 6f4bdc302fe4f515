import Testing

@testable import Records

@Suite("A recipient in a buffer")
struct RecipientTests {
    @Test("gives back every part as it was", arguments: RecipientKind.allCases)
    func parts(_ kind: RecipientKind) {
        let long = String(repeating: "Ünïcode ", count: 40)
        let addresses = [MailAddress(type: "smtp", value: "a@b"), MailAddress(type: "MS", value: ""), MailAddress(type: "ÄX", value: long)]
        let recipient = Recipient(
            dn: "cn=a,o=X", kind: kind, directoryName: "a", alias: "", displayName: long, givenName: "Zoë", surname: "O'Hara",
            initials: "Q",
            addresses: addresses, department: "Ventes", homeServer: "EX1", key: "7", id: "id", isHidden: true)
        #expect(recipient.kind == kind && recipient.isHidden && !recipient.isDeleted)
        #expect(recipient.dn == "cn=a,o=X" && recipient.directoryName == "a" && recipient.alias == "" && recipient.displayName == long)
        #expect(recipient.givenName == "Zoë" && recipient.surname == "O'Hara" && recipient.initials == "Q")
        #expect(recipient.department == "Ventes" && recipient.homeServer == "EX1" && recipient.key == "7" && recipient.id == "id")
        #expect(recipient.addresses == addresses && recipient.addressCount == 3)
        #expect(recipient.isEmpty(.alias) && !recipient.isEmpty(.dn))
    }

    @Test("shares its batch's buffer with the others, and keeps it when they are gone")
    func batch() {
        var packer = RecipientPacker()
        for number in 0..<300 {
            for field in Recipient.Field.allCases { packer.add("\(field) \(number)".utf8.span) }
            for address in 0..<number { packer.addAddress(type: "SMTP".utf8.span, value: "\(number).\(address)@x".utf8.span) }
            packer.finish(kind: .mailbox, isHidden: false, isDeleted: number % 2 == 0)
        }
        #expect(packer.count == 300)
        let last = packer.take()[299]
        #expect(packer.count == 0 && packer.take().isEmpty)
        #expect(last.dn == "dn 299" && last.id == "id 299" && !last.isDeleted)
        #expect(last.addressCount == 299 && last.addresses[298].value == "299.298@x")
    }

    @Test("leaves out an address that it has, but for case, and what was dropped")
    func repeated() {
        var packer = RecipientPacker()
        packer.add("forgotten".utf8.span)
        packer.drop()
        for _ in Recipient.Field.allCases { packer.add("x".utf8.span) }
        for (type, value) in [("SMTP", "a@b"), ("smtp", "A@B"), ("X400", "a@b"), ("SMTP", "a@bc"), ("SMTP", "")] {
            packer.addAddress(type: type.utf8.span, value: value.utf8.span)
        }
        packer.finish(kind: .account, isHidden: false, isDeleted: false)
        #expect(packer.take()[0].addresses.map(\.description) == ["SMTP:a@b", "X400:a@b", "SMTP:a@bc", "SMTP:"])
    }

    @Test("equals one with the same parts from another buffer, and no other")
    func equality() {
        func make(_ change: String = "", _ isHidden: Bool = false) -> Recipient {
            Recipient(
                dn: "cn=a", kind: .mailbox, surname: "b" + change, addresses: [MailAddress(type: "MS", value: "x")], isHidden: isHidden)
        }
        #expect(make() == make() && make("c") != make() && make("", true) != make())
        #expect(Recipient(dn: "ab", kind: .mailbox, directoryName: "c") != Recipient(dn: "a", kind: .mailbox, directoryName: "bc"))
    }
}
