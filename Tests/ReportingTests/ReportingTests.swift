import Records
@testable import Reporting
import Testing

@Suite("What a terminal is shown")
struct ReportingTests {
    private let plain = Ink(isOn: false)

    @Test(
        "has control, formatting and reordering characters made harmless",
        arguments: [
            ("plain Müller", "plain Müller"), ("a\u{1B}[2Jb", "a\\u{1b}[2Jb"), ("a\r\nb", "a\\u{d}\\u{a}b"),
            ("\u{202E}gpj.exe", "\\u{202e}gpj.exe"),
            ("zero\u{200B}width", "zero\\u{200b}width"), ("\u{9B}31m", "\\u{9b}31m"),
        ])
    func printable(_ text: String, _ shown: String) {
        #expect(text.printable == shown)
    }

    @Test(
        "quotes words for a shell",
        arguments: [
            ("users.csv", "users.csv"), ("o=Alder Freight", "'o=Alder Freight'"), ("it's", "'it'\\''s'"), ("", "''"), ("$(rm)", "'$(rm)'"),
            ("a\\,b", "'a\\,b'"),
        ])
    func shell(_ text: String, _ quoted: String) {
        #expect(text.shellQuoted == quoted)
    }

    @Test(
        "counts how many decisions are expected to be wrong to three digits, however few",
        arguments: [(0.0, 0.0), (0.000_123_4, 0.000_123), (0.0315, 0.0315), (1.236, 1.24), (123.4, 123), (1999.9, 2000)])
    func expectedWrong(_ chance: Double, _ told: Double) {
        var tally = PlanTally()
        tally.add(.certain, isChanged: true, chanceOfError: chance)
        #expect(tally.roundedExpectedWrong == told)
    }

    @Test("tells the forecast of many rows, what it rests on, and what else is touched")
    func forecast() {
        var overview = PlanOverview(PlanTally(), limit: 0)
        overview.add(
            Forecast(before: ImportOutcome(.event7026, .noAddress), after: ImportOutcome(.updates, .addressWritten), accountOf: "UK"),
            .certain)
        var next = PlanOverview(PlanTally(), limit: 0)
        next.add(Forecast(before: ImportOutcome(.event7026, .noAddress), isSupposed: true, replacedName: "Krause"), .probable)
        overview.add(next)
        let text = PlanReport.forecast(overview, .exchange55, ink: plain)
        #expect(text.contains("      0     1  update a mailbox") && text.contains("      2     1  fail with event 7026"), "\(text)")
        #expect(text.contains("For 1 row that rests on a mailbox that is not certain to be the person's."))
        #expect(text.contains("The Display-Name of 1 row then replaces another one in the address book."))
        #expect(text.contains("The Common-Name of 1 row is then another row's mailbox name or NT account"))
        let counts = overview.forecast
        #expect(counts?.before == ["7026": 2] && counts?.after == ["7026": 1, "updates": 1])
        #expect(counts?.supposed == 1 && counts?.replacedNames == 1 && counts?.accounts == 1)
    }

    @Test("is coloured only when asked")
    func colours() {
        #expect(Ink(isOn: true).red("x") == "\u{1B}[31mx\u{1B}[0m")
        #expect(plain.red("x") == "x")
    }

    @Test(
        "is broken between words to the terminal's width, what follows indented; colours take no room",
        arguments: [
            ("short", 40, "short"),
            (String(repeating: "word ", count: 10) + "end", 40, "word word word word word word word word\n    word word end"),
            ("  1234567890 1234567890  1234567890 1234567890", 40, "  1234567890 1234567890  1234567890\n      1234567890"),
            ("a " + String(repeating: "x", count: 50) + " b", 40, "a\n    " + String(repeating: "x", count: 50) + "\n    b"),
            (String(repeating: "x", count: 50), 40, String(repeating: "x", count: 50)),
            (
                "\u{1B}[31m1234567890\u{1B}[0m 1234567890 1234567890 1234567", 40,
                "\u{1B}[31m1234567890\u{1B}[0m 1234567890 1234567890 1234567"
            ),
            ("one\n" + String(repeating: "word ", count: 9) + "\n", 40, "one\nword word word word word word word word\n    word \n"),
            (String(repeating: "word ", count: 10), 20, String(repeating: "word ", count: 10)),
        ])
    func wrapping(_ text: String, _ width: Int, _ wrapped: String) {
        #expect(text.wrapped(to: width) == wrapped)
        #expect(text.wrapped(to: nil) == text)
    }

