import Records
import Testing

@testable import Reconciler

@Suite("Every row gets the situation that its evidence bears")
struct SituationTests {
    // MARK: surnames

    @Test(
        "A usual form of a surname, and a name whose surname is not there, are no likeness",
        arguments: [
            ("Peter Tom", "Peter", "Thomas"), ("Mohamed Ali", "Mohamed", "Alison"), ("Robert Paul", "Robert Paul", "Wilson"),
            ("George Michael", "Michael George", "Panayiotou"), ("Karl Otto", "Karl Otto", "Mayerling"),
        ])
    func surnames(fullName: String, given: String, surname: String) {
        let other = mailbox("zz", "\(given) \(surname)", given: given, surname: surname)
        let decision = decide(row("XX", fullName, commonName: "NEW"), [other, ursulaKrause])
        #expect(decision.situation == .probable && decision.evidenceNames.first == "shared-word", "\(decision)")
        #expect(!decision.evidenceNames.contains("familiar-name") && !decision.evidenceNames.contains("partial-name"), "\(decision)")
    }

    @Test("Of others with the same name it is said which rows they are certain for")
    func claimedNamesakes() {
        let johns = (1...3).map { mailbox("js\($0)", "John Smith", given: "John", surname: "Smith", addresses: ["MS:CONTOSO/PO1/JS\($0)"]) }
        let rows = (1...3).map { row("JS\($0)", "John Smith", address: "CONTOSO/PO1/JS\($0)", number: $0) }
        let decisions = decide(rows, johns)
        #expect(decisions.map(\.situation) == [.certain, .certain, .certain])
        #expect(decisions[2].reason.hasSuffix("; of those, 2 are certain for JS1 (line 2), JS2 (line 3)"), "\(decisions[2].reason)")
    }

    @Test("Where nobody says which word is the surname, a name with a word more decides nothing")
    func unknownSurname() {
        var lenient = ReconcilerSettings()
        lenient.maxError = 1
        let open = decide(row("RPAUL", "Robert Paul"), [mailbox("rpaul", "Robert Paul Wilson"), ursulaKrause], settings: lenient)
        #expect(open.situation == .probable && open.evidenceNames.contains("unknown-surname"))
        #expect(open.reason.hasSuffix("but neither Robert Paul nor Robert Paul Wilson says which word is the surname"))
        let told = mailbox("rpaul", "Robert Paul Marketing", given: "Robert", surname: "Paul")
        #expect(decide(row("RPAUL", "Robert Paul"), [told, ursulaKrause], settings: lenient).situation == .certain)
    }

    // MARK: where the importer would go

    @Test("What a map, a key or names say waits where somebody else has the row's address, of whatever kind")
    func addressElsewhere() {
        for kind in [RecipientKind.mailbox, .customRecipient, .distributionList] {
            let holder = mailbox("olaf", "Olaf Omdahl", addresses: ["MIGRATE:MS:CONTOSO/PO1/MM"], kind: kind)
            let mapped = mailbox("mm2", "Mattis Mortensen", key: "K1")
            let asked = row("MM", "Mattis Mortensen", address: "CONTOSO/PO1/MM", key: "K1")
            for settings in [
                ReconcilerSettings(map: [MappedPair(mailboxName: "MM", recipient: "mm2", line: 1)]),
                ReconcilerSettings(usesUniqueKey: true),
            ] {
                let decision = decide(asked, [holder, mapped, ursulaKrause], settings: settings)
                #expect(decision.situation != .certain, "\(kind) \(decision)")
                #expect(decision.rivals.contains { $0.recipient == 0 })
            }
        }
    }

    @Test("A row is not absent where the importer would find a mailbox by its alias")
    func importMeets() {
        let settings = ReconcilerSettings(site: SiteKnowledge(excluded: ["cn=xx,cn=Recipients,ou=HQ,o=Org"]), target: .exchange50)
        let copy = mailbox("excle", "Copy Test", directoryName: "xx")
        let decision = decide(row("EXCLE", "Evan Clement", commonName: "NEW"), [copy, ursulaKrause], settings: settings)
        #expect(decision.situation == .trap)
        #expect(decision.reason.hasPrefix("the import looks for the row at the excluded mailbox Copy Test"))
        #expect(decision.rivals.first?.evidence.last?.name == "import-meets")
    }

