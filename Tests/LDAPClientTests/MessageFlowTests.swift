import Glibc
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

    @Test(
        "are looked up from now and then, to see whether there is still time, although none of them is waited for",
        arguments: [true, false])
    func looksAtTheClock(_ isCancelled: Bool) {
        let end = isCancelled ? ContinuousClock.now + .seconds(3600) : .now - .seconds(1)
        var state = TransportState(patience: .seconds(60), deadline: end) { isCancelled }
        let taken = (1...1000).prefix { _ in state.takesMessage() }.count
        #expect(taken < 100)
        switch state.failure {
        case .cancelled: #expect(isCancelled)
        case .deadlinePassed: #expect(!isCancelled)
        default: Issue.record("\(String(describing: state.failure))")
        }
    }

    @Test("share one limit between the layers that find nothing to read")
    func oneSilence() throws {
        var state = TransportState(patience: .seconds(60), deadline: .now + .seconds(3600)) { false }
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        state.silenceEnds = .now - .seconds(1)
        let isReady = state.waits(for: POLLIN, on: ends[0])
        #expect(!isReady)
        if case .timedOut(.seconds(60)) = state.failure {} else { Issue.record("\(String(describing: state.failure))") }
    }
}