    private func row(_ number: Int, _ situation: Situation, changed: Bool = false, container: String = "cn=Recipients") -> PlannedRow {
        let target = PlannedCandidate(
            dn: "cn=box\(number),\(container),o=ORG", id: "", kind: .mailbox, directoryName: "box\(number)", alias: "", displayName: "",
            fingerprint: "",
            evidence: [
                Evidence(name: "ms-address", force: .identifying, text: "first fact"),
                Evidence(name: "alias", force: .naming, text: "second fact"),
                Evidence(name: "full-name", force: .naming, text: "third fact"),
            ])
        return PlannedRow(
            row: number, line: number + 3, mailboxName: "USER\(number)", fullName: "Full Name", situation: situation,
            reason: "reason \(number)", target: target,
            changes: changed ? [CellChange(column: "Common-Name", old: "USER\(number)", new: "box\(number)")] : [])
    }

    private func overview(_ rows: [PlannedRow], limit: Int = 20) -> PlanOverview {
        var tally = PlanTally()
        for row in rows { tally.add(row.situation, isChanged: !row.changes.isEmpty) }
        var overview = PlanOverview(tally, limit: limit)
        for row in rows {
            if !row.changes.isEmpty, let target = row.target { overview.countChanges(in: DistinguishedName(target.dn).parent) }
            if overview.wants(row.situation, isChanged: !row.changes.isEmpty, row.forecast) { overview.add(row) }
        }
        return overview
    }

    @Test("counts every situation once, in the order of the documentation, and says what happens to the rows")
    func summary() {
        let overview = overview([Situation.trap, .certain, .certain, .absent].enumerated().map { row($0, $1) })
        let lines = PlanReport.summary(of: "users.csv", overview, ink: plain).split(separator: "\n").map(String.init)
        #expect(lines[0] == "users.csv: 4 rows")
        #expect(lines[1].hasPrefix("  2  certain ") && lines[1].hasSuffix("corrected"))
        #expect(lines[2].hasPrefix("  1  trap ") && lines[2].contains("SOMEBODY ELSE'S") && lines[2].hasSuffix("waits for a person"))
        #expect(lines[3].hasPrefix("  1  absent ") && lines[3].hasSuffix("left as it is"))
        #expect(lines.count == 4)
        #expect(overview.tally.waitingRows == 1)
    }