    @Test(
        "Blanks that mean nothing in a directory do not hide whom a Common-Name hits",
        arguments: ["IvanQ ", " IvanQ", "Ivan  S", "ivan s "])
    func idleBlanks(commonName: String) {
        let people = [
            mailbox("iq", "Ivan Quist", directoryName: "IvanQ"), mailbox("is", "Ivan Sist", directoryName: "Ivan S"), ursulaKrause,
        ]
        #expect(decide(row("GI", "Gisela Indri", mode: .blank, commonName: commonName), people).situation == .trap)
    }

    @Test("Who is identified as another row's is not in question for a row that has only names for it")
    func takenNamesake() {
        let others = ["a", "b"].map {
            mailbox("js\($0)", "John Smith", given: "John", surname: "Smith", addresses: ["MS:CONTOSO/PO1/JS\($0.uppercased())"])
        }
        let rows = [
            row("JSMITH4", "John Smith", number: 1), row("JSA", "John Smith", address: "CONTOSO/PO1/JSA", number: 2),
            row("JSB", "John Smith", address: "CONTOSO/PO1/JSB", number: 3),
        ]
        let decisions = decide(rows, others + [plainJohn, ursulaKrause])
        #expect(decisions.map(\.situation) == [.probable, .certain, .certain])
        #expect(decisions[0].target?.recipient == 2)
    }

    // MARK: invalid

    @Test("A row that cannot be used as it is shows who is in question, and takes nobody's mailbox")
    func invalidShowsCandidates() {
        let problem = RowProblem(position: FilePosition(line: 2, column: 1), text: "the mailbox name JSMITH4 stands on line 3, too")
        let decisions = decide(
            [row("JSMITH4", "John Smith", problem: problem), row("JS", "John Smith", address: "CONTOSO/PO1/JOHNS")],
            [johnSmith, ursulaKrause])
        #expect(decisions[0].situation == .invalid && decisions[0].target == nil && decisions[0].reason == problem.text)
        #expect(decisions[0].rivals.map(\.recipient) == [0])
        #expect(decisions[1].situation == .certain)
    }

    // MARK: certain

    @Test("An address of the old postoffice identifies, whatever the alias")
    func certainByAddress() {
        let decision = decide(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [ursulaKrause, johnSmith])
        #expect(decision.situation == .certain)
        #expect(decision.target?.recipient == 1)
        #expect(decision.reason.hasPrefix("MS address CONTOSO/PO1/JOHNS is the row's own; full name John Smith = display name Smith, John"))
        #expect(decision.rivals.isEmpty)
    }

    @Test("A MIGRATE address identifies, and so does the postoffice that the settings give for the file")
    func certainByMigrateAddress() {
        let owner = mailbox("jsmith", "John Smith", addresses: ["MIGRATE:MS:CONTOSO/PO1/JOHNS"])
        let settings = ReconcilerSettings(postoffices: [Postoffice("contoso/po1")])
        #expect(decide(row("johns", "John Smith"), [owner], settings: settings).evidenceNames.first == "migrate-address")
        #expect(decide(row("johns", "John Smith"), [owner], settings: settings).situation == .certain)
    }

    @Test("Exchange's own address with the same last part identifies nobody")
    func exchangesOwnAddress() {
        let other = mailbox("johns", "Johanna Sorensen", given: "Johanna", surname: "Sorensen", addresses: ["MS:ORG/HQ/JOHNS"])
        let decision = decide(row("JOHNS", "Peter Miller", address: "CONTOSO/PO1/JOHNS", commonName: "NEW"), [other])
        #expect(decision.situation != .certain)
        #expect(!decision.evidenceNames.contains("ms-address"))
    }

