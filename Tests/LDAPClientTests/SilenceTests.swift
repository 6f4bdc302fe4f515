import Foundation
import LDAPClient
import TestSupport
import Testing

/// Servers that do not answer. libldap's own limits cover neither a TLS handshake nor the first bytes of a message.
@Suite("A server that says nothing")
struct SilenceTests {
    /// What to try with a server.
    enum Step: CaseIterable, Sendable { case ldaps, startTLS, bind, search, pagedSearch }

    private static func run(
        _ step: Step, _ server: StubServer, limits: TimeLimits = .short, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) -> Outcome {
        Outcome { () throws(LDAPError) in
            let uri = step == .ldaps ? server.tlsURI : server.uri
            let connection = try connect(uri, startTLS: step == .startTLS, limits: limits, isCancelled: isCancelled)
            if step == .bind { try connection.bind(name: "cn=me", password: Secret("word")) }
            _ = try connection.names(SearchRequest(base: "o=Test", pageSize: step == .pagedSearch ? 10 : nil))
        }
    }

    @Test("is given up within the limit, without burning the processor")
    func silent() async throws {
        let server = try StubServer.silent()
        for (step, outcome) in await atOnce(Step.allCases, { Self.run($0, server) }) {
            #expect(outcome.error?.code == .timedOut, "\(step): \(outcome)")
            #expect(outcome.error?.reason == "the server did not answer within 1 s", "\(step): \(outcome)")
            #expect((.milliseconds(990)...(.seconds(8))).contains(outcome.time), "\(step): \(outcome)")
            #expect(outcome.processorTime < .milliseconds(300), "\(step): \(outcome)")
        }
    }

    @Test("is given up although the limit for each answer is long, when the whole takes too long")
    func wholeLimit() async throws {
        let server = try StubServer.silent()
        let limits = TimeLimits(connect: .seconds(60), response: .seconds(60), total: .seconds(1))
        for (step, outcome) in await atOnce(Step.allCases, { Self.run($0, server, limits: limits) }) {
            #expect(outcome.error?.code == .timedOut, "\(step): \(outcome)")
            #expect(outcome.error?.reason == "it was not over within 1 s", "\(step): \(outcome)")
            #expect("\(outcome)".contains("--total-timeout"), "\(step): \(outcome)")
            #expect(outcome.time < .seconds(8), "\(step): \(outcome)")
        }
    }

    @Test("is left at once when somebody asks to stop")
    func cancelled() async throws {
        let server = try StubServer.silent()
        let limits = TimeLimits(connect: .seconds(60), response: .seconds(60))
        let start = ContinuousClock.now
        let outcomes = await atOnce(Step.allCases) { Self.run($0, server, limits: limits) { .now - start > .milliseconds(300) } }
        for (step, outcome) in outcomes {
            #expect(outcome.error?.code == .interrupted, "\(step): \(outcome)")
            #expect(outcome.time < .seconds(20), "\(step): \(outcome)")
        }
    }

    @Test("after StartTLS was granted is given up within the limit")
    func afterStartTLS() throws {
        let server = try StubServer { request in
            if case .extended = request.operation { [.extended(code: 0)] } else { [] }
        }
        let outcome = Outcome { () throws(LDAPError) in _ = try connect(server.uri, startTLS: true, limits: .short) }
        #expect(outcome.error?.code == .timedOut, "\(outcome)")
        #expect((.milliseconds(990)...(.seconds(8))).contains(outcome.time), "\(outcome)")
        #expect(outcome.processorTime < .milliseconds(300), "\(outcome)")
    }

    @Test("in the middle of a read is given up within the limit, or left when somebody asks")
    func duringRead() async throws {
        let server = try StubDirectory.people(40, oddity: .fallsSilent(after: 20)).serve()
        let start = ContinuousClock.now
        let outcomes = await atOnce([false, true]) { stops in
            Self.run(.search, server, limits: stops ? TimeLimits(response: .seconds(60)) : .short) {
                stops && .now - start > .milliseconds(300)
            }
        }
        #expect(outcomes.map(\.1.error?.code) == [.timedOut, .interrupted], "\(outcomes)")
        for (_, outcome) in outcomes {
            #expect(outcome.time < .seconds(8))
            #expect(outcome.processorTime < .milliseconds(300), "\(outcome)")
        }
    }

