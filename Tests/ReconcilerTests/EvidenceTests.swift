import Records
import Testing

@testable import Reconciler

private let berlinContainer = "cn=Recipients,ou=BERLIN,o=Org"

@Suite("Pieces of evidence")
struct EvidenceTests {
    @Test("Every fact has a stable name of its own, and those against come last")
    func names() {
        let pieces: [any Piece.Type] = Fact.all.map { $0.piece }
        #expect(pieces.count == 32)
        #expect(Set(pieces.map { $0.name }).count == pieces.count)
        let forces = pieces.map { $0.force }
        #expect(forces == forces.filter { $0 == .identifying } + forces.filter { $0 == .naming } + forces.filter { $0 == .against })
        #expect(Facts.against == Fact.all.filter { $0.piece.force == .against }.reduce(into: []) { $0.formUnion(Facts($1)) })
        #expect(Facts.identifying == Fact.all.filter { $0.piece.force == .identifying }.reduce(into: []) { $0.formUnion(Facts($1)) })
    }

    @Test("The old mailbox name on an entry tells namesakes apart where the row's postoffice is unknown")
    func formerMailboxName() {
        let one = mailbox("john.smith", "John Smith", addresses: ["MS:OLDNET/PO7/JSM7"])
        let other = mailbox("jack.smith", "Jack Smith", addresses: ["MS:ORG/HQ/JACKSMITH"])
        let decision = decide(row("JSM7", "John Smith"), [one, other])
        #expect(decision.situation == .certain)
        #expect(decision.evidenceNames == ["former-mailbox-name", "full-name", "only-bearer", "namesake"])
    }

    @Test("An old address of a postoffice that other rows come from is no former name of this row")
    func formerNameOfKnownPostoffice() {
        let one = mailbox("john.smith", "John Smith", addresses: ["MS:CONTOSO/PO7/JSM7"])
        let decisions = decide([row("JSM7", "John Smith"), row("UK", "Ursula Krause", address: "CONTOSO/PO7/UK")], [one, ursulaKrause])
        #expect(!decisions[0].evidenceNames.contains("former-mailbox-name"))
        #expect(decisions[0].situation == .probable)
    }

    @Test(
        "A middle initial is a second piece, from the full name or from a mailbox name of initials",
        arguments: [("X", "John Q. Smith"), ("JQS2", "John Smith"), ("JQS2", "J. Smith")])
    func middleInitial(mailboxName: String, fullName: String) {
        let people = [mailbox("j1", "John Smith", initials: "Q"), mailbox("j2", "Ann Miller", initials: "R")]
        let decision = decide(row(mailboxName, fullName), people)
        #expect(decision.situation == .certain)
        #expect(decision.evidenceNames.contains("middle-initial"))
    }

    @Test(
        "A short surname with an initial is no three initials", arguments: [("YUF", "Fred Yu"), ("FYU", "Fred Yu"), ("JOT", "Jo Tolosky")])
    func noInitials(mailboxName: String, fullName: String) {
        var desk = FoldingDesk()
        var readings: [NameReading] = []
        #expect(RowNames([row(mailboxName, fullName)], 0, &desk, &readings).middleInitials.isEmpty)
    }

    @Test("A mailbox name that another row has, too, was not carried over for sure where there is a namesake")
    func carriedOverTwice() {
        let crowd = (0..<40).map {
            mailbox("annaz\($0)", "Anna Z\(word($0))", given: "Anna", surname: "Z\(word($0))", directoryName: "anna.z\(word($0))")
        }
        let lira = mailbox("jlira", "Julia Lira", given: "Julia", surname: "Lira")
        let namesake = mailbox("james.lira", "James Lira", given: "James", surname: "Lira")
        func evidence(_ rows: [MigrationRow], _ others: [Recipient]) -> [String] { decide(rows, crowd + [lira] + others)[0].evidenceNames }
        let own = row("JLIRA", "Julia Lira", address: "CONTOSO/PO1/JLIRA")
        let other = row("JLIRA", "Jorge Blanco", address: "CONTOSO/PO2/JLIRA", number: 2)
        #expect(evidence([own], [namesake]).contains("carried-over"))
        #expect(evidence([own, other], []).contains("carried-over"))
        #expect(!evidence([own, other], [namesake]).contains("carried-over"))
    }