    @Test(
        "An address is enough where the names do not flatly disagree",
        arguments: [
            ("John Smith", "nickname", "Jack Smith"), ("Mary Jones", "marriage", "Mary Miller"),
            ("Dr. Bill Gates", "title", "William Gates"),
            ("Ü. Öz", "initials", "Ümit Öz"), ("Chris Doe", "short form", "Christopher Vandermeer"), ("JMILLER", "one word", "Jane Miller"),
            ("Wayne Grabau", "a suffix on one side", "Wayne Grabau Jr"),
        ])
    func addressWithOtherNames(fullName: String, why: String, displayName: String) {
        let owner = mailbox("x1", displayName, addresses: ["MS:CONTOSO/PO1/ABC"])
        #expect(decide(row("ABC", fullName, address: "CONTOSO/PO1/ABC"), [owner]).situation == .certain, "\(why)")
    }

    @Test("An alias that is the mailbox name keeps an address from being doubted, however the names have changed")
    func addressWithAlias() {
        let owner = mailbox("kth1", "Kate Wills", addresses: ["MS:CONTOSO/PO1/KTH1"])
        #expect(decide(row("KTH1", "Peggy Hill", address: "CONTOSO/PO1/KTH1"), [owner]).situation == .certain)
    }

    @Test("Alias and full name are two pieces that agree")
    func certainByNames() {
        let decision = decide(row("JSMITH4", "John Smith"), [ursulaKrause, plainJohn])
        #expect(decision.situation == .certain)
        #expect(decision.evidenceNames == ["full-name", "alias", "directory-name", "only-bearer"])
        #expect(decision.reason.contains("alias jsmith4 = mailbox name JSMITH4"))
    }

    @Test("A hidden mailbox is as good, and the reason says that it is hidden")
    func hidden() {
        let decision = decide(row("JSMITH4", "John Smith"), [mailbox("jsmith4", "John Smith", isHidden: true)])
        #expect(decision.situation == .certain)
        #expect(decision.reason.hasSuffix("(hidden from the address book)"))
    }

    // MARK: correct

