import Foundation
import TestSupport
import Testing

/// The built program over a wire that changes, loses or doubles what it carries.
@Suite("A wire that damages what it carries")
struct DamagedWireTests {
    private enum Damage: String, CaseIterable, Sendable { case flipped, dropped, doubled, renumbered }

    private struct Trial: Sendable {
        var damage: Damage
        var fault: Fault
    }

    /// Bytes changed, lost and doubled anywhere.
    private func bytes(_ map: WireMap, _ count: Int) -> [Trial] {
        var generator = SeededGenerator(seed: 11)
        return map.places(count, &generator).enumerated().map { number, place in
            let length = Int.random(in: 1...300, using: &generator)
            let mask = UInt8.random(in: 1...255, using: &generator)
            let damage = Damage.allCases[(number + number / WireMap.Phase.allCases.count) % 3]
            let action: Fault.Action =
                switch damage {
                case .flipped, .renumbered: .xor(mask)
                case .dropped: .drop(length)
                case .doubled: .duplicate(length)
                }
            return Trial(damage: damage, fault: Fault(action, at: place.place, side: place.side))
        }
    }

    /// Whole messages of the server's lost, doubled and given another number; and bytes changed anywhere.
    private func messages(_ map: WireMap, _ count: Int) -> [Trial] {
        var generator = SeededGenerator(seed: 13)
        let places = map.places(count, &generator)
        return (0..<count).map { number in
            let index = map.messages.indices.randomElement(using: &generator) ?? 0
            let (length, mask) = (map.messages[index].count, UInt8.random(in: 1...255, using: &generator))
            let damage = Damage.allCases[number % Damage.allCases.count]
            switch damage {
            case .flipped:
                // Not by the same number: then all of them would be at the same step.
                let (_, place, side) = places[number / Damage.allCases.count]
                return Trial(damage: damage, fault: Fault(.xor(mask), at: place, side: side))
            case .dropped: return Trial(damage: damage, fault: Fault(.drop(length), at: .message(index + 1)))
            case .doubled: return Trial(damage: damage, fault: Fault(.duplicate(length), at: .message(index + 1)))
            case .renumbered:
                // 30, the length in one, two or three bytes, 02 01, the number.
                let offset = length < 130 ? 4 : length < 259 ? 5 : 6
                return Trial(damage: damage, fault: Fault(.xor(mask), at: .message(index + 1, offset: offset)))
            }
        }
    }

    private func run(
        _ server: FaultyServer, _ trials: [Trial], _ map: WireMap, options: [String] = [], as step: String
    ) async throws -> [(Trial, FaultyRun)] {
        let runs = try await inParallel(trials) { trial in
            try FaultyRun(server, through: server.wire([[trial.fault]]), faults: 1, options: options, whole: map.whole)
        }
        var table = FaultTable()
        for (trial, run) in runs {
            table.add(run, server: server, phase: step, fault: trial.damage.rawValue)
            #expect(run.hasReason, "\(server.rawValue), \(trial.fault) was not met: \(run.verdict) \(run.words)")
            // A length that lies is not believed.
            #expect(run.peakMemory < 400 << 20, "\(server.rawValue), \(trial.fault): \(run.peakMemory >> 20) MB")
            #expect(
                run.processorTime < map.processorTime * 3 + .milliseconds(500), "\(server.rawValue), \(trial.fault): \(run.processorTime)")
        }
        try table.write()
        return runs
    }

    @Test(
        "within TLS, or sealed by Kerberos: is never silent",
        arguments: FaultyServer.wanted.filter { $0.protection != .none })
    func protected(_ server: FaultyServer) async throws {
        let map = try WireMap(server)
        for (trial, run) in try await run(server, bytes(map, FaultCount.told.map { $0 * 3 } ?? 9), map, as: "any") {
            #expect([.complete, .error].contains(run.verdict), "\(server.rawValue), \(trial.fault): \(run.verdict) \(run.words)")
        }
    }

    @Test(
        "on a plain connection: what can be noticed is an error, and the plan says that its integrity is not protected",
        arguments: FaultyServer.wanted.filter { $0.protection == .none })
    func plain(_ server: FaultyServer) async throws {
        let map = try WireMap(server)
        #expect(map.whole.protection == "plain text, integrity not protected")
        for (trial, run) in try await run(server, messages(map, FaultCount.told.map { $0 * 4 } ?? 8), map, as: "plain") {
            #expect([.complete, .error, .partial].contains(run.verdict), "\(server.rawValue), \(trial.fault): \(run.verdict) \(run.words)")
            #expect(run.plan.map { $0.protection == map.whole.protection } ?? true)
        }
    }

    @Test(
        "on a plain connection with verify-read: every entry lost or doubled is noticed",
        arguments: FaultyServer.wanted.filter { $0.protection == .none })
    func verified(_ server: FaultyServer) async throws {
        let map = try WireMap(server, options: ["--verify-read"])
        for (trial, run) in try await run(
            server, messages(map, FaultCount.told.map { $0 * 4 } ?? 16), map, options: ["--verify-read"], as: "plain, verify-read")
        {
            guard run.verdict == .partial, trial.damage == .flipped else {
                #expect([.complete, .error].contains(run.verdict), "\(server.rawValue), \(trial.fault): \(run.verdict) \(run.words)")
                continue
            }
            // A value that was changed on the way cannot be noticed, but it is never one entry more or less.
            #expect(run.plan?.entries == map.whole.entries, "\(server.rawValue), \(trial.fault)")
        }
    }
}
