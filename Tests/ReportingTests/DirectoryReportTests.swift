import Records
import Testing

@testable import Reporting

@Suite("The page about a directory")
struct DirectoryReportTests {
    private func page(_ recipients: [Recipient], limits: String = "", entries: Int? = nil, gaps: [String] = []) -> String {
        let proof = ReadProof(
            source: "ldap://x", protection: "plain text", base: "o=O", filter: "(a=b)", profile: "p", entries: entries ?? recipients.count,
            recipients: Dictionary(grouping: recipients, by: \.kind).mapValues(\.count), gaps: gaps)
        let survey = DirectoryReport.Survey(contexts: ["o=O"], limits: limits, found: DirectorySurvey(recipients))
        return DirectoryReport.text(of: proof, survey: survey, ink: Ink(isOn: false))
    }

    @Test("has the counts right-aligned, the largest first, each kind under its heading")
    func sections() {
        let people = (1...12).map { number in
            Recipient(
                dn: "cn=\(number),\(number < 11 ? "ou=A" : "ou=B"),o=O", kind: .mailbox, directoryName: "n\(number)",
                alias: number == 1 ? "other" : "n\(number)",
                addresses: [
                    MailAddress(type: "MS", value: "ORG/HQ/N\(number)"), MailAddress(type: "MIGRATE", value: "MS:NET/PO/X\(number)"),
                ],
                homeServer: number == 1 ? "" : "EX1", isHidden: number == 1)
        }
        let text = page(people, limits: "none met", entries: 13)
        #expect(
            text.hasSuffix(
                """
                  read         13 entries
                  limits       none met
                  mailboxes    12
                  hidden       1 of the recipients, from the address book
                  others       1 entry that is no recipient
                  complete     yes: 'no such mailbox' can be said

                Containers
                     10  ou=A,o=O
                      2  ou=B,o=O

                Home servers of the mailboxes
                     11  EX1
                      1  (none known)

                Aliases of the mailboxes
                     11  the same as the Directory Name
                      1  differs from the Directory Name

                Recipients with an address of type
                     12  MIGRATE
                     12  MS

                Postoffices in addresses
                     MS  MIGRATE  NETWORK/POSTOFFICE
                      0       12  NET/PO
                     12        0  ORG/HQ  taken for Exchange's own: no evidence

                """), "\(text)")
    }

    @Test("shows 20 of a kind, and how many more there are")
    func many() {
        let people = (1...30).map { number in
            Recipient(
                dn: "cn=x,ou=\(number),o=O", kind: .customRecipient, directoryName: "x",
                addresses: [MailAddress(type: "MS", value: "N/P\(number)/Y")])
        }
        let text = page(people)
        #expect(text.matches(of: #/\n +1  ou=/#).count == 20)
        #expect(text.contains("\n     10  in 10 more containers; --json has them all\n"), "\(text)")
        #expect(text.contains("\n     10        0  in 10 more postoffices; --json has them all\n"), "\(text)")
        #expect(!text.contains("Aliases") && !text.contains("Home servers"), "there is no mailbox")
    }

    @Test("cannot be rewritten by what the directory's names hold")
    func hostile() {
        let bad = "\u{1B}[2J\u{202E}x\r\n  999  y"
        let person = Recipient(
            dn: "cn=a,ou=\(bad),o=O", kind: .mailbox, directoryName: "a",
            addresses: [MailAddress(type: "MS", value: "\(bad)/\(bad)/x"), MailAddress(type: "T\(bad)", value: "x")], homeServer: bad)
        let text = page([person])
        #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\r" })
        #expect(!text.contains("\n  999"))
        #expect(text.contains("      1  ou=\\u{1b}[2J\\u{202e}x\\u{d}\\u{a}  999  y,o=O\n"), "\(text)")
        let spelled = "\\u{1b}[2J\\u{202e}X\\u{d}\\u{a}  999  Y"
        #expect(text.contains("      1        0  \(spelled)/\(spelled)\n"), "\(text)")
    }

    @Test("says nothing of what was not found, and red what was not seen")
    func nothing() {
        let text = page([], gaps: ["the read found no mailbox at all"])
        #expect(text.hasSuffix("  NOT SEEN     the read found no mailbox at all\n"), "\(text)")
    }

    @Test(
        "breaks long lines at blanks and between the parts of a filter, and leaves long words whole",
        arguments: [
            ("", 5, [""]), ("short", 5, ["short"]), ("two words", 5, ["two", "words"]), ("a b c d e", 5, ["a b c", "d e"]),
            ("overlong word", 5, ["overlong", "word"]), ("(|(a=1)(b=2))", 8, ["(|(a=1)", "(b=2))"]), ("ends with  ", 9, ["ends with"]),
            ("overlong", 5, ["overlong"]), ("ab   cd", 4, ["ab", "cd"]), ("   ab cd", 5, ["   ab", "cd"]), ("      ", 3, ["      "]),
        ])
    func folded(_ text: String, _ width: Int, _ pieces: [String]) {
        #expect(text.folded(to: width) == pieces)
    }

    /// `pages`: how many, how many entries the fullest had, how many came short before the last one.
    private func words(
        _ asked: ReadLimits.Asked, _ pages: (count: Int, fullest: Int, short: Int), largest: Int?, parts: Int = 1, offers: Bool = true,
        unpaged: ReadProof.Unpaged? = nil, source: String = "ldap://x"
    ) -> String {
        let proof = ReadProof(
            source: source, protection: "", base: "", filter: "", profile: "", pageSize: largest, unpaged: unpaged, pages: pages.count,
            fullestPage: pages.fullest, shortPages: pages.short, parts: parts)
        return ReadLimits.words(of: proof, asked: asked, offersPaging: offers)
    }

    @Test("says what the server's limits meant")
    func limits() {
        let growing = ReadLimits.Asked.growing(first: 1000)
        #expect(words(growing, (1, 51, 0), largest: 1000) == "none met: one page of up to 1000 entries held everything")
        #expect(words(growing, (3, 47, 0), largest: 1000, parts: 3) == "none met: each of 3 parts fitted into a page of up to 1000 entries")
        #expect(
            words(growing, (5, 64_000, 0), largest: 64_000)
                == "none met: the server gave the pages that it was asked for, 5 of up to 64000 entries")
        // Active Directory: 1,000 at most.
        #expect(
            words(growing, (126, 1000, 125), largest: 4000)
                == "the server sends at most 1000 entries at once, fewer than it is asked for: read in 126 pages")
        #expect(
            words(growing, (3, 1000, 0), largest: 1000)
                == "larger pages met a limit of the server: read anew in 3 pages of up to 1000")
        #expect(words(growing, (30, 100, 0), largest: 100).hasPrefix("larger pages met a limit of the server: read anew in 30 pages"))
        #expect(
            words(.always(100), (3, 100, 0), largest: 100)
                == "none met: the server gave the pages that it was asked for, 3 of up to 100 entries")
        #expect(words(.always(100), (5, 50, 4), largest: 100).hasPrefix("the server sends at most 50 entries at once"))
        let atOnce = "everything came at once, up to the server's limit; had it met that, the read would have ended with an error"
        #expect(words(growing, (1, 7, 0), largest: nil, unpaged: .ignored) == "the server says that it pages, and did not: \(atOnce)")
        #expect(words(growing, (1, 7, 0), largest: nil, unpaged: .refused) == "paging is offered but was refused: \(atOnce)")
        #expect(words(growing, (1, 7, 0), largest: 50) == "larger pages met a limit of the server: read anew in 1 page of up to 50")
        #expect(
            words(growing, (2, 100, 0), largest: 1000, offers: false)
                == "met when everything was asked for at once; read anew in 2 pages of up to 1000, though paging is not offered")
        #expect(words(growing, (1, 7, 0), largest: nil, offers: false) == "paging is not offered: \(atOnce)")
        #expect(words(.never, (1, 7, 0), largest: nil) == "paging is offered but was turned off: \(atOnce)")
        #expect(words(growing, (1, 7, 0), largest: nil, offers: false, source: "ldif:x") == "")
    }
}
