import Records
import Testing

@testable import Reconciler

@Suite("Where several mailboxes fit a row, or several rows a mailbox, all are in question and shown")
struct RivalTests {
    private static let berlin = "cn=Recipients,ou=BERLIN,o=Org"

    /// Eight people of a postoffice, known by address, who live in Berlin; and twenty others elsewhere.
    private static var berliners: (rows: [MigrationRow], people: [Recipient]) {
        let rows = (0..<8).map { row("OLD\($0)", "Anna \(word($0))", address: "CONTOSO/PO1/OLD\($0)", number: $0 + 1) }
        let people = (0..<8).map {
            mailbox("a\($0)", "Anna \(word($0))", addresses: ["MS:CONTOSO/PO1/OLD\($0)"], container: berlin)
        }
        return (rows, people + (100..<120).map { mailbox("o\($0)", "Olga \(word($0))") })
    }

    // MARK: several mailboxes, several rows

    @Test("Several mailboxes of one name are ambiguous, all shown in order of DN")
    func ambiguous() {
        let decision = decide(row("X", "John Smith"), [mailbox("js2", "John Smith"), mailbox("js1", "Smith, John")])
        #expect(decision.situation == .ambiguous)
        #expect(decision.target == nil)
        #expect(decision.rivals.map(\.recipient) == [1, 0])
        #expect(
            decision.reason.hasPrefix(
                "2 mailboxes fit, and nothing that decides sets one apart: Smith, John (cn=js1,cn=Recipients,ou=HQ,o=Org), John Smith (cn=js2,"
            ),
            "\(decision.reason)")
        let many = decide(row("X", "John Smith"), (1...5).map { mailbox("js\($0)", "John Smith") })
        #expect(many.reason.hasPrefix("5 mailboxes fit") && many.reason.contains(") and 2 more"), "\(many.reason)")
    }

    @Test("The address on one mailbox and the whole name on another are ambiguous")
    func addressAgainstName() {
        let handedOn = mailbox("jmiller", "John Miller", addresses: ["MS:CONTOSO/PO1/JOHNS"])
        let decision = decide(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [handedOn, mailbox("jsmith", "John Smith")])
        #expect(decision.situation == .ambiguous)
        #expect(decision.reason.contains("speaks for one, the names for another: John Miller ("), "\(decision.reason)")
    }

    @Test("Two mailboxes with the row's address are ambiguous")
    func twoHolders() {
        let one = mailbox("a", "John Smith", addresses: ["MS:CONTOSO/PO1/JOHNS"])
        let two = mailbox("b", "John Smith", addresses: ["MIGRATE:MS:CONTOSO/PO1/JOHNS"])
        let decision = decide(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [one, two])
        #expect(decision.situation == .ambiguous)
        #expect(decision.reason.contains("speaks for each: John Smith (cn=a,"), "\(decision.reason)")
    }

    @Test("Two rows that fit one mailbox by names are both contested, and name each other")
    func contested() {
        let rows = [row("JOHNS", "John Smith"), row("SMITHJ", "Smith, John", file: 1)]
        let decisions = decide(rows, [mailbox("jsmith", "John Smith")])
        #expect(decisions.map(\.situation) == [.contested, .contested])
        #expect(decisions.map(\.rivalRows) == [[1], [0]])
    }

    @Test("With several files, a row that is named beside another one is named with its file")
    func contestedFiles() {
        let rows = [row("SMITHJ", "John Smith"), row("SMITHJO", "John Smith", file: 1, number: 7)]
        let one = decide(rows, [plainJohn], settings: ReconcilerSettings(fileNames: ["po1.csv"]))
        #expect(one[0].reason.contains("is also claimed by SMITHJO (line 8);"))
        let two = decide(rows, [plainJohn], settings: ReconcilerSettings(fileNames: ["po1.csv", "po2.csv"]))
        #expect(two[0].reason.contains("is also claimed by SMITHJO (line 8 of po2.csv);"))
        #expect(two[1].reason.contains("is also claimed by SMITHJ (line 2 of po1.csv);"))
    }

    @Test("An identified row keeps its mailbox; the row that only has its name is contested")
    func identifiedKeeps() {
        let rows = [row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), row("SMITHJ", "John Smith", address: "CONTOSO/PO2/SMITHJ")]
        let decisions = decide(rows, [johnSmith])
        #expect(decisions.map(\.situation) == [.certain, .contested])
        #expect(decisions[1].rivalRows == [0])
    }

    @Test("Two identified rows contest each other")
    func bothIdentified() {
        let owner = mailbox("jsmith", "John Smith", addresses: ["MS:CONTOSO/PO1/JOHNS", "MS:CONTOSO/PO2/JS"])
        let rows = [row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), row("JS", "John Smith", address: "CONTOSO/PO2/JS")]
        #expect(decide(rows, [owner]).map(\.situation) == [.contested, .contested])
    }

    // MARK: a row that several mailboxes fit

    @Test("A mailbox that the map gives to one row is not certain for another, also where the map itself is doubted")
    func mappedAndDoubted() {
        let owned = mailbox("jsmith4", "John Smith", addresses: ["MS:CONTOSO/PO1/JOHNS"])
        let other = mailbox("peter", "Peter Lang", addresses: ["MS:CONTOSO/PO1/PETERL"])
        let rows = [
            row("PETERL", "Peter Lang", address: "CONTOSO/PO1/PETERL"), row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS", number: 2),
        ]
        let pair = MappedPair(mailboxName: "PETERL", recipient: "jsmith4", line: 1)
        let decisions = decide(rows, [owned, other, ursulaKrause], settings: ReconcilerSettings(map: [pair]))
        #expect(decisions[0].situation == .ambiguous, "its address is on another mailbox than the map says")
        #expect(decisions[1].situation == .contested && decisions[1].rivalRows == [0])
    }

    @Test("Of several holders of an address that are no mailboxes, the same one is named in any order of entries")
    func holdersInAnyOrder() {
        let holders = ["b", "a"].map { mailbox($0, "John Smith", addresses: ["MS:CONTOSO/PO1/JOHNS"], kind: .customRecipient) }
        let asked = row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS")
        let there = decide(asked, holders + [plainJohn])
        #expect(there.reason == decide(asked, [plainJohn] + holders.reversed()).reason)
        #expect(there.reason.contains("cn=a,"), "\(there.reason)")
    }

    @Test("Who reaches by a short name and a given name alone is no rival of a full name, on either side", arguments: [true, false])
    func shortNameIsNoRival(isRow: Bool) {
        let (rows, people) = Self.berliners
        let mulligan = mailbox("DorothyM", "Dorothy Mulligan", given: "Dorothy", surname: "Mulligan", container: Self.berlin)
        let own = row(isRow ? "DMULLIGAN" : "DOROTHYMC", "Dorothy Mulligan", address: "CONTOSO/PO1/DM", number: 9)
        let rivalRow = row("DOROTHYM", "Dorothy McLemore", address: "CONTOSO/PO2/DOROTHYM", number: 10)
        let rivalMailbox = mailbox("DorothyMc", "Dorothy McLane", given: "Dorothy", surname: "McLane")
        let likeRival = mailbox("DorothyM", "Dorothy Morgan", given: "Dorothy", surname: "Morgan", container: "cn=Recipients,ou=ROME,o=Org")
        let decisions = decide(
            rows + [own] + (isRow ? [rivalRow] : []), people + [mulligan, isRow ? likeRival : rivalMailbox],
            settings: ReconcilerSettings(maxError: 1))
        #expect(decisions[8].situation == .certain && decisions[8].target?.recipient == 28, "\(decisions[8].reason)")
        if isRow { #expect(decisions[9].situation != .certain, "\(decisions[9].reason)") }
    }

    @Test(
        "A short name that the mailbox's own names do not make, or with a number, tells of somebody renamed: a rival",
        arguments: ["HARPO", "DOROTHYM7"])
    func shortNameThatTells(mailboxName: String) {
        let (rows, people) = Self.berliners
        let renamed = mailbox(mailboxName, "Dorothy Mulligan", given: "Dorothy", surname: "Mulligan", container: Self.berlin)
        // Nobody else's name is hers, so that she means two: this mailbox, and a stranger's.
        let rival = row(mailboxName, "Dorothy McLemore", address: "CONTOSO/PO2/\(mailboxName)", number: 10)
        let stranger = mailbox("dmcl", "D. McLemore", given: "D.", surname: "McLemore")
        let own = row("MULLID", "Dorothy Mulligan", address: "CONTOSO/PO1/MULLID", number: 9)
        let decisions = decide(rows + [own, rival], people + [renamed, stranger], settings: ReconcilerSettings(maxError: 1))
        #expect(decisions[8].situation != .certain, "\(decisions[8].reason)")
    }

    // MARK: who is shown beside whom

    @Test("Who shares only a short name is shown where nobody has more, and not beside somebody with the names")
    func shortNamesAlone() {
        let becker = mailbox("JoanB", "Joan Becker", given: "Joan", surname: "Becker")
        let initial = mailbox("jb7", "J. Boresson", given: "J.", surname: "Boresson")
        let alone = decide(row("JOANB", "Joan Boresson"), [becker, ursulaKrause])
        #expect(alone.target?.recipient == 0)
        let beside = decide(row("JOANB", "Joan Boresson"), [becker, mailbox("x9", "Joan Boresson"), initial])
        #expect(beside.target?.recipient == 1)
        #expect(beside.rivals.map(\.recipient) == [2])
        #expect(decide(row("JOANB", "Joan Boresson"), [initial, becker]).rivals.map(\.recipient) == [0, 1])
    }

    @Test("Where a row waits for others of such a name, those are shown on both sides, five of each at most")
    func namesakes() {
        let john = mailbox("jm", "John Martin", given: "John", surname: "Martin")
        let others = ["Jude", "Jim", "Joe", "Jay", "Jens", "Jules"].map { mailbox("\($0).m", "\($0) Martin", given: $0, surname: "Martin") }
        let rows = ["John", "Jeff", "Jill"].enumerated().map { row("X\($0)", "\($1) Martin", number: $0 + 1, commonName: "N\($0)") }
        let few = decide(rows, [john, others[0], ursulaKrause])[0]
        #expect(few.situation == .probable && few.reason.contains("1 other entry and 2 other rows"), "\(few.reason)")
        #expect(few.namesakes.map(\.recipient) == [1] && few.namesakeRows == [1, 2])
        #expect(few.rivals.isEmpty && few.rivalRows.isEmpty)
        let many = decide(rows, [john] + others)[0]
        #expect(many.namesakes.map(\.recipient) == [4, 5, 2, 3, 1], "\(many.namesakes.map(\.recipient))")
        #expect(decide(rows[0], [john, ursulaKrause]).namesakes.isEmpty)
    }

    @Test("At most five are shown, the likeliest first, and the one that the import would hit last")
    func fiveCandidates() {
        let johns = (0..<7).map { mailbox("x\($0)", "John Smith") }
        let likeliest = mailbox("john.s", "John Smith")
        let victim = mailbox("johns", "Ursula Krause")
        let decision = decide(row("JOHNS", "John Smith"), johns + [likeliest, victim])
        #expect(decision.situation == .trap)
        #expect(decision.rivals.map(\.recipient) == [7, 0, 1, 2, 8])
    }
}
