import Records
import Testing

@testable import EventLog

@Suite("What an event is, by its number or its text")
struct EventIdentityTests {
    private static let text = "Could not log onto the Message Store for Account JSMITH"

    private func read(_ text: String) -> (events: [LoggedEvent], others: Int) { EventLogReader.events(in: Array(text.utf8)) }

    @Test(
        "A number with its severity is the event's all the same: 0xC0001B69 is 7017",
        arguments: ["3221232489", "-1073734807", "0xC0001B69", "7017"])
    func qualifiedNumbers(number: String) {
        for export in [
            "1/15/98,10:23,MSExchangeMig,Error,None,\(number),N/A,EX01,x\n", "1/15/98,10:23,1,0,\(number),MSExchangeMig,N/A,EX01,x\n",
            "\"InstanceId\",\"MachineName\",\"EntryType\",\"Message\",\"Source\"\n\"\(number)\",\"EX01\",\"Error\",\"x\",\"MSExchangeMig\"\n",
            "Event ID: \(number)\nSource: MSExchangeMig\nDescription: x\n",
        ] { #expect(read(export).events.map(\.id) == [7017] && read(export).events.map(\.text) == ["x"], "\(export)") }
    }

    @Test(
        "Where MSExchangeMig gives no number, or another one, a text that is word for word a known message decides",
        arguments: ["N/A", "", "1", "65535"])
    func knownTexts(number: String) {
        let texts = [(Self.text, 7017), ("Migration  aborted due to MAPI logon failure.", 7026)]
        for (text, id) in texts {
            for export in [
                "1/15/98,10:23:45 AM,MSExchangeMig,Error,None,\(number),N/A,EX01,\(text)\n",
                "Type,Date,Time,Source,Category,Event,User,Computer,Description\nError,1/15/98,10:23,MSExchangeMig,None,\(number),N/A,EX01,\(text)\n",
                "Event ID: \(number)\nSource: MSExchangeMig\nDescription: \(text)\n", "Event Source: MSExchangeMig\nDescription: \(text)\n",
            ] { #expect(read(export).events.map(\.id) == [id] && read(export).events.map(\.text) == [text], "\(export)") }
        }
    }

    @Test("A number that is a known message's stays; a text that only mentions the message, and other sources' decide nothing")
    func textsThatDecideNothing() {
        func ids(_ source: String, _ id: String, _ text: String) -> [Int] {
            read("1/15/98,10:23,\(source),Error,None,\(id),N/A,EX01,\(text)\n").events.map(\.id)
        }
        #expect(ids("MSExchangeMig", "147", Self.text) == [147] && ids("MSExchangeMig", "7026", Self.text) == [7026])
        #expect(ids("MSExchangeMig", "7000", "After 'Could not log onto the Message Store for Account' call us") == [7000])
        #expect(ids("MSExchangeMig", "N/A", "Could not log onto the network") == [])
        #expect(ids("MSExchangeDSImp", "147", Self.text) == [147])
        #expect(ids("MSExchangeIS", "7017", Self.text) == [] && ids("MSExchangeIS", "N/A", Self.text) == [])
        let block = read("Event ID: 7017\nSource: MSExchangeIS\nDescription: \(Self.text)\n")
        #expect(block.events.isEmpty && block.others == 1)
    }

    @Test("A message decides also where it goes on in the next line of a table")
    func textOfTwoLines() {
        let row = "1/15/98,10:23:45 AM,MSExchangeMig,Error,None,1,N/A,EX01,"
        let read = read("\(row)Could not log onto the\nMessage Store for Account JSMITH\n\(row)Something else\n")
        #expect(read.events.map(\.id) == [7017, 1] && read.events.map(\.text) == [Self.text, "Something else"])
    }
}