    @Test("The X.400 address keeps the surname before a marriage")
    func earlierSurname() {
        let married = mailbox(
            "mjones", "Mary Miller", given: "Mary", surname: "Miller", addresses: ["X400:c=US;a= ;p=Org;o=HQ;s=Jones;g=Mary;"])
        let decision = decide(row("MJONES", "Mary Jones"), [married])
        #expect(decision.situation == .certain)
        #expect(decision.reason.contains("name Mary Jones in the X.400 address"))
    }

    @Test("Given name and surname the other way round are another person's, where the row tells them in columns of their own")
    func turnedRound() {
        var own = row("PAULR", "Robert Paul", address: "CONTOSO/PO1/PAULR")
        (own.givenName, own.surname) = ("Robert", "Paul")
        let other = mailbox("PaulR", "Paul Robert", given: "Paul", surname: "Robert")
        #expect(!decide(own, [other, ursulaKrause]).evidenceNames.contains("full-name"))
        let same = mailbox("PaulR", "Paul Robert", given: "Robert", surname: "Paul")
        #expect(decide(own, [same, ursulaKrause]).evidenceNames.contains("full-name"))
    }

    @Test("An initial with the surname is worth a look, and never more with an alias")
    func initialAndSurname() {
        let decision = decide(row("JSMITH", "J. Smith"), [mailbox("jsmith", "John Smith", given: "John", surname: "Smith")])
        #expect(decision.situation == .probable)
        #expect(decision.evidenceNames.contains("initial-and-surname"))
    }

    @Test("An alias made after the habit is what a namesake would have, too; one carried over is not")
    func habits() {
        let crowd = (0..<300).map { number in
            let surname = word(number % 100 == 99 ? number - 1 : number)
            return mailbox("anna\(surname.prefix(1))\(number)", "Anna \(surname)", given: "Anna", surname: surname)
        }
        let habitual = mailbox("peterl", "Peter Lang", given: "Peter", surname: "Lang")
        let carriedOver = mailbox("plang", "Peter Lang", given: "Peter", surname: "Lang")
        #expect(decide(row("PETERL", "Peter Lang"), crowd + [habitual]).situation == .probable)
        let changed = mailbox("plang", "Peter Lang", given: "Peter", surname: "Lang", directoryName: "peterl")
        #expect(decide(row("PLANG", "Peter Lang"), crowd + [changed]).situation == .probable, "a newer alias may follow a newer habit")
        let decision = decide(row("PLANG", "Peter Lang"), crowd + [carriedOver])
        #expect(decision.situation == .certain)
        #expect(decision.evidenceNames.contains("carried-over"))
    }

    @Test("A mailbox far from where the postoffice's people live is not certain by names")
    func otherContainer() {
        let known = (0..<6).map {
            mailbox(
                "b\($0)", "Berta \(word($0))", given: "Berta", surname: word($0), addresses: ["MS:CONTOSO/PO1/B\($0)"],
                container: berlinContainer)
        }
        let others = (0..<20).map { mailbox("o\($0)", "Otto \(word($0 + 50))", given: "Otto", surname: word($0 + 50)) }
        let rows = (0..<6).map { row("B\($0)", "Berta \(word($0))", address: "CONTOSO/PO1/B\($0)") }
        let sought = row("PLANG", "Peter Lang", address: "CONTOSO/PO1/PLANG")
        let there = decide(rows + [sought], known + others + [mailbox("plang", "Peter Lang", container: berlinContainer)])
        #expect(there[6].situation == .certain)
        #expect(there[6].evidenceNames.contains("home-container"))
        let elsewhere = decide(rows + [sought], known + others + [mailbox("plang", "Peter Lang")])
        #expect(elsewhere[6].situation == .probable)
        #expect(elsewhere[6].evidenceNames.contains("other-container"))
    }