    @Test("A row that points at its mailbox is correct only under a Mode that updates", arguments: ImportMode.allCases)
    func correct(mode: ImportMode) {
        let decision = decide(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS", mode: mode, commonName: "JSmith4"), [johnSmith])
        switch mode {
        case .blank, .update, .modify: #expect(decision.situation == .correct)
        case .create: #expect(decision.situation == .certain)
        case .delete: #expect(decision.situation == .skipped)
        }
    }

    // MARK: probable

    @Test("A full name alone is probable, and so is an alias alone")
    func onePiece() {
        let byName = decide(row("OTHER", "John Smith"), [plainJohn])
        #expect(byName.situation == .probable)
        #expect(byName.target?.recipient == 0)
        #expect(byName.reason.hasSuffix("; but nothing independent of it agrees"))
        let byAlias = decide(row("JSMITH4", "Jeff Smith", commonName: "X"), [plainJohn])
        #expect(byAlias.situation == .probable)
        #expect(byAlias.evidenceNames.contains("other-given-name"))
        let byUsualForm = decide(row("JSMITH4", "Jack Smith", commonName: "X"), [plainJohn])
        #expect(byUsualForm.situation == .probable, "the alias would be any J. Smith's")
    }

    @Test("A stale address, on a mailbox of a flatly different name, is doubted")
    func staleAddress() {
        let handedOn = mailbox("ukrause", "Ursula Krause", addresses: ["MS:CONTOSO/PO1/JOHNS"])
        let decision = decide(row("JOHNS", "Peter Lang", address: "CONTOSO/PO1/JOHNS"), [handedOn])
        #expect(decision.situation == .probable)
        #expect(decision.evidenceNames == ["ms-address", "other-names"])
    }

    @Test(
        "Something against keeps two pieces from being certain",
        arguments: [
            ("John A. Smith", "John B. Smith", "other-middle-initial"), ("John Smith Jr", "John Smith", "lone-suffix"),
            ("John Smith II", "John Smith Jr", "other-suffix"),
        ])
    func against(fullName: String, displayName: String, name: String) {
        let decision = decide(row("JSMITH", fullName), [mailbox("jsmith", displayName)])
        #expect(decision.situation == .probable)
        #expect(decision.evidenceNames.contains(name))
    }

    @Test("Father and son: an address on the other one is doubted")
    func fatherAndSon() {
        let son = mailbox("jsmith2", "John Smith Jr", addresses: ["MS:CONTOSO/PO1/JOHNS"])
        #expect(decide(row("JOHNS", "John Smith Sr", address: "CONTOSO/PO1/JOHNS"), [son]).situation == .probable)
    }

    @Test("Another mailbox's old address on the entry keeps two pieces from being certain")
    func otherMailboxOnEntry() {
        let decision = decide(row("JSMITH4", "John Smith", address: "CONTOSO/PO1/JSMITH4"), [johnSmith])
        #expect(decision.situation == .probable)
        #expect(decision.evidenceNames.contains("other-mailbox"))
    }

    @Test("A namesake anywhere keeps two pieces from being certain", arguments: [RecipientKind.mailbox, .customRecipient, .account])
    func namesake(kind: RecipientKind) {
        let namesake = mailbox("js9", "John Smith", kind: kind)
        let decision = decide(row("JSMITH4", "John Smith"), [plainJohn, namesake])
        #expect(decision.situation == .probable || decision.situation == .ambiguous)
        #expect(decide(row("JSMITH4", "John Smith"), [plainJohn, mailbox("js9", "Jack Smith", kind: kind)]).situation == .probable)
    }

    @Test("Somebody else's MS address on a custom recipient speaks against a match by names")
    func addressOnCustomRecipient() {
        let contact = mailbox("B829DF6D", "Extern", addresses: ["MS:CONTOSO/PO1/JSMITH4"], kind: .customRecipient)
        let owner = mailbox("jsmith4", "Smith, John")
        #expect(decide(row("JSMITH4", "John Smith", address: "CONTOSO/PO1/JSMITH4"), [owner, contact]).situation == .probable)
    }

    // MARK: elsewhere

    @Test("A mailbox outside the container or off the server of the run is elsewhere")
    func elsewhere() {
        let sought = row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS")
        let outside = decide(sought, [johnSmith], settings: ReconcilerSettings(container: "cn=Sales,cn=Recipients,ou=HQ,o=Org"))
        #expect(outside.situation == .elsewhere)
        #expect(outside.reason.contains("cn=Recipients,ou=HQ,o=Org"))
        #expect(decide(sought, [johnSmith], settings: ReconcilerSettings(homeServer: "BERLIN-1")).situation == .elsewhere)
        let right = ReconcilerSettings(container: "CN=Recipients, OU=HQ, O=Org", homeServer: "hq-ex1")
        #expect(decide(sought, [johnSmith], settings: right).situation == .certain)
    }

    // MARK: notMailbox, trap

    @Test(
        "A name that only a custom recipient, a list or a public folder has",
        arguments: [RecipientKind.customRecipient, .distributionList, .publicFolder, .account])
    func notMailbox(kind: RecipientKind) {
        let decision = decide(row("SALES", "Sales Desk"), [mailbox("sales", "Sales Desk", kind: kind), ursulaKrause])
        #expect(decision.situation == .notMailbox)
        #expect(decision.target?.recipient == 0)
    }

    @Test("A custom recipient with the row's own address")
    func contactWithAddress() {
        let contact = mailbox("B829DF6D", "Smith, John", addresses: ["MS:CONTOSO/PO1/JOHNS"], kind: .customRecipient)
        #expect(decide(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [contact]).situation == .notMailbox)
    }

    @Test("Somebody else's Directory Name in Common-Name is a trap, also while somebody probable is known")
    func trap() {
        let stranger = mailbox("jsmith", "Ursula Krause")
        let alone = decide(row("JSMITH", "John Smith"), [stranger])
        #expect(alone.situation == .trap)
        #expect(alone.target == nil)
        #expect(alone.rivals.map(\.recipient) == [0])
        #expect(alone.reason.contains("Common-Name JSMITH is the directory name of the mailbox Ursula Krause"))
        let withOwner = decide(row("JSMITH", "John Smith"), [stranger, mailbox("x9", "John Smith")])
        #expect(withOwner.situation == .trap)
        #expect(withOwner.target?.recipient == 1)
    }

    @Test(
        "A Directory Name alone makes nobody the row's: somebody with a name in common is a trap, too, and no new mailbox is right",
        arguments: [[], ["a part"]])
    func trapWithNameInCommon(gaps: [String]) {
        let jones = mailbox("jjones", "John Jones", given: "John", surname: "Jones", directoryName: "jones1")
        let decision = decide(row("JSMITH", "John Smith", mode: .update, commonName: "JONES1"), [jones, ursulaKrause], gaps: gaps)
        #expect(decision.situation == .trap)
        #expect(decision.target == nil && decision.rivals.map(\.recipient) == [0])
        #expect(decision.reason.contains("John Jones (\(jones.dn)), and nothing else says that it is this row's"))
        let gone = mailbox("jjones", "John Jones", directoryName: "jones1", isDeleted: true)
        #expect(decide(row("JSMITH", "John Smith", mode: .update, commonName: "JONES1"), [gone]).situation == .absent)
    }

    @Test("A Directory Name that too many have is not looked at one by one, and not called free", arguments: [41, 1_001])
    func pointsAtCrowd(count: Int) {
        let crowd = (0..<count).map { mailbox("u\($0)", "Person \($0)", directoryName: "desk", container: "ou=B\($0),o=Org") }
        let decision = decide(row("JSMITH", "John Smith", mode: .update, commonName: "DESK"), crowd)
        #expect(decision.situation == .ambiguous)
        let reason = "nothing fits, but more recipients are called DESK, as Common-Name is, than can be told apart"
        let meeting = "; the import would update SOMEBODY ELSE'S mailbox, cn=desk,ou=B0,o=Org"
        #expect(decision.reason == (count == 41 ? reason + meeting : reason))
    }

    @Test(
        "A row whose Common-Name a row before has, and whose Mode updates, would be given that one's new mailbox: it waits",
        arguments: [ImportMode.blank, .update, .modify])
    func madeBefore(mode: ImportMode) {
        let one = row("MADE1", "Ulf Madeone", address: "CONTOSO/PO1/MADE1", commonName: "MADEB")
        let two = row("MADE3", "Ute Madethree", address: "CONTOSO/PO1/MADE3", number: 2, mode: mode, commonName: "madeb")
        let decisions = decide([one, two], [ursulaKrause])
        #expect(decisions.map(\.situation) == [.absent, .trap])
        #expect(decisions[1].rivalRows == [0] && decisions[1].target == nil)
        #expect(
            decisions[1].reason
                == "nothing in the directory fits, but MADE1 (line 2) has the same Common-Name madeb, and two rows with one Common-Name are one object; the import would update SOMEBODY ELSE'S mailbox, the one that it makes for MADE1 (line 2)"
        )
        #expect(decide([one, row("MADE3", "Ute Madethree", number: 2, commonName: "MADEB")], [ursulaKrause])[1].situation == .absent)
    }

