import LDAPClient
import TestSupport
import Testing

/// What came of a read of everything, over a wire on which something went wrong.
private struct FaultyRead: Sendable {
    var outcome: Outcome
    /// The entries with all their values; empty when the read threw.
    var entries: [String: [String]] = [:]
    /// How many entries were lent, doubled ones too.
    var count = 0
    /// Whether the wire did what it was told to.
    var hasHappened = false

    init(through proxy: FaultProxy, tls: Bool, caFile: String?, pageSize: Int?, limits: TimeLimits) {
        var entries: [String: [String]] = [:]
        var count = 0
        outcome = Outcome { () throws(LDAPError) in
            let connection = try connect(tls ? proxy.tlsURI : proxy.uri, caFile: caFile, limits: limits)
            try connection.bind(name: "cn=p1,o=Test", password: Secret("pass-p1"))
            var found: [String: [String]] = [:]
            _ = try connection.search(SearchRequest(base: "o=Test", pageSize: pageSize)) { (entry) throws(LDAPError) in
                var values: [String] = []
                found[try entry.forEachValue { values.append("\($0.text): \($1.text)") }] = values
                count += 1
            }
            entries = found
        }
        self.entries = entries
        self.count = count
        hasHappened = proxy.waitForFaults(within: .seconds(1))
    }
}

@Suite("A wire on which things go wrong")
struct FaultTests {
    /// For faults of which some end in an error at once and some in a wait.
    static let limits = TimeLimits(connect: .seconds(2), response: .seconds(2), total: .seconds(20))

