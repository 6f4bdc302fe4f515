import Records
import Testing

@testable import EventLog

@Suite("Exported application logs")
struct EventLogTests {
    private static let text = "Could not log onto the Message Store for Account JSMITH"

    private func read(_ text: String) -> (events: [LoggedEvent], others: Int) { EventLogReader.events(in: Array(text.utf8)) }

    @Test(
        "Event Viewer's and dumpel's tables, with and without a header, say the same",
        arguments: [
            "1/15/98,10:23:45 AM,MSExchangeMig,Error,None,7017,N/A,EX01,\(text)\r\n",
            "1/15/98\t10:23:45 AM\tMSExchangeMig\tError\tNone\t7017\tN/A\tEX01\t\(text)\r\n",
            "1/15/98,10:23:45 AM,1,0,7017,msexchangemig,N/A,EX01,\(text)\r\n",
            "1/15/98\t10:23:45\t1\t0\t7017\tMSExchangeMig\tN/A\tEX01\t\(text)\n",
            "1/15/98 10:23:45 1 0 7017 MSExchangeMig N/A EX01 \(text)\n",
            "Type,Date,Time,Source,Category,Event,User,Computer,Description\nError,1/15/98,10:23,MSExchangeMig,None,7017,N/A,EX01,\(text)\n",
            "\"EventID\",\"MachineName\",\"EntryType\",\"Message\",\"Source\"\n\"7017\",\"EX01\",\"Error\",\"\(text)\",\"MSExchangeMig\"\n",
        ])
    func tables(export: String) throws {
        let read = read(export)
        let event = try #require(read.events.first)
        #expect(read.events.count == 1 && event.source == "MSExchangeMig" && event.id == 7017)
        #expect(event.text == Self.text)
    }

    @Test("The text of single events, also several, and descriptions of several lines")
    func blocks() {
        let export = """
            Event ID: 7017
            Source: MSExchangeMig
            Description: Could not log onto
            the Message Store for Account JSMITH

            Event Type:\tError
            Event Source:\tMSExchangeDSImp
            Event ID:\t287
            Description:
            The object /o=Org/ou=HQ/cn=Recipients/cn=KLEE exists already.
            Event ID: 1000
            Source: Print
            """
        let read = read(export)
        #expect(read.others == 1)
        #expect(
            read.events == [
                LoggedEvent(source: "MSExchangeMig", id: 7017, text: "Could not log onto the Message Store for Account JSMITH", line: 1),
                LoggedEvent(
                    source: "MSExchangeDSImp", id: 287, text: "The object /o=Org/ou=HQ/cn=Recipients/cn=KLEE exists already.", line: 6),
            ])
    }

    @Test("Other sources with the same numbers are not the migration's (KB Q184532)")
    func otherSources() {
        let read = read("1/15/98,10:23,MSExchangeIS,Error,None,7017,N/A,EX01,x\n1/15/98,10:23,MSExchangeMigDS,Error,None,283,N/A,EX01,y\n")
        #expect(read.others == 1 && read.events.map(\.id) == [283] && read.events.map(\.line) == [2])
    }

    @Test("UTF-16 with and without its mark, UTF-8 with and without, windows-1252", arguments: [0, 1, 2, 3, 4, 5, 6])
    func encodings(which: Int) {
        let export = "1/15/98,10:23,MSExchangeMig,Error,None,7017,N/A,EX01,… for Account MÜLLER\n"
        let units = Array(export.utf16)
        let bytes: [UInt8] =
            switch which {
            case 0: [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            case 1: [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            case 2: [0xEF, 0xBB, 0xBF] + Array(export.utf8)
            case 3: Array(export.utf8)
            case 4: units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            case 5: units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            default: export.unicodeScalars.map { $0 == "…" ? 0x85 : UInt8($0.value) }
            }
        #expect(EventLogReader.events(in: bytes).events.first.map { EventSubject($0).names.map(\.text).contains("MÜLLER") } == true)
    }

    @Test(
        "Whom an event is about",
        arguments: [
            ("Could not log onto the Message Store for Account JSMITH.", "JSMITH"),
            ("Invalid Home-Server definition for user 'JSMITH'", "JSMITH"),
            ("JSMITH", "JSMITH"), ("No MIGRATE address MS:CONTOSO/PO1/JSMITH was found", "JSMITH"),
            ("The object /o=Org/ou=HQ/cn=Recipients/cn=JSMITH exists", "JSMITH exists"),
            ("cn=JSMITH,cn=Recipients,ou=HQ,o=Org exists", "JSMITH"),
            ("… for Account Smith, John", "Smith, John"),
        ])
    func subjects(text: String, name: String) {
        #expect(EventSubject(LoggedEvent(source: "MSExchangeMig", id: 7017, text: text, line: 1)).names.map(\.text).contains(name))
    }

    @Test("Of a text made to be endless only the beginning is looked at")
    func endlessText() {
        let text = "for user JSMITH. " + String(repeating: "user ", count: 20_000) + "for user LAST."
        let subject = EventSubject(LoggedEvent(source: "MSExchangeMig", id: 7017, text: text, line: 1))
        #expect(subject.words.map(\.text).contains("JSMITH") && !subject.words.map(\.text).contains("LAST"))
        #expect(subject.words.count <= 1_000 && subject.names.reduce(0) { $0 + $1.text.utf8.count } < 1_000_000)
    }

    @Test(
        "Nothing that can be read is no error: an empty file, one event with nothing, binary",
        arguments: ["", "MSExchangeMig", "\u{0}\u{1},,\"", "Event ID:"])
    func nothing(export: String) {
        #expect(read(export).events.isEmpty)
    }

    @Test("A header with a column less than the events have leaves out the description, as Event Viewer's later exports do")
    func namelessDescription() {
        let text =
            "\u{FEFF}Level,Date and Time,Source,Event ID,Task Category\r\nError,11/12/2003 10:20:15 AM,MSExchangeMig,7017,None,\"Could not log onto the Message Store for Account EVONE.\"\r\n"
        let events = read(text).events
        #expect(events.map(\.id) == [7017] && events.first?.text == "Could not log onto the Message Store for Account EVONE.")
    }

    @Test(
        "A name in a DN counts where the sentence goes on behind it, and so does one behind a domain",
        arguments: [
            "Cannot add object /o=Org/ou=TWO/cn=Recipients/cn=EVTWO to directory.", "object cn=EVTWO already exists.",
            "Account NET\\EVTWO is locked",
        ])
    func furtherNames(text: String) {
        #expect(EventSubject(LoggedEvent(source: "MSExchangeMig", id: 147, text: text, line: 1)).names.map(\.text).contains("EVTWO"))
    }

    @Test("What is no text is no UTF-16 either, but known as a log of Windows' own")
    func binary() {
        #expect(BinaryLog(Array("ElfFile\0\0\0".utf8)) == .evtx)
        #expect(BinaryLog([0x30, 0, 0, 0] + Array("LfLe".utf8) + [1, 0, 0, 0]) == .evt)
        #expect(BinaryLog(Array("1/15/98,LfLe".utf8)) == nil && BinaryLog([]) == nil && BinaryLog(Array("ElfFile".utf8)) == nil)
        #expect(EventLogReader.events(in: [UInt8](repeating: 0, count: 99)).events.isEmpty)
    }
}