    /// A postoffice in Berlin whose people, known by address, work in Sales, and twenty others elsewhere.
    private func berlin(_ more: [Recipient], areNamesShared: Bool = false) -> (rows: [MigrationRow], recipients: [Recipient]) {
        let known = (0..<6).map {
            mailbox(
                "b\($0)", "Berta \(word($0))", given: "Berta", surname: word($0), addresses: ["MS:CONTOSO/PO1/B\($0)"],
                container: berlinContainer, department: $0 == 0 ? "Legal" : "Sales")
        }
        // Where so many share their names, a name in its place says little.
        let others = (0..<220).map {
            let name = word((areNamesShared ? $0 / 2 : $0) + 50)
            return mailbox("o\($0)", "Otto \(name)", given: "Otto", surname: name, department: "Stores")
        }
        return ((0..<6).map { row("B\($0)", "Berta \(word($0))", address: "CONTOSO/PO1/B\($0)") }, known + others + more)
    }

    @Test(
        "A full name decides where the postoffice's people live or work, as the rows show whose mailbox is known",
        arguments: [
            ("Sales", berlinContainer, Situation.certain), ("SALES", berlinContainer, .certain), ("", berlinContainer, .certain),
            ("", "cn=Recipients,ou=HQ,o=Org", .probable), ("Stores", "cn=Recipients,ou=HQ,o=Org", .probable),
        ])
    func home(department: String, container: String, expected: Situation) {
        let (rows, recipients) = berlin([mailbox("lang.p", "Peter Lang", container: container, department: department)])
        let decision = decide(rows + [row("PLANG", "Peter Lang", address: "CONTOSO/PO1/PLANG")], recipients)[6]
        #expect(decision.situation == expected, "\(decision)")
        #expect(decision.evidenceNames.contains("home-department") == (department.lowercased() == "sales"))
        if department.lowercased() == "sales" {
            #expect(decision.reason.contains("people of the postoffice whose department is known work in \(department)"))
        }
    }

    @Test("Where the postoffice is unknown, the people of the same list show where its people live")
    func homeOfList() {
        let (rows, recipients) = berlin([mailbox("lang.p", "Peter Lang", container: berlinContainer)])
        let unaddressed = rows.map { row($0.mailboxName, $0.fullName, number: $0.number) }
        let decision = decide(unaddressed + [row("XY", "Peter Lang")], recipients)[6]
        #expect(decision.situation == .certain)
        #expect(decision.reason.contains("people of the list whose mailbox is known live in cn=Recipients,ou=BERLIN,o=Org"))
        let other = decide(unaddressed + [row("XY", "Peter Lang", file: 1)], recipients)[6]
        #expect(other.situation == .probable, "another list's people show nothing")
    }

    @Test("Somebody at home, of the same department, or with a rarer name is likelier to be the one")
    func place() throws {
        func once(_ container: String, _ department: String, _ more: [Recipient] = []) throws -> Int {
            let lang = mailbox("lang.u", "Uwe Lang", container: container, department: department)
            let (rows, recipients) = berlin([lang] + more)
            return try #require(decide(rows + [row("UWE2", "Uwe Lang", address: "CONTOSO/PO1/UWE2")], recipients)[6].wrongOnceIn)
        }
        let home = try once(berlinContainer, "")
        #expect(try once(berlinContainer, "Sales") > home)
        #expect(try once(berlinContainer, "Stores") < home)
        #expect(try once("cn=Recipients,ou=HQ,o=Org", "") < home)
        // Another Uwe and another Lang.
        #expect(try once(berlinContainer, "", [mailbox("x1", "Paul Lang"), mailbox("x2", "Uwe Peters")]) <= home)
    }

