import TestSupport

/// What goes over a wire when nothing goes wrong, divided into the steps of a read.
struct WireMap: Sendable {
    /// A step of a read.
    enum Phase: String, CaseIterable, Sendable { case connect, startTLS = "StartTLS", handshake = "TLS handshake", login, search, paging }

    /// A stretch of the bytes in both directions.
    struct Stretch: Sendable {
        var phase: Phase
        var toServer: Range<Int>
        var toClient: Range<Int>
    }

    let stretches: [Stretch]
    /// The messages to the client; sensible on plain connections only.
    let messages: [Range<Int>]
    /// What a plan of the whole directory says.
    let whole: PlanContent
    /// What a whole read takes.
    let processorTime: Duration

    /// Reads the whole through a wire that works.
    init(_ server: FaultyServer, options: [String] = []) throws {
        let wire = try server.wire([])
        let run = try FaultyRun(server, through: wire, faults: 0, options: options)
        guard let whole = run.plan else { throw TestSupportError("no plan of \(server.rawValue): \(run.words)") }
        self.whole = whole
        processorTime = run.processorTime
        let turns = wire.turns
        let ends = turns.dropFirst()
        let answers = zip(turns, ends).map { $1.toClient - $0.toClient }
        let lead: [Phase] =
            switch server.protection {
            case .none: [.login]
            case .sasl: [.login, .login, .login]  // three requests: RFC 4752, section 3.1
            case .tls: [.handshake, .login]
            case .startTLS: [.startTLS, .handshake, .login]
            }
        // A page is much longer than the answers before the first one.
        let page = (answers.dropFirst(lead.count).max() ?? 0) / 2
        let firstPage = answers.indices.dropFirst(lead.count).first { answers[$0] > page } ?? answers.count
        stretches =
            [Stretch(phase: .connect, toServer: 0..<1, toClient: 0..<1)]
            + zip(turns, ends).enumerated().map { index, turn in
                Stretch(
                    phase: index < lead.count ? lead[index] : index < firstPage ? .search : .paging,
                    toServer: turn.0.toServer..<turn.1.toServer, toClient: turn.0.toClient..<turn.1.toClient)
            }
        messages = zip(wire.messages, wire.messages.dropFirst()).map { $0..<$1 }
    }

    /// So many places, spread evenly over the phases and, within each, at random over its bytes; a third of them in what the client says.
    func places(_ count: Int, _ generator: inout SeededGenerator) -> [(phase: Phase, place: Fault.Place, side: Fault.Side)] {
        let phases = Phase.allCases.filter { phase in stretches.contains { $0.phase == phase } }
        return (0..<count).map { number in
            let phase = phases[number % phases.count]
            let own = stretches.filter { $0.phase == phase }
            let side: Fault.Side = Int.random(in: 0..<3, using: &generator) == 0 ? .toServer : .toClient
            // Not every step has bytes in both directions.
            let bytes = own.flatMap { side == .toServer ? Array($0.toServer) : Array($0.toClient) }
            if let byte = bytes.randomElement(using: &generator) { return (phase, .byte(byte), side) }
            let others = own.flatMap { side == .toServer ? Array($0.toClient) : Array($0.toServer) }
            return (phase, .byte(others.randomElement(using: &generator) ?? 0), side == .toServer ? .toClient : .toServer)
        }
    }
}
