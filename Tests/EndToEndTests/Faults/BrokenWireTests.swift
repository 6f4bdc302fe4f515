import Foundation
import TestSupport
import Testing

/// The built program on every real server, over a wire that breaks, stalls or is slow at any byte of any step. `Benchmarks/faults/run` does the
/// same at a thousand places for each server.
@Suite("A wire that breaks, at every step and on every server")
struct BrokenWireTests {
    private struct Trial: Sendable {
        var phase: WireMap.Phase
        var name: String
        var fault: Fault
    }

    private static let actions: [(name: String, action: Fault.Action)] = [
        ("cut", .cut), ("reset", .reset), ("stalled", .stall), ("delayed", .delay(.milliseconds(300))),
    ]

    /// Each place with one of the faults, so that every step meets every fault.
    private func trials(_ map: WireMap, _ count: Int) -> [Trial] {
        var generator = SeededGenerator(seed: 7)
        return map.places(count, &generator).enumerated().map { number, place in
            // The steps take turns with every place, the faults with every round of them.
            let (name, action) = Self.actions[(number / WireMap.Phase.allCases.count + number) % Self.actions.count]
            return Trial(phase: place.phase, name: name, fault: Fault(action, at: place.place, side: place.side))
        }
    }

    @Test("gives an error or the whole, in time, never a part", arguments: FaultyServer.wanted)
    func broken(_ server: FaultyServer) async throws {
        let map = try WireMap(server)
        let trials = trials(map, FaultCount.told ?? 12)
        let runs = try await inParallel(trials) { trial in
            try FaultyRun(server, through: server.wire([[trial.fault]]), faults: 1, whole: map.whole)
        }
        var table = FaultTable()
        for (trial, run) in runs {
            table.add(run, server: server, phase: trial.phase.rawValue, fault: trial.name)
            #expect([.complete, .error].contains(run.verdict), "\(server.rawValue), \(trial.fault): \(run.verdict) \(run.words)")
            #expect(run.hasReason, "\(server.rawValue), \(trial.fault) was not met: \(run.verdict) \(run.words)")
            // A second at full speed would show: whoever waits for these limits waits for two at least.
            #expect(
                run.processorTime < map.processorTime * 3 + .milliseconds(500),
                "\(server.rawValue), \(trial.fault): \(run.processorTime), and a whole read took \(map.processorTime)")
        }
        try table.write()
    }
}
