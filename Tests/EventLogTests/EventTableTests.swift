import Records
import Testing

@testable import EventLog

@Suite("Tables of events whose descriptions have several lines")
struct EventTableTests {
    private func read(_ text: String) -> (events: [LoggedEvent], others: Int) { EventLogReader.events(in: Array(text.utf8)) }

    @Test(
        "Descriptions of several lines without quotes, as tables have them, belong to the record before; somebody else's with theirs to nobody",
        arguments: [",", "\t", ";"])
    func continuationLines(separator: String) {
        let rows = [
            ["1/15/98", "10:23:45 AM", "MSExchangeMig", "Error", "None", "7017", "N/A", "EX01", "Could not log onto the Message Store"],
            ["for Account:"], [""], ["\tJSMITH"],
            ["1/15/98", "10:23:46 AM", "MSExchangeIS", "Error", "None", "7017", "N/A", "EX01", "Nobody's"],
            ["for Account KLEE"],
            ["1/15/98", "10:23:47 AM", "MSExchangeMig", "Error", "None", "7026", "N/A", "EX01", "Migration Aborted"],
            ["due, after 3 tries, to a failure, of 1, kind, or 2, others"],
        ]
        let read = read(rows.map { $0.joined(separator: separator) }.joined(separator: "\r\n"))
        #expect(read.events.map(\.line) == [1, 7] && read.others == 1)
        #expect(read.events.first?.text == "Could not log onto the Message Store for Account: JSMITH")
        #expect(read.events.last?.text == "Migration Aborted due, after 3 tries, to a failure, of 1, kind, or 2, others")
    }

    @Test("A record whose text speaks of sources and ids is no header")
    func textLikeHeader() {
        let one = "1/15/98 10:23:45 1 0 7017 MSExchangeMig N/A SRV Could not log onto the Message Store for Account JSMITH\n"
        let two = "1/15/98 10:23:46 1 0 7017 MSExchangeMig N/A SRV The event source is unknown for Account ASTONE id 5\n"
        #expect(read(one + two).events.map(\.id) == [7017, 7017])
    }

    @Test("So do those behind a header, and in what dumpel writes with blanks")
    func furtherContinuationLines() {
        let header = "Type,Date,Time,Source,Category,Event,User,Computer,Description\n"
        let table = "Error,1/15/98,10:23,MSExchangeMig,None,7017,N/A,EX01,Could not log onto\nthe Message Store, for Account JSMITH\n"
        let dumpel = "1/15/98 10:23:45 1 0 7017 MSExchangeMig N/A EX01 Could not log onto\nthe Message Store, for Account JSMITH\n"
        let other = "Error,1/15/98,10:23,Print,None,10,N/A,EX01,x\n"
        for export in [header + table + other, dumpel] {
            let events = read(export).events
            #expect(events.map(\.text) == ["Could not log onto the Message Store, for Account JSMITH"])
            #expect(read(export).others == (export == dumpel ? 0 : 1))
        }
    }

    @Test("A comma in a description without quotes stays one, since names have them")
    func commas() {
        let read = read("1/15/98,10:23:45 AM,MSExchangeMig,Error,None,7017,N/A,EX01,… for Account Smith, John\n")
        #expect(read.events.first?.text == "… for Account Smith, John")
    }

    @Test("A quote that is never closed is part of a description, and swallows no record")
    func openQuote() {
        let row = "1/15/98,10:23:45 AM,MSExchangeMig,Error,None,7017,N/A,EX01,"
        let read = read("\(row)Could not log onto\n\"JSMITH\n\(row)for Account KLEE\n")
        #expect(read.events.map(\.text) == ["Could not log onto \"JSMITH", "for Account KLEE"])
    }
}
