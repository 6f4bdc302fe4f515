import Records
import Testing

@testable import EventLog

@Suite("What an event is, by its number or its text")
struct EventIdentityTests {
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
}