    @Test("Only-bearer holds while a word of the name is in no other entry", arguments: [("Paul Lang", false), ("Paul Stone", true)])
    func onlyBearer(entry: String, expected: Bool) {
        // Another Uwe is there in any case.
        let (rows, recipients) = berlin([
            mailbox("lang.u", "Uwe Lang", container: berlinContainer), mailbox("x1", entry), mailbox("x2", "Uwe Peters"),
        ])
        let decision = decide(rows + [row("UWE2", "Uwe Lang", address: "CONTOSO/PO1/UWE2")], recipients)[6]
        #expect(decision.evidenceNames.contains("only-bearer") == expected)
        #expect(decision.reason.contains("no other entry has Lang in its name") == expected, "\(decision.reason)")
    }

    /// The words of the fact of this name for the only entry that has something of the row.
    private func words(_ name: String, _ own: MigrationRow, _ entry: Recipient, _ others: [MigrationRow] = []) -> String? {
        let decision = decide([own] + others, [entry, ursulaKrause])[0]
        return ([decision.target].compactMap(\.self) + decision.rivals).flatMap(\.evidence).first { $0.name == name }?.text
    }

    @Test(
        "The words of a fact are true by themselves: which word is shared, and what names that agree do not share",
        arguments: [
            (
                "surname", "Karl Müller-Thurgauer", mailbox("x", "Karl Müller-Lüdensch", given: "Karl", surname: "Müller-Lüdensch"),
                "Müller of the surname Müller-Lüdensch occurs in the full name Karl Müller-Thurgauer"
            ),
            ("surname", "Hugh, Simon", mailbox("x", "Simon, Hugh"), "Simon as surname in Simon, Hugh occurs in the full name Hugh, Simon"),
            (
                "surname", "Jan de Wit", mailbox("qq", "Piet de Wit", given: "Piet", surname: "de Wit"),
                "surname de Wit occurs in the full name Jan de Wit"
            ),
            (
                "shared-word", "Karl Müller-Thurgauer", mailbox("x", "Karl Müller-Lüdensch", given: "Karl", surname: "Müller-Lüdensch"),
                "full name Karl Müller-Thurgauer and Karl Müller-Lüdensch share Karl and Müller, which few have"
            ),
            (
                "full-name", "John Q. Hapsworth", mailbox("x", "John R. Hapsworth"),
                "full name John Q. Hapsworth and display name John R. Hapsworth agree but for Q, R"
            ),
            (
                "full-name", "John Hapsworth, Sr", mailbox("x", "John Hapsworth Jr."),
                "full name John Hapsworth, Sr and display name John Hapsworth Jr. agree but for Sr, Jr"
            ),
            (
                "full-name", "HAPSWORTH, JOHN Q", mailbox("x", "John Q. Hapsworth"),
                "full name HAPSWORTH, JOHN Q = display name John Q. Hapsworth"
            ),
        ])
    func trueWords(name: String, fullName: String, entry: Recipient, expected: String) {
        let found = words(name, row("QQ", fullName), entry)
        #expect(found == expected)
    }