    @Test("but drips a byte of its answer now and then is given up when the answer takes too long")
    func drippingBytes() throws {
        let server = try StubServer { request in
            guard request.search != nil else { return [.bind(code: 0)] }
            return [StubReply.bytes([0x30, 0x7f])] + (0..<0x7f).flatMap { _ in [.wait(.milliseconds(50)), .bytes([0x04])] }
        }
        let outcome = Self.run(.bind, server)
        #expect(outcome.error?.reason == "the server did not answer within 1 s", "\(outcome)")
        #expect((.milliseconds(990)...(.seconds(8))).contains(outcome.time), "\(outcome)")
    }

    // The read that found nothing in the middle of the body waited as long as the limit, and then the wait for the message began anew.
    @Test(
        "after the first bytes of an answer is given up within the limit",
        arguments: [[0x30, 0x6f], [0x30, 0x3e], [0x30, 0x82, 0x01, 0x00]])
    func fallsSilentInside(_ head: [UInt8]) throws {
        let server = try StubServer { request in
            guard request.search != nil else { return [.bind(code: 0)] }
            return [.bytes(head + [UInt8](repeating: 0x04, count: 28 - head.count))]
        }
        let limits = TimeLimits(connect: .seconds(4), response: .seconds(4), total: .seconds(60))
        let outcome = Self.run(.bind, server, limits: limits)
        #expect(outcome.error?.reason == "the server did not answer within 4 s", "\(outcome)")
        #expect((.milliseconds(3990)...(.milliseconds(7500))).contains(outcome.time), "\(outcome)")
    }

    // Nothing was waited for while messages came before the longest rest was over, and so nobody looked at the clock.
    @Test("too long at a time to be waited for, but never ends, is given up when the whole takes too long", arguments: [nil, 1000])
    func endlessEntries(_ pageSize: Int?) throws {
        let server = try StubServer { request in
            guard request.search != nil else { return [.bind(code: 0)] }
            return (1...20_000).flatMap { [.wait(.milliseconds(2)), .entry(StubEntry("cn=p\($0),o=Test", []))] }
        }
        let limits = TimeLimits(connect: .seconds(20), response: .seconds(20), total: .seconds(2))
        let outcome = Outcome { () throws(LDAPError) in
            let connection = try connect(server.uri, limits: limits)
            _ = try connection.names(SearchRequest(base: "o=Test", pageSize: pageSize))
        }
        #expect(outcome.error?.reason == "it was not over within 2 s", "\(outcome)")
        // The whole stream takes forty.
        #expect((.milliseconds(1990)...(.seconds(20))).contains(outcome.time), "\(outcome)")
    }

    @Test("too long at a time is left when somebody asks to stop")
    func cancelledInFlow() throws {
        let server = try StubServer { request in
            guard request.search != nil else { return [.bind(code: 0)] }
            return (1...20_000).flatMap { [.wait(.milliseconds(2)), .entry(StubEntry("cn=p\($0),o=Test", []))] }
        }
        let start = ContinuousClock.now
        let outcome = Self.run(.search, server, limits: .patient) { .now - start > .seconds(1) }
        #expect(outcome.error?.code == .interrupted, "\(outcome)")
        #expect(outcome.time < .seconds(20), "\(outcome)")
    }

    @Test("but drips an entry now and then is given up when the whole takes too long")
    func drippingEntries() throws {
        let server = try StubServer { request in
            guard request.search != nil else { return [.bind(code: 0)] }
            return (1...200).flatMap { [.wait(.milliseconds(100)), .entry(StubEntry("cn=p\($0),o=Test", []))] }
        }
        let limits = TimeLimits(connect: .seconds(1), response: .seconds(1), total: .milliseconds(1500))
        let outcome = Self.run(.bind, server, limits: limits)
        #expect(outcome.error?.code == .timedOut, "\(outcome)")
        #expect(outcome.error?.reason == "it was not over within 1500 ms", "\(outcome)")
        #expect((.milliseconds(1400)...(.seconds(8))).contains(outcome.time), "\(outcome)")
    }

