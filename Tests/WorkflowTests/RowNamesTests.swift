import EventLog
import Records
import Testing

@testable import Workflow

@Suite("Which rows an event of the log means")
struct RowNamesTests {
    /// JSMITH of PO1, of PO2, and of a postoffice that is not known; then KLEE of PO1.
    private static let names: RowNames = {
        var names = RowNames()
        for (number, (mailbox, full, office)) in [
            ("JSMITH", "John Smith", "PO1"), ("JSMITH", "Jane Smith", "PO2"), ("JSMITH", "June Smith", ""), ("KLEE", "Kim Lee", "PO1"),
        ].enumerated() {
            let address = office.isEmpty ? nil : MailAddress(type: "MIGRATE", value: "MS:NET/\(office)/\(mailbox)")
            names.add(
                MigrationRow(
                    number: number + 1, line: number + 2, mailboxName: mailbox, fullName: full, commonName: mailbox,
                    addresses: [address].compactMap { $0 }), told: nil)
        }
        return names
    }()

    private func rows(_ text: String) -> [Int] {
        Self.names.rows(of: EventSubject(LoggedEvent(source: "MSExchangeMig", id: 7017, text: text, line: 1)))
    }

    @Test(
        "Where the text gives the postoffice, only its rows; of others only those whose postoffice is not known",
        arguments: [
            ("… for Account NET/PO2/JSMITH", [1]), ("… for Account net\\po2\\jsmith.", [1]), ("[MS:NET/PO1/JSMITH] failed", [0]),
            ("… for Account JSMITH (NET/PO2/JSMITH)", [1]), ("No MIGRATE address MS:NET/PO1/JSMITH was found", [0]),
            ("User JSMITH not found in postoffice NET/PO2", [1]), ("User JSMITH not found in post office NET\\PO1.", [0]),
            ("… for Account NET/PO3/JSMITH", [2]), ("… for Account NET/PO2/KLEE", []), ("NET/PO2/NOBODY, for user 'Kim Lee'", []),
        ])
    func postoffices(text: String, places: [Int]) {
        #expect(rows(text) == places)
    }

    @Test(
        "Where it gives none, every row of the name; dates, paths and X.500 names are no postoffice",
        arguments: [
            ("… for Account JSMITH", [0, 1, 2]), ("… for Account JSMITH on 15/Jan/1998", [0, 1, 2]), ("… JSMITH and/or/other", [0, 1, 2]),
            ("1/15/98: … for Account JSMITH", [0, 1, 2]),
            ("C:\\MAIL\\DATA\\JSMITH for Account JSMITH", [0, 1, 2]), ("maildata\\glb\\master.glb: for user KLEE", [3]),
            ("/o=Org/cn=Recipients/cn=KLEE", [3]), ("CONTOSO\\KLEE", [3]), ("Kim Lee", [3]),
            ("Migration of Kim Lee was aborted", [3]), ("Kim Lee was moved by John Smith", []),
        ])
    func anyPostoffice(text: String, places: [Int]) {
        #expect(rows(text) == places)
    }

    @Test(
        "A full name counts anywhere in a sentence, as the file spells it, unless two stand there",
        arguments: [
            ("Migration of Kim Lee aborted. MAPI logon failure.", [3]), ("Migration of user John Smith was aborted", [0]),
            ("Migration of kim lee aborted", []), ("Kim Lee and John Smith were not found", []),
            ("Kim Lee was not found in postoffice NET/PO1", [3]), ("Kim Lee was not found in postoffice NET/PO2", []),
        ])
    func fullNames(text: String, places: [Int]) {
        #expect(rows(text) == places)
    }

    @Test("The postoffice that was told is that of rows without an address")
    func told() {
        var names = RowNames()
        let row = MigrationRow(number: 1, line: 2, mailboxName: "JSMITH", fullName: "")
        names.add(row, told: Postoffice("NET/PO1"))
        let subject = EventSubject(LoggedEvent(source: "MSExchangeMig", id: 7017, text: "… for Account NET/PO2/JSMITH", line: 1))
        #expect(names.rows(of: subject) == [])
        names.add(row, told: Postoffice("NET/PO2"))
        #expect(names.rows(of: subject) == [1])
    }
}