    @Test("An old address in the row's mailbox name is another mailbox only if the row's postoffice is another one")
    func otherMailboxOfUnknownPostoffice() {
        let noel = mailbox("noeln", "Noel Noaddress", addresses: ["MIGRATE:MS:CONTOSO/PO1/NOADDRESSN"])
        let others = (0..<3).map { row("P\($0)", "Person \(word($0))", address: "CONTOSO/PO1/P\($0)", number: $0 + 2) }
        #expect(
            words("other-mailbox", row("NOADDRESSN", "Noel Noaddress"), noel, others)
                == "the entry has the old address MIGRATE:MS:CONTOSO/PO1/NOADDRESSN, which is the row's if its postoffice is CONTOSO/PO1 (--postoffice), and another mailbox if not"
        )
        let other = words("other-mailbox", row("NOADDRESSN", "Noel Noaddress", address: "CONTOSO/PO2/NOADDRESSN"), noel, others)
        #expect(other?.hasSuffix("CONTOSO/PO1/NOADDRESSN, which is another mailbox") == true)
    }

    @Test("A full name in its place does not decide in a directory where half of the names belong to two, unless more errors are allowed")
    func placedAmongNamesakes() {
        let (rows, recipients) = berlin(
            [mailbox("lang.p", "Peter Lang", container: "cn=Recipients,ou=HQ,o=Org", department: "Sales")], areNamesShared: true)
        let all = rows + [row("PLANG", "Peter Lang", address: "CONTOSO/PO1/PLANG")]
        let decision = decide(all, recipients)[6]
        #expect(decision.situation == .probable)
        #expect(
            decision.reason.contains(
                "the people of the postoffice live elsewhere than in cn=Recipients,ou=HQ,o=Org; a decision like this is wrong once in"))
        #expect(decision.reason.hasSuffix(", which is more than max-error allows"))
        #expect(decide(all, recipients, settings: ReconcilerSettings(maxError: 1))[6].situation == .certain)
    }

    @Test("What decides by names is weighed, who is identified is not")
    func maxError() {
        let people = [plainJohn, mailbox("c", "Carla Moss", addresses: ["MS:CONTOSO/PO1/CMOSS"])]
        let rows = [row("JSMITH4", "John Smith"), row("CMOSS", "Carla Moss", address: "CONTOSO/PO1/CMOSS", number: 2)]
        #expect(decide(rows, people).map(\.situation) == [.certain, .certain])
        let strict = decide(rows, people, settings: ReconcilerSettings(maxError: 0))
        #expect(strict.map(\.situation) == [.probable, .certain])
        #expect(strict[0].reason.contains("a decision like this is wrong once in \(strict[0].wrongOnceIn ?? 0)"))
        #expect(strict[0].reason.hasSuffix("which is more than max-error allows"))
    }

    @Test(
        "Usual forms of a given name are alike, and only those",
        arguments: [
            ("Bill Smith", "Smith, William", true), ("Smith, Sepp", "Josef Smith", true), ("Peggy van Dam", "Margaret van Dam", true),
            ("Alex Smith", "Alexandra Smith", true), ("Alexander Smith", "Alexandra Smith", false), ("Bill Smith", "Bill Smyth", false),
            ("Bill William", "William Smith", false), ("Bob Tom", "Robert Thomas", false),
        ])
    func familiarName(own: String, theirs: String, expected: Bool) {
        let decision = decide(row("XX", own), [mailbox("yy", theirs)])
        #expect(decision.evidenceNames.contains("familiar-name") == expected, "\(decision)")
        #expect(decision.situation == (expected ? .probable : decision.situation))
    }

    @Test(
        "A name with words that the other lacks is alike",
        arguments: [
            ("Gabriel Haglund Marketing", "Gabriel Haglund"), ("Paula Oliveira", "Paula Oliveira Pereira"), ("Jan Dam", "Jan van Dam"),
            ("Smith, Bill - Temp", "William Smith"),
        ])
    func partialName(own: String, theirs: String) {
        let decision = decide(row("XX", own), [mailbox("yy", theirs)])
        #expect(decision.evidenceNames.contains("partial-name") && decision.situation == .probable, "\(decision)")
    }

    @Test(
        "A slip in one word of four letters and more is found where nobody has the name as it is written, and decides nothing",
        arguments: [
            ("Adline Wage", "Adeline Wage", true), ("Vicente Ttewart", "Vicente Stewart", true), ("Earl, Lidna", "Linda Earl", true),
            ("Jörg Mülelr", "Jörg Müller", true), ("Hall BBarbara", "Hall, Barbara", true),
            ("Anna Lena Bergstrom", "Anna Lena Bergström", false),
            ("Adlne Wage", "Adeline Wagge", false), ("Jon Smith", "Jan Smith", false), ("Abram Levi", "Abraham Levi", false),
        ])
    func misspeltName(own: String, theirs: String, expected: Bool) {
        let decision = decide(row("XX", own), [mailbox("yy", theirs), ursulaKrause])
        #expect(decision.evidenceNames.contains("misspelt-name") == expected, "\(decision)")
        if expected {
            #expect(decision.situation == .probable && decision.target?.recipient == 0)
            let withOwner = decide(row("XX", own), [mailbox("yy", theirs), mailbox("zz", own)])
            #expect(withOwner.target?.recipient == 1 && withOwner.rivals.isEmpty)
        }
    }

    @Test("Everything beside a name with a slip is not enough: Hansen and Hanson are two people as often as one")
    func misspeltNameAtHome() {
        let (rows, recipients) = berlin([mailbox("hanson.p", "Peter Hanson", container: berlinContainer, department: "Sales")])
        let decision = decide(rows + [row("PHANSEN", "Peter Hansen", address: "CONTOSO/PO1/PHANSEN", number: 7)], recipients)[6]
        #expect(decision.evidenceNames.first == "misspelt-name" && decision.evidenceNames.contains("home-container"))
        #expect(decision.situation == .probable)
    }

    @Test("A row that is called alike may be the mailbox's owner, too, so neither decides")
    func alikeRows() {
        let (rows, recipients) = berlin([mailbox("lang.w", "William Lang", container: berlinContainer)])
        let own = row("WLANG", "William Lang", address: "CONTOSO/PO1/WLANG", number: 7)
        #expect(decide(rows + [own], recipients)[6].situation == .certain)
        let other = row("BLANG", "Bill Lang Stores", address: "CONTOSO/PO1/BLANG", number: 8)
        #expect(decide(rows + [own, other], recipients)[6].situation != .certain)
    }

    @Test("Rows that contest one mailbox, or decide nothing, may still be another one's, so that nobody else gets it for being alone")
    func contestedRowsReachFurther() {
        let numbered = mailbox("lang.p", "Peter Lang", addresses: ["MS:CONTOSO/PO1/XX", "MS:CONTOSO/PO1/YY"], directoryName: "pl")
        let (rows, recipients) = berlin([numbered, mailbox("lang.p2", "Peter Lang-Moss", container: berlinContainer, department: "Sales")])
        // Both rows have an address of Peter Lang's; their own names fit Peter Lang-Moss as well.
        let both = ["XX", "YY"].map { row($0, "Peter Lang", address: "CONTOSO/PO1/\($0)", number: 7) }
        let sought = row("ZZ", "Moss, Peter", address: "CONTOSO/PO1/ZZ", number: 9)
        let decisions = decide(rows + both + [sought], recipients)
        #expect(decisions[6].situation == .contested && decisions[7].situation == .contested)
        #expect(decisions[8].situation == .probable, "\(decisions[8])")
        let alone = decide(rows + [both[0], sought], recipients)
        #expect(alone[7].situation == .certain, "\(alone[7])")
    }

    @Test("Who has somebody's full name is no rival for another mailbox by a short name; who may have the name is")
    func lesserClaims() {
        let (rows, recipients) = berlin([mailbox("robertb", "Robert Barriet", container: berlinContainer)])
        let own = row("ROBERTBA", "Robert Barriet", address: "CONTOSO/PO1/ROBERTBA", number: 7)
        let other = row("ROBERTB", "Robert Bailey", address: "CONTOSO/PO2/ROBERTB", number: 8)
        #expect(decide(rows + [own], recipients)[6].situation == .certain)
        #expect(decide(rows + [own, other], recipients)[6].situation == .contested)
        let bailey = mailbox("baileyr", "Robert Bailey")
        #expect(decide(rows + [own, other], recipients + [bailey])[6].situation == .certain)
        let third = row("RB", "Robert Bailey", address: "CONTOSO/PO3/RB", number: 9)
        // Two rows of that name: one of them is somebody else. The entry does not tell given name and surname, so that nobody knows whether they make ROBERTB.
        #expect(decide(rows + [own, other, third], recipients + [bailey])[6].situation == .probable)
        let alike = row("RB", "R. Barriet", address: "CONTOSO/PO3/RB", number: 9)
        #expect(decide(rows + [own, alike], recipients + [bailey])[6].situation == .contested)
    }

    @Test("Where very many have a name that is alike, nobody of them is taken for the only one")
    func crowdOfAlike() {
        let johns = (0..<60).map { mailbox("john\($0)", "John Lang", given: "John", surname: "Lang") }
        let (rows, recipients) = berlin([mailbox("lang.j", "Jack Lang", container: berlinContainer, department: "Sales")] + johns)
        let decision = decide(rows + [row("XX", "Jack Lang", address: "CONTOSO/PO1/XX")], recipients)[6]
        #expect(decision.situation == .probable, "\(decision)")
    }

    @Test("Mailbox names that are employee numbers identify, once the people known otherwise show it")
    func employeeNumbers() {
        func people(_ count: Int, other: Int = 0) -> (rows: [MigrationRow], recipients: [Recipient]) {
            (
                (0..<count).map { row("E10471\($0)", "Berta \(word($0))", address: "CONTOSO/PO1/E10471\($0)") },
                (0..<count).map {
                    mailbox(
                        "b\($0)", "Berta \(word($0))", addresses: ["MS:CONTOSO/PO1/E10471\($0)"],
                        key: $0 < other ? "999\($0)" : "010471\($0)")
                }
            )
        }
        let married = mailbox("mm", "Mary Miller", key: "123456")
        let sought = row("E123456", "Mary Jones")
        for (count, other, expected) in [(5, 0, Situation.certain), (4, 0, .probable), (6, 1, .probable)] {
            let (rows, recipients) = people(count, other: other)
            let decision = decide(rows + [sought], recipients + [married])[count]
            #expect(decision.situation == expected, "\(count), \(other): \(decision)")
            if expected == .certain { #expect(decision.reason.contains("as for 5 people known otherwise")) }
        }
        let (rows, recipients) = people(10)
        let twice = decide(rows + [sought], recipients + [married, mailbox("nn", "Ann Lee", key: "E123456")])[10]
        #expect(twice.situation == .ambiguous)
        let other = decide(rows + [row("E777777", "M. Miller")], recipients + [married])[10]
        #expect(other.situation == .probable && other.evidenceNames.contains("other-number"))
    }

    @Test("A stale address beside names of which four letters meet by chance is in doubt")
    func chanceLetters() {
        let stranger = mailbox(
            "rspell", "Rachel Spell", given: "Rachel", surname: "Spell", addresses: ["MS:CONTOSO/PO1/P123"], directoryName: "RachelS")
        let decision = decide(row("P123", "Kiser, Chelsea", address: "CONTOSO/PO1/P123"), [stranger])
        #expect(decision.situation == .probable && decision.evidenceNames.contains("other-names"))
        let married = mailbox(
            "clemencefout", "Clara Boutier", given: "Clara", surname: "Boutier", addresses: ["MS:CONTOSO/PO1/P124"])
        #expect(decide(row("P124", "Clemence Foutier", address: "CONTOSO/PO1/P124"), [married]).situation == .certain)
    }

    @Test("A department is believed when five people show one, most of them the same, and not half of the directory works there")
    func departments() {
        func department(_ keys: [Key], all: [Key]? = nil) -> Key? {
            let all = all ?? keys + Array(repeating: 9, count: 20)
            let found = keys.indices.map { KnownMailbox(row: $0, group: 1, recipient: $0) }
            return Departments(found, keys: all, mailboxes: Array(all.indices)).department(of: 1)?.key
        }
        #expect(department([7, 7, 7, 8, 8]) == 7)
        #expect(department([7, 7, 7, 7, 0]) == nil, "four that show one")
        #expect(department([7, 7, 7, 8, 8, 8]) == nil, "half is not most")
        #expect(department([7, 7, 7, 7, 7], all: [7, 7, 7, 7, 7, 9, 9, 9]) == nil, "most of the directory")
        #expect(department([]) == nil)
    }

    @Test("A unique key decides when it is configured, and only then")
    func uniqueKey() {
        let owner = mailbox("x", "Mary Miller", key: "a4711")
        let sought = row("E4711", "Mary Jones", key: "A4711")
        #expect(decide(sought, [owner], settings: ReconcilerSettings(usesUniqueKey: true)).situation == .certain)
        let unkeyed = decide(sought, [owner])
        #expect(unkeyed.situation == .probable && unkeyed.evidenceNames == ["shared-word"])
        let twice = [owner, mailbox("y", "Mary Myers", key: "A4711")]
        #expect(decide(sought, twice, settings: ReconcilerSettings(usesUniqueKey: true)).situation == .ambiguous)
    }
}