    static let slapd = Result {
        var configuration = SlapdConfiguration(content: people(600))
        configuration.certificate = .good
        return try PrivateSlapd(configuration)
    }
    /// Few entries, so that a read costs little where hundreds are made.
    static let small = Result {
        let content = people(5).split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("description") }
        return try PrivateSlapd(SlapdConfiguration(content: content.joined(separator: "\n")))
    }

    private func reads(
        _ faults: [Fault], of slapd: PrivateSlapd, tls: Bool = false, pageSize: Int? = nil, limits: TimeLimits = .patient
    ) async throws -> [(fault: Fault, read: FaultyRead)] {
        let port = tls ? slapd.tlsPort : slapd.port
        let caFile = tls ? try TestPKI.shared().authorityFile : nil
        let proxies = try faults.map { try FaultProxy(to: port, scripts: [[$0]]) }
        let results = await atOnce(Array(faults.indices)) {
            FaultyRead(through: proxies[$0], tls: tls, caFile: caFile, pageSize: pageSize, limits: limits)
        }
        return results.map { (faults[$0.0], $0.1) }
    }

    /// Offsets in the answer to the bind (14 bytes), just behind it, in the header of an entry, and far behind.
    static let places: [Fault.Place] = [
        .byte(0), .byte(1), .byte(2), .byte(3), .byte(8), .byte(9), .byte(13), .byte(14), .byte(15), .byte(17), .byte(22), .byte(23),
        .byte(300),
        .message(100), .message(100, offset: 1), .message(100, offset: 4), .message(100, offset: 150), .byte(100_000),
    ]

    @Test("cut, half closed or reset at any byte: the connection is lost, and that is an error", arguments: [nil, 50])
    func ended(_ pageSize: Int?) async throws {
        for place in pageSize == nil ? Self.places[...] : Self.places.suffix(5) {
            let faults = [Fault.Action.cut, .fin, .reset].map { Fault($0, at: place) }
            for (fault, read) in try await reads(faults, of: Self.slapd.get(), pageSize: pageSize) {
                // A connection that is gone before anything was said may never have been one.
                let isLost = read.outcome.error.map { $0.code == .connectionLost || (read.count == 0 && $0.code == .cannotConnect) }
                #expect(isLost == true, "\(fault): \(read.outcome)")
                #expect(read.outcome.time < .seconds(8), "\(fault): \(read.outcome)")
                #expect(read.hasHappened, "\(fault)")
                #expect(read.count < 601)
            }
        }
    }

    @Test("stalled at any byte: given up within the limit", arguments: [nil, 50])
    func stalled(_ pageSize: Int?) async throws {
        for (fault, read) in try await reads(
            Self.places.map { Fault(.stall, at: $0) }, of: Self.slapd.get(), pageSize: pageSize, limits: Self.limits)
        {
            #expect(read.outcome.error?.code == .timedOut, "\(fault): \(read.outcome)")
            #expect((.milliseconds(1990)...(.seconds(10))).contains(read.outcome.time), "\(fault): \(read.outcome)")
            #expect(read.hasHappened, "\(fault)")
        }
    }

    @Test("slow, but within the limit: all comes")
    func slow() async throws {
        let faults = [Fault(.delay(.milliseconds(300)), at: .message(1)), Fault(.delay(.milliseconds(300)), at: .message(100, offset: 3))]
        for (fault, read) in try await reads(faults, of: Self.slapd.get()) {
            #expect(read.outcome.error == nil, "\(fault): \(read.outcome)")
            #expect(read.entries.count == 601)
            #expect(read.outcome.time > .milliseconds(300))
        }
    }

    @Test("with requests that are cut, stalled or damaged on their way")
    func requests() async throws {
        var faults = [Fault.Action.cut, .reset, .stall].flatMap { action in
            [0, 1, 5, 30, 50].map { Fault(action, at: .byte($0), side: .toServer) }
        }
        faults += [0, 1, 2, 5].map { Fault(.xor(0x55), at: .byte($0), side: .toServer) }
        for (fault, read) in try await reads(faults, of: Self.slapd.get(), limits: Self.limits) {
            #expect(read.outcome.error != nil, "\(fault)")
            #expect(read.outcome.time < .seconds(10), "\(fault): \(read.outcome)")
        }
    }

    @Test("under TLS: whatever happens at any byte is an error")
    func tls() async throws {
        let places = [0, 5, 20, 700, 1500, 2500, 20_000]
        let actions: [Fault.Action] = [.cut, .fin, .reset, .stall, .xor(1), .drop(1), .duplicate(300)]
        let faults = actions.flatMap { action in places.map { Fault(action, at: .byte($0)) } }
        for (fault, read) in try await reads(faults, of: Self.slapd.get(), tls: true, limits: Self.limits) {
            #expect(read.outcome.error != nil, "\(fault)")
            #expect(read.hasHappened, "\(fault)")
            #expect(read.outcome.time < .seconds(10), "\(fault): \(read.outcome)")
            #expect(read.outcome.processorTime < .milliseconds(700), "\(fault): \(read.outcome)")
        }
    }

    // A plain connection has nothing that would show such damage (test-servers.md, section 6): the advice says so, and TLS is the cure.
    @Test("damaged in one byte on a plain connection: never an entry less without an error, but for what nobody can notice")
    func damaged() async throws {
        let slapd = try Self.small.get()
        let whole = try connect(slapd.uri).entries(SearchRequest(base: "o=Test"))
        let one = try Damage.extent(of: slapd)
        for mask: UInt8 in [0x01, 0x80] {
            let faults = (0..<one).map { Fault(.xor(mask), at: .message(3, offset: $0)) }
            for (fault, read) in try await reads(faults, of: slapd, limits: Self.limits) {
                guard read.outcome.error == nil else { continue }
                guard case .message(_, let offset) = fault.place else { continue }
                if read.count < whole.count {
                    #expect((3...4).contains(offset), "only a message's own number can hide it: \(fault) \(read)")
                } else {
                    #expect(read.count == whole.count, "\(fault)")
                }
            }
        }
    }

    @Test("with a message lost or doubled on a plain connection: an entry less or more, and no sign of it; under TLS an error")
    func unnoticed() async throws {
        let slapd = try Self.small.get()
        let one = try Damage.extent(of: slapd)
        let faults = [Fault(.drop(one), at: .message(3)), Fault(.duplicate(one), at: .message(3)), Fault(.drop(one - 1), at: .message(3))]
        let results = try await reads(faults, of: slapd, limits: Self.limits).map(\.read)
        #expect(results.map { $0.outcome.error == nil } == [true, true, false])
        #expect(results.prefix(2).map(\.count) == [5, 7])
    }

    @Test("with a damaged entry: the advice is TLS")
    func advice() async throws {
        let read = try #require(
            try await reads([Fault(.xor(0x40), at: .message(3, offset: 8))], of: Self.small.get(), limits: Self.limits).first?.read)
        #expect(read.outcome.error?.advice.contains("ldaps:// or --start-tls: on a plain connection damage goes unnoticed") == true)
    }

    @Test(
        "with an answer that is no longer what it was",
        arguments: [
            // 30 xx 02 01 id 64 xx 04 …: the operation (as a result, as something unknown), the DN's length, the message's tag.
            (Fault(.xor(0x01), at: .message(3, offset: 5)), [LDAPError.Code.protocolViolation]),
            (Fault(.xor(0x1a), at: .message(3, offset: 5)), [.protocolViolation]),
            (Fault(.xor(0x40), at: .message(3, offset: 8)), [.protocolViolation]),
            (Fault(.xor(0x40), at: .message(3)), [.connectionLost, .protocolViolation]),
        ])
    func otherAnswer(_ fault: Fault, _ codes: [LDAPError.Code]) async throws {
        let read = try #require(try await reads([fault], of: Self.small.get(), limits: Self.limits).first?.read)
        #expect(read.outcome.error.map { codes.contains($0.code) } == true, "\(read.outcome)")
    }
}

private enum Damage {
    /// How long the second entry's message is; all people's are the same.
    static func extent(of slapd: PrivateSlapd) throws -> Int {
        let proxy = try FaultProxy(to: slapd.port)
        let names = try connect(proxy.uri).names(SearchRequest(base: "cn=p1,o=Test", scope: .base))
        // When it has stopped it has counted everything.
        proxy.stop()
        try #require(names.count == 1 && proxy.bytesToClient > 14)
        // Without the result, which is 14 bytes long.
        return proxy.bytesToClient - 14
    }
}