    @Test("to a connection that the system has queued no more is given up within the limit")
    func fullQueue() throws {
        let port = try FullPort()
        let outcome = Outcome { () throws(LDAPError) in _ = try connect("ldap://127.0.0.1:\(port.number)", limits: .short) }
        #expect(outcome.error.map { [.timedOut, .cannotConnect].contains($0.code) } == true, "\(outcome)")
        #expect((.milliseconds(990)...(.seconds(8))).contains(outcome.time), "\(outcome)")
        #expect(outcome.processorTime < .milliseconds(300), "\(outcome)")
    }

    @Test("because it was stopped goes on where it was when it is continued")
    func paused() throws {
        let slapd = try PrivateSlapd(SlapdConfiguration(content: people(3)))
        let connection = try connect(slapd.uri)
        slapd.pause()
        Thread.detachNewThread {
            usleep(300_000)
            slapd.resume()
        }
        #expect(try connection.names(SearchRequest(base: "o=Test")).count == 4)
    }
}

@Suite("A server that is not there")
struct NobodyTests {
    @Test("A dead port: refused at once")
    func deadPort() throws {
        let slapd = try PrivateSlapd(SlapdConfiguration(content: people(1)))
        let (uri, local) = (slapd.uri, slapd.localURI)
        slapd.stop()
        try expectError(.cannotConnect, saying: uri, "connection refused", "Check host and port") { () throws(LDAPError) in
            _ = try connect(uri)
        }
        try expectError(.cannotConnect, saying: "ldaps", "connection refused") { () throws(LDAPError) in
            _ = try connect(uri.replacing("ldap:", with: "ldaps:"))
        }
        try expectError(.cannotConnect, saying: slapd.folder["ldapi"], "No such file or directory") { () throws(LDAPError) in
            _ = try connect(local)
        }
    }

    @Test("An unknown host")
    func unknownHost() throws {
        try expectError(.cannotConnect, saying: "the host 'no-such-host.invalid' is not known", "Check host") { () throws(LDAPError) in
            _ = try connect("ldap://no-such-host.invalid")
        }
    }

    @Test("One that hangs up at once")
    func hangsUp() throws {
        let server = try StubServer { _ in [.close] }
        try expectError(.connectionLost, saying: "Nothing that was read is used") { () throws(LDAPError) in
            try connect(server.uri).bind(name: "cn=me", password: Secret("word"))
        }
        try expectError(.connectionLost) { () throws(LDAPError) in _ = try connect(server.uri).names(SearchRequest(base: "")) }
    }

    @Test("One that has gone away: writing to it does not end the process")
    func brokenPipe() async throws {
        let server = try StubServer { _ in [.close] }
        await #expect(processExitsWith: .success) { [uri = server.uri as String] in
            signal(SIGPIPE, SIG_DFL)
            let connection = try connect(uri)
            for _ in 1...3 {
                let outcome = Outcome { () throws(LDAPError) in _ = try connection.names(SearchRequest(base: "")) }
                #expect(outcome.error?.code == .connectionLost, "\(outcome)")
                usleep(20_000)
            }
        }
    }

    @Test(
        "One of another kind",
        arguments: ["HTTP/1.1 400 Bad Request\r\n\r\n", "220 mail ESMTP\r\n", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}"])
    func otherProtocol(_ greeting: String) throws {
        let server = try StubServer { _ in [.bytes(Array(greeting.utf8)), .close] }
        let outcome = Outcome { () throws(LDAPError) in _ = try connect(server.uri, limits: .short).names(SearchRequest(base: "")) }
        #expect(outcome.error.map { [.connectionLost, .protocolViolation, .timedOut].contains($0.code) } == true, "\(outcome)")
        #expect(outcome.time < .seconds(8))
    }
}

/// A port on 127.0.0.1 whose queue of connections is full: the system answers no more of them.
private final class FullPort: Sendable {
    let number: Int
    private let files: [Int32]

    init() throws {
        var files = [Self.socket()]
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(files[0], address, size)
                listen(files[0], 0)
                getsockname(files[0], address, &size)
                for _ in 1...8 {
                    let file = Self.socket()
                    _ = fcntl(file, F_SETFL, O_NONBLOCK)
                    _ = Foundation.connect(file, address, size)
                    files.append(file)
                }
            }
        }
        number = Int(UInt16(bigEndian: address.sin_port))
        self.files = files
        try #require(number > 0)
    }

    deinit { for file in files { close(file) } }

    private static func socket() -> Int32 { Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0) }
}
