import Testing

@testable import Records

@Suite("A survey of a directory")
struct DirectorySurveyTests {
    private typealias Count = DirectorySurvey.Count

    private func recipient(
        _ dn: String, _ kind: RecipientKind = .mailbox, name: String = "", alias: String = "", server: String = "",
        addresses: [String] = [], isHidden: Bool = false, isDeleted: Bool = false
    ) -> Recipient {
        Recipient(
            dn: dn, kind: kind, directoryName: name, alias: alias, addresses: addresses.compactMap { MailAddress($0, separator: ":") },
            homeServer: server, isHidden: isHidden, isDeleted: isDeleted)
    }

    @Test("of nobody is empty")
    func empty() {
        let survey = DirectorySurvey([])
        #expect(survey.recipients == 0 && survey.kinds.isEmpty && survey.containers.isEmpty && survey.postoffices.isEmpty)
        #expect(survey.aliases == .init() && survey.withoutAddress == 0)
    }

    @Test("counts kinds, containers, home servers, hidden and deleted ones")
    func places() {
        let survey = DirectorySurvey([
            recipient("cn=a,cn=Recipients,ou=S,o=O", server: "EX1", isHidden: true),
            recipient("cn=b, CN=recipients , ou=S,o=O", server: "ex1"),
            recipient("cn=c\\,d,cn=Sub,cn=Recipients,ou=S,o=O", server: "EX2"), recipient("cn=\"e,f\",cn=Sub,cn=Recipients,ou=S,o=O"),
            recipient("cn=g,cn=Recipients,ou=S,o=O", .customRecipient, server: "EX9"),
            recipient("cn=h,o=O", .distributionList, isHidden: true),
            recipient("cn=i,cn=Recipients,ou=S,o=O", server: "EX1", isHidden: true, isDeleted: true), recipient("o=O", .publicFolder),
            recipient("", .account),
        ])
        #expect((survey.recipients, survey.hidden, survey.deleted) == (8, 2, 1))
        #expect(
            survey.kinds == [
                Count(name: "mailbox", count: 4), Count(name: "account", count: 1), Count(name: "customRecipient", count: 1),
                Count(name: "distributionList", count: 1), Count(name: "publicFolder", count: 1),
            ])
        #expect(
            survey.containers == [
                Count(name: " CN=recipients , ou=S,o=O", count: 3), Count(name: "", count: 2),
                Count(name: "cn=Sub,cn=Recipients,ou=S,o=O", count: 2),
                Count(name: "o=O", count: 1),
            ])
        #expect(survey.homeServers == [Count(name: "EX1", count: 2), Count(name: "EX2", count: 1)])
        #expect(survey.withoutHomeServer == 1)
    }

    @Test("compares aliases with Directory Names without case, of mailboxes only")
    func aliases() {
        let survey = DirectorySurvey([
            recipient("cn=a", name: "JSmith", alias: "jsmith"), recipient("cn=b", name: "Müller", alias: "MÜLLER"),
            recipient("cn=c", name: "JSmith", alias: "john"), recipient("cn=d", name: "JSmith"), recipient("cn=e", alias: "x"),
            recipient("cn=f", .customRecipient, name: "a", alias: "b"), recipient("cn=g", name: "a", alias: "b", isDeleted: true),
        ])
        #expect((survey.aliases.same, survey.aliases.other, survey.aliases.none) == (2, 2, 1))
    }

    @Test("counts each recipient once for each type of address that it carries, and those that carry none")
    func types() {
        let survey = DirectorySurvey([
            recipient("cn=a", addresses: ["SMTP:a@x", "smtp:b@x", "X400:c=US"]), recipient("cn=b", addresses: ["smtp:c@x", "ms:N/P/U"]),
            recipient("cn=c", .distributionList), recipient("cn=d"), recipient("cn=e", addresses: ["SMTP:d@x"], isDeleted: true),
        ])
        #expect(
            survey.addressTypes == [Count(name: "SMTP", count: 2), Count(name: "MS", count: 1), Count(name: "X400", count: 1)])
        #expect(survey.withoutAddress == 2)
    }

    @Test("counts the postoffices in MS and MIGRATE addresses without case, and tells Exchange's own by the names in it")
    func postoffices() {
        var people = (1...9).map { number in
            recipient(
                "cn=p\(number)", name: "person\(number)", alias: "alias\(number)",
                addresses: [
                    "MS:\(number % 2 == 0 ? "ORG/HQ" : "org/hq")/\(number == 3 ? "OTHER" : "PERSON\(number)")",
                    "MIGRATE:ms:NET/PO1/U\(number)",
                ])
        }
        people.append(recipient("cn=q", name: "q", addresses: ["MS:NET/PO1/OLDNAME", "MS:NET/PO2/Q", "MS:NET/PO2/X", "MS:NET/PO2/Y"]))
        people.append(
            recipient(
                "cn=odd",
                addresses: [
                    "MS:", "MS:NET/PO", "MS:NET/PO/U/V", "MS:/PO/U", "MS:NET//U", "MS:NET/PO/", "MIGRATE:CC:A at B", "MIGRATE:MS:",
                    "MIGRATE:",
                ]))
        people.append(recipient("cn=gone", addresses: ["MS:GONE/PO/U"], isDeleted: true))
        let survey = DirectorySurvey(people)
        #expect(survey.postoffices.map(\.name) == ["NET/PO1", "ORG/HQ", "NET/PO2"])
        #expect(survey.postoffices.map(\.ms) == [1, 9, 3])
        #expect(survey.postoffices.map(\.migrate) == [9, 0, 0])
        #expect(survey.postoffices.map(\.isExchangesOwn) == [false, true, false], "8 of 9 are made names, 1 of 3 is")
        #expect(survey.oddAddresses == 9)
    }

    @Test("is the same for any order of the recipients", arguments: 1...5)
    func order(_ seed: Int) {
        let people = (0..<200).map { number in
            recipient(
                "cn=\(number),\(number % 3 == 0 ? "OU" : "ou")=\(number % 7),o=O", number % 11 == 0 ? .customRecipient : .mailbox,
                name: "n\(number)", alias: "n\(number % 5)", server: number % 2 == 0 ? "ex\(number % 3)" : "EX\(number % 3)",
                addresses: ["MS:\(number % 2 == 0 ? "net" : "NET")/PO\(number % 4)/N\(number)", "smtp:\(number)@x"],
                isHidden: number % 13 == 0)
        }
        var shuffled = people
        for index in people.indices { shuffled.swapAt(index, (index * 7919 * seed + seed) % people.count) }
        #expect(DirectorySurvey(shuffled) == DirectorySurvey(people))
    }

    @Test("gives every spelling a number of its own, however many there are")
    func spellings() {
        var table = SpellingTable()
        for round in 0..<2 {
            for number in 0..<3000 {
                let text = number % 3 == 0 ? "\(number)" : "a rather long text with \(number) in it"
                #expect(table.number(of: text.utf8.span) == number, "round \(round)")
            }
        }
        #expect(table.count == 3000)
        #expect(table.text(0) == "0" && table.text(3) == "3" && table.text(2999) == "a rather long text with 2999 in it")
        #expect(table.number(of: "".utf8.span) == 3000 && table.text(3000) == "" && table.number(of: "".utf8.span) == 3000)
    }

    @Test(
        "knows the names that Exchange makes: of letters and digits, cut at 10, with a number when taken",
        arguments: [
            ("JSMITH", "jsmith", true), ("JSMITH2", "jsmith", true), ("JSMITH", "j.smith", true), ("BARTHOLOME", "BartholomewQ", true),
            ("JSMITH", "jsmithson", false), ("JSMITH", "smith", false), ("2", "2", true), ("", "x", false), ("X", "", false),
            ("42", "421", true),
        ])
    func madeNames(_ name: String, _ source: String, _ isMade: Bool) {
        #expect(MadeMailboxName.isMade(name.utf8.span, of: source.utf8.span) == isMade)
    }
}
