import Foundation
import TestSupport
import Testing

@Suite("The fault proxy")
struct FaultProxyTests {
    static let slapd = Result {
        let people = (1...2000).map { "dn: cn=p\($0),o=Test\nobjectClass: person\ncn: p\($0)\nsn: Person\n\n" }
        return try PrivateSlapd(SlapdConfiguration(content: "dn: o=Test\nobjectClass: organization\no: Test\n\n" + people.joined()))
    }

    /// What `ldapsearch` says through a proxy with one script.
    private func search(_ faults: [Fault], within limit: Duration = .seconds(20)) throws -> (run: ProgramRun.Result, proxy: FaultProxy) {
        let proxy = try FaultProxy(to: Self.slapd.get().port, scripts: [faults])
        let run = try ProgramRun.run(
            ["-x", "-LLL", "-o", "nettimeout=1", "-H", proxy.uri, "-b", "o=Test", "sn"], executable: "/usr/bin/ldapsearch", within: limit)
        return (run, proxy)
    }

    private func entries(_ run: ProgramRun.Result) -> Int {
        run.output.components(separatedBy: "\ndn: ").count
    }

    @Test("passes everything and counts it")
    func pass() throws {
        let (run, proxy) = try search([])
        #expect(run.status == 0)
        #expect(entries(run) == 2001)
        #expect(proxy.connections == 1)
        #expect(proxy.bytesToClient > 2001 * 30)
        #expect((60...120).contains(proxy.bytesToServer))
    }

    // The first message is the answer to the bind.
    @Test("ends the connection before the answer that is named", arguments: [Fault.Action.cut, .fin, .reset])
    func end(_ action: Fault.Action) throws {
        let (run, proxy) = try search([Fault(action, at: .message(12))])
        #expect(run.status != 0)
        #expect(entries(run) == 10)
        #expect(run.errors.contains("Can't contact LDAP server"))
        #expect(proxy.waitForFaults(within: .seconds(10)))
    }

    @Test("cuts at a byte, without waiting for more to come")
    func endOfBind() throws {
        let (run, proxy) = try search([Fault(.cut, at: .byte(14))])
        #expect(run.output.isEmpty)
        #expect(proxy.bytesToClient == 14)
    }

    @Test("stalls, and delays")
    func stall() throws {
        let proxy = try FaultProxy(to: Self.slapd.get().port, scripts: [[Fault(.stall, at: .message(12, offset: 20))]])
        let run = try ProgramRun(["-x", "-H", proxy.uri, "-b", "o=Test", "sn"], executable: "/usr/bin/ldapsearch")
        #expect(proxy.waitForFaults())
        #expect(run.process.wait(for: .milliseconds(200)) == nil)
        proxy.stop()
        #expect(try run.finish().status != 0)

        let start = ContinuousClock.now
        #expect(try search([Fault(.delay(.milliseconds(300)), at: .message(2))]).run.status == 0)
        #expect(ContinuousClock.now - start > .milliseconds(300))
    }

    @Test("loses, doubles and damages bytes")
    func damage() throws {
        let (dropped, _) = try search([Fault(.drop(4), at: .message(3, offset: 1))])
        #expect(entries(dropped) < 2001)
        let (damaged, _) = try search([Fault(.xor(0x40), at: .message(3))])
        #expect(damaged.status != 0)
        // What was delivered is counted at the end of a turn, which may come after the client's own end.
        func bytes(_ proxy: FaultProxy) -> Int {
            proxy.stop()
            return proxy.bytesToClient
        }
        let whole = bytes(try search([]).proxy)
        #expect(bytes(try search([Fault(.duplicate(10), at: .byte(whole - 10))]).proxy) == whole + 10)
    }

    @Test("gives each connection its own script")
    func scripts() throws {
        let proxy = try FaultProxy(to: Self.slapd.get().port, scripts: [[Fault(.cut, at: .byte(0))]])
        let arguments = ["-x", "-H", proxy.uri, "-b", "o=Test", "-s", "base"]
        #expect(try ProgramRun.run(arguments, executable: "/usr/bin/ldapsearch").status != 0)
        #expect(try ProgramRun.run(arguments, executable: "/usr/bin/ldapsearch").status == 0)
    }
}