@Suite("The administrator's map")
struct MapTests {
    private let people = [johnSmith, mailbox("peter", "Peter Lang", addresses: ["SMTP:peter@org.example"]), ursulaKrause]

    @Test(
        "names a recipient by DN, alias, Directory Name, display name or address, and decides although names differ",
        arguments: ["CN=peter, CN=Recipients, OU=HQ, O=Org", "PETER", "Peter Lang", "peter@org.example", "SMTP:Peter@org.example"])
    func names(recipient: String) {
        let settings = ReconcilerSettings(map: [MappedPair(mailboxName: "zz", recipient: recipient, line: 3)])
        let decision = decide(row("ZZ", "Somebody Else"), people, settings: settings)
        #expect(decision.situation == .certain)
        #expect(decision.target?.recipient == 1)
        #expect(decision.reason.hasPrefix("line 3 of the map says that zz is \(recipient)"))
    }

    @Test("speaks only of its postoffice")
    func postoffice() {
        let pair = MappedPair(mailboxName: "ZZ", postoffice: Postoffice("CONTOSO/PO1"), recipient: "peter", line: 1)
        let settings = ReconcilerSettings(map: [pair])
        #expect(decide(row("ZZ", "Z", address: "CONTOSO/PO1/ZZ"), people, settings: settings).situation == .certain)
        #expect(decide(row("ZZ", "Z", address: "CONTOSO/PO2/ZZ"), people, settings: settings).situation == .absent)
    }