    @Test("The reason of a trap says what the import does there")
    func trapAndImport() {
        let stranger = mailbox("jsmith", "Ursula Krause")
        let own = row("JSMITH", "John Smith", address: "CONTOSO/PO1/JSMITH")
        #expect(decide(own, [stranger]).reason.hasSuffix("; the import would fail there with event 287, since Mode is Create"))
        let updating = row("JSMITH", "John Smith", address: "CONTOSO/PO1/JSMITH", mode: .update)
        #expect(decide(updating, [stranger]).reason.hasSuffix("; the import would update that one, which is SOMEBODY ELSE'S"))
        #expect(
            decide(own, [stranger, mailbox("x9", "John Smith")]).reason.hasSuffix(
                "; the import would not come there: it would fail with event 7026, since nobody has the row's MS Mail address"))
        let elsewhere = decide(own, [stranger], settings: ReconcilerSettings(container: "cn=Recipients,ou=LEITH,o=Org"))
        #expect(elsewhere.situation == .trap)
        #expect(
            elsewhere.reason.hasSuffix("; the import would not come there: it would make a new mailbox in the container that it works in"))
    }

    @Test("A row for which somebody else's mailbox is updated says so, whatever its situation")
    func othersUpdated() {
        let holder = mailbox("uk", "Ursula Krause", addresses: ["MS:CONTOSO/PO1/JOHNS"])
        let johns = ["a", "b"].map { mailbox($0, "John Smith") }
        let decision = decide(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), johns + [holder])
        #expect(decision.situation == .ambiguous)
        #expect(
            decision.reason.hasSuffix(
                "; the import would update SOMEBODY ELSE'S mailbox, \(holder.dn), which has the row's MS Mail address"))
    }

    @Test("A row decided for its own mailbox is not trapped any more")
    func noTrap() {
        let decision = decide(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [johnSmith, mailbox("johns", "Ursula Krause")])
        #expect(decision.situation == .certain)
    }

    // MARK: absent, unknown, skipped, invalid

    @Test("Nothing fits: absent after a complete read, unknown otherwise, with the reason")
    func absentAndUnknown() {
        #expect(decide(row("NEMO", "Nemo Nobody"), [johnSmith]).situation == .absent)
        let unknown = decide(row("NEMO", "Nemo Nobody"), [johnSmith], gaps: ["the account cannot see hidden mailboxes"])
        #expect(unknown.situation == .unknown)
        #expect(unknown.reason.contains("the account cannot see hidden mailboxes"))
    }

    @Test("A tombstone is never a target, and no rival")
    func tombstone() {
        let deleted = mailbox("old", "John Smith", addresses: ["MS:CONTOSO/PO1/JOHNS"], isDeleted: true)
        #expect(decide(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [deleted]).situation == .absent)
        #expect(decide(row("JSMITH4", "John Smith"), [deleted, plainJohn]).situation == .certain)
    }

    @Test("Rows that are not to be migrated")
    func skipped() {
        #expect(decide(row("JSMITH4", "John Smith", isToBeMigrated: false), [plainJohn]).situation == .skipped)
        #expect(decide(row("JSMITH4", "John Smith", objectClass: "remote"), [plainJohn]).situation == .skipped)
        #expect(decide(row("JSMITH4", "John Smith", mode: .delete), [plainJohn]).situation == .skipped)
        #expect(decide(row("adminsch", "Schedule"), [plainJohn]).situation == .skipped)
        #expect(decide(row("JSMITH4", "John Smith", objectClass: "MAILBOX"), [plainJohn]).situation == .certain)
    }

    @Test("ADMIN is a role: no name counts, an address does")
    func administrator() {
        let boss = mailbox("admin", "Administrator", addresses: ["MS:CONTOSO/PO1/ADMIN"])
        #expect(decide(row("ADMIN", "Administrator", commonName: "PO2"), [boss]).situation == .absent)
        #expect(decide(row("ADMIN", "Administrator", address: "CONTOSO/PO1/ADMIN", commonName: "PO1"), [boss]).situation == .certain)
        let list = mailbox("PO1", "Post Office 1", kind: .distributionList)
        #expect(decide(row("ADMIN", "Administrator", commonName: "PO1"), [list]).situation == .notMailbox)
    }

    @Test("A row with a problem is invalid, in the problem's words")
    func invalid() {
        let problem = RowProblem(position: FilePosition(line: 2), text: "12 fields where the header has 13")
        let decision = decide(row("JSMITH4", "John Smith", problem: problem), [johnSmith])
        #expect(decision.situation == .invalid)
        #expect(decision.reason == problem.text)
        #expect(decide(row("JSMITH4", "John Smith", mode: nil), [johnSmith]).situation == .invalid)
    }
}