    @Test("shows the first changes with line, cells, mailbox and the two strongest facts, and how many more there are")
    func changes() {
        let overview = overview((1...3).map { row($0, .certain, changed: true) }, limit: 2)
        let text = PlanReport.changes(overview, ink: plain)
        #expect(
            text.contains(
                "line 4 USER1, Full Name  Common-Name -'USER1' +'box1'\n    cn=box1,cn=Recipients,o=ORG: first fact; second fact\n"))
        #expect(!text.contains("third fact") && !text.contains("USER3"))
        #expect(text.contains("… and 1 more change; --all shows them"))
    }

    @Test("puts the loud rows first")
    func waiting() throws {
        let overview = overview([row(1, .probable), row(2, .ambiguous), row(3, .trap)])
        let text = PlanReport.waiting(overview, limit: 2, ink: plain)
        let trap = try #require(text.firstRange(of: "line 6 USER3"))
        let ambiguous = try #require(text.firstRange(of: "line 5 USER2"))
        #expect(trap.lowerBound < ambiguous.lowerBound)
        #expect(text.contains("… and 1 more row; --all shows them"))
    }

    @Test("shows first, whatever their situation, the rows for which somebody else's mailbox would be updated, and each row once")
    func loud() throws {
        var loud = row(9, .ambiguous)
        loud.forecast = Forecast(before: ImportOutcome(.updatesOther, .address, dn: "cn=other,o=ORG"))
        let text = PlanReport.waiting(overview([row(1, .trap), row(2, .ambiguous), loud], limit: 2), limit: 2, ink: plain)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 4 && lines[1].contains("USER9") && lines[2].contains("USER1"), "\(text)")
        #expect(lines[3].contains("1 more row"), "\(text)")
    }

    @Test("does not promise a new mailbox to rows that have none where the forecast says otherwise")
    func absent() {
        var overview = PlanOverview(limit: 0)
        overview.add(Forecast(before: ImportOutcome(.creates, .created)), .absent)
        #expect(!PlanReport.forecast(overview, .exchange55, ink: plain).contains("absent"))
        overview.add(Forecast(before: ImportOutcome(.event7026, .noAddressInFile)), .absent)
        overview.add(Forecast(before: ImportOutcome(.event7026, .noAddress)), .probable)
        let text = PlanReport.forecast(overview, .exchange55, ink: plain)
        #expect(text.contains("Of 2 rows without a mailbox (absent): 1 make a new mailbox, 1 fail with event 7026."), "\(text)")
        #expect(!Situation.absent.meaning.contains("right"))
    }

    @Test(
        "calls the mailbox to which a trap leads by what the import does there",
        arguments: [
            (ImportOutcome(.updatesOther, .commonName, dn: "cn=other,o=ORG"), "Mailbox that the import would update"),
            (ImportOutcome(.event287, .exists, dn: "cn=other,o=ORG"), "Entry at which the import would fail"),
            (ImportOutcome(.event7026, .noAddress), "Entry that has the row's Common-Name as Directory Name"),
        ])
    func victim(_ outcome: ImportOutcome, _ heading: String) {
        var trap = row(1, .trap)
        trap.rivals = [
            PlannedCandidate(
                dn: "cn=other,o=ORG", id: "", kind: .mailbox, directoryName: "other", alias: "", displayName: "", fingerprint: "",
                evidence: [Evidence(name: "common-name", force: .against, text: "its name")])
        ]
        trap.forecast = Forecast(before: outcome)
        #expect(explained(trap).contains("\n\(heading)\n  cn=other,o=ORG\n"), "\(explained(trap))")
    }

    @Test("warns when the corrected rows' mailboxes lie in several containers, for the importer works in one")
    func containers() {
        let first = row(1, .certain, changed: true)
        #expect(PlanReport.containers(overview([first]), ink: plain).isEmpty)
        // Blanks around a separator make no other container.
        let others = [(2, "cn=Sales"), (3, "cn=Sales ")].map { row($0, .certain, changed: true, container: $1) }
        let text = PlanReport.containers(overview([first] + others), ink: plain)
        #expect(text.contains("in 2 containers") && text.contains("--container"))
        #expect(text.contains("  2 in cn=Sales,o=ORG\n  1 in cn=Recipients,o=ORG"))
    }

    @Test("explains a row with evidence for and against, its cells, and searches that show the entries")
    func explanation() {
        var planned = row(1, .certain, changed: true)
        planned.target?.evidence.append(Evidence(name: "other-suffix", force: .against, text: "Jr against none"))
        let proof = ReadProof(
            source: "ldap://ex01:390", boundAs: "cn=admin,cn=CONTOSO", protection: "plain text, integrity not protected", base: "o=ORG",
            filter: "(a=*)",
            profile: "exchange55")
        let header = PlanHeader(
            file: "users.csv", sha256: "", size: 0, encoding: "", dialect: "", filesOfRun: [], directory: proof, counts: [:], settings: [:],
            version: "", readAt: "",
            madeAt: "")
        let text = Explanation.text(of: planned, in: Plan(header: header, rows: [planned]), ink: plain, maxError: 0.0003)
        for part in [
            "Line 4 of users.csv (row 1)", "certain: one mailbox, on evidence that decides; corrected",
            "because reason 1", "+ identifies first fact",
            "- against    Jr against none",
            "Common-Name: 'USER1' becomes 'box1'",
            "ldapsearch -x -LLL -H ldap://ex01:390 -D cn=admin,cn=CONTOSO -W -s base -b cn=box1,cn=Recipients,o=ORG",
        ] { #expect(text.contains(part), "\(part) is missing in:\n\(text)") }
    }

    @Test(
        "says for a row without a mailbox how to search by every name and address that the profile reads",
        arguments: [
            (
                "exchange55",
                "(|(uid=O\\28K)(rdn=O\\28K)(cn=O\\28K)(cn=Ann Mary Ode)(&(givenName=Ann*)(sn=Ode))(&(givenName=Ode*)(sn=Ann))(otherMailbox=*/O\\28K)(mail=O\\28K@*)(rfc822Mailbox=O\\28K@*))"
            ),
            (
                "active-directory",
                "(|(mailNickname=O\\28K)(cn=O\\28K)(displayName=Ann Mary Ode)(cn=Ann Mary Ode)(&(givenName=Ann*)(sn=Ode))(&(givenName=Ode*)(sn=Ann))(proxyAddresses=*/O\\28K)(mail=O\\28K@*))"
            ),
            (
                "inetorgperson",
                "(|(uid=O\\28K)(cn=O\\28K)(displayName=Ann Mary Ode)(cn=Ann Mary Ode)(&(givenName=Ann*)(sn=Ode))(&(givenName=Ode*)(sn=Ann))(mail=O\\28K@*)(mailAlternateAddress=O\\28K@*))"
            ),
        ])
    func searchForNobody(_ profile: String, _ filter: String) {
        let planned = PlannedRow(row: 1, line: 2, mailboxName: "O(K", fullName: "Ann Mary Ode", situation: .absent, reason: "")
        let proof = ReadProof(
            source: "ldap://ex01", boundAs: "", protection: "plain text, integrity not protected", base: "o=ORG", filter: "(a=*)",
            profile: profile)
        let header = PlanHeader(
            file: "users.csv", sha256: "", size: 0, encoding: "", dialect: "", filesOfRun: [], directory: proof, counts: [:], settings: [:],
            version: "", readAt: "", madeAt: "")
        let text = Explanation.text(of: planned, in: Plan(header: header, rows: [planned]), ink: plain, maxError: 0.0003)
        #expect(text.contains("ldapsearch -x -LLL -H ldap://ex01 -b o=ORG '\(filter)'"), "\(text)")
    }

    @Test("cuts the text of an event that is very long, and says by how much; a short one stays whole")
    func longEvent() {
        func shown(_ text: String) -> [String] {
            let event = LoggedEvent(source: "MSExchangeMig", id: 7017, text: text, line: 3)
            var planned = row(1, .absent)
            planned.events = [RowEvent(event, isForeseen: false)]
            let summary = EventSummary(file: "a.csv", events: 1, others: 0, untied: [event])
            return [summary.text(limit: 9, ink: plain), explained(planned)]
        }
        let (whole, long) = (String(repeating: "é", count: 500), String(repeating: "x", count: 400_000))
        for text in shown(whole) { #expect(text.contains(": \(whole)\n")) }
        for text in shown(long) {
            #expect(text.contains(": \(long.prefix(500))… (399500 characters more)\n") && text.utf8.count < 3_000)
        }
    }

    @Test("says for how many rows the log lacks what the forecast has, how many such events name no row, and that it may be of another run")
    func missingEvents() {
        let missing = MissingEvent(source: "MSExchangeMig", id: 7026, nameless: 2)
        var (overview, next) = (PlanOverview(limit: 0), PlanOverview(limit: 0))
        #expect(PlanReport.events(overview, ink: plain) == "")
        overview.add(missing)
        next.add(missing)
        overview.add(next)
        let words = "MSExchangeMig 7026, which the forecast has; 2 such events of the log name no row. The log may be of another run.\n"
        #expect(PlanReport.events(overview, ink: plain).hasSuffix("\n  2 rows without \(words)"))
        var planned = row(1, .absent)
        #expect(!explained(planned).contains("Logged by an earlier import"))
        planned.missingEvent = missing
        #expect(explained(planned).contains("Logged by an earlier import\n  not logged: \(words)"))
    }

    private func explained(_ planned: PlannedRow, mailboxes: Int = 1_000) -> String {
        var proof = ReadProof(source: "ldap://ex01", boundAs: "", protection: "", base: "o=ORG", filter: "(a=*)", profile: "exchange55")
        proof.recipients = [.mailbox: mailboxes]
        let header = PlanHeader(
            file: "users.csv", sha256: "", size: 0, encoding: "", dialect: "", filesOfRun: [], directory: proof, counts: [:], settings: [:],
            version: "", readAt: "", madeAt: "")
        return Explanation.text(of: planned, in: Plan(header: header, rows: [planned]), ink: plain, maxError: 0.0003)
    }

    @Test("does not call counted what is only taken as usual", arguments: [(199, true), (200, false)])
    func assumed(mailboxes: Int, isAssumed: Bool) {
        var planned = row(1, .probable)
        planned.wrongOnceIn = 500
        planned.factors = [ChanceFactor(.withoutMailbox, 0.1), ChanceFactor(.namesakes, 0.02)]
        let words = "= once in 500\n    taken as usual, since there is too little to count in (mailboxes: \(mailboxes))"
        #expect(explained(planned, mailboxes: mailboxes).contains(words.replacing("\n    ", with: "\n  ")) == isAssumed)
    }

    @Test("counts an event that means several rows once, and as foreseen where the forecast for one of them has it")
    func eventOfSeveralRows() {
        let event = LoggedEvent(source: "MSExchangeMig", id: 7017, text: "", line: 3)
        let other = LoggedEvent(source: "MSExchangeMig", id: 7017, text: "", line: 4)
        var (overview, next) = (PlanOverview(limit: 0), PlanOverview(limit: 0))
        overview.add([RowEvent(event, isForeseen: false), RowEvent(other, isForeseen: false)])
        next.add([RowEvent(event, isForeseen: true)])
        overview.add(next)
        #expect(PlanReport.events(overview, ink: plain).hasSuffix(":\n  2 MSExchangeMig 7017: 1 foreseen\n"))
    }
}