    @Test("that names nobody, or somebody who is no mailbox, or several, decides nothing")
    func lost() {
        let lost = ReconcilerSettings(map: [MappedPair(mailboxName: "ZZ", recipient: "nobody", line: 9)])
        #expect(decide(row("ZZ", "Z"), people, settings: lost).situation == .unknown)
        let list = ReconcilerSettings(map: [MappedPair(mailboxName: "ZZ", recipient: "sales", line: 9)])
        #expect(decide(row("ZZ", "Z"), people + [mailbox("sales", kind: .distributionList)], settings: list).situation == .notMailbox)
        let two = ReconcilerSettings(map: [MappedPair(mailboxName: "ZZ", recipient: "Peter Lang", line: 9)])
        #expect(decide(row("ZZ", "Z"), people + [mailbox("p2", "Peter Lang")], settings: two).situation == .ambiguous)
    }

    @Test("against an address is ambiguous, and two rows mapped to one mailbox are contested")
    func conflicts() {
        let settings = ReconcilerSettings(map: [MappedPair(mailboxName: "JOHNS", recipient: "peter", line: 1)])
        #expect(decide(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), people, settings: settings).situation == .ambiguous)
        let rows = [row("JOHNS", "A", file: 0), row("JOHNS", "B", file: 1)]
        #expect(decide(rows, people, settings: settings).map(\.situation) == [.contested, .contested])
    }
}
