import Testing

@testable import LDAPClient

@Suite("Messages that follow closely on one another")
struct MessageFlowTests {
    @Test("are rested for while there are many to come, and waited for at the end of a page")
    func rests() {
        #expect(MessageFlow.single.rest == nil)
        #expect(MessageFlow(left: 200).rest == nil && MessageFlow(left: -1).rest == nil)
        #expect(MessageFlow(left: 201).rest == .milliseconds(2) && MessageFlow(left: 2000).rest == .milliseconds(2))
        #expect(MessageFlow(left: 2001).rest == .milliseconds(16) && MessageFlow(left: .max).rest == .milliseconds(16))
    }

    @Test("rest as long as told")
    func microseconds() {
        #expect(Duration.milliseconds(10).microseconds == 10_000 && Duration.zero.microseconds == 0)
    }
}
