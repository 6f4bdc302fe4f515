import Foundation
import TestSupport
import Testing

/// `kill -9`, before every single call of the system that concerns the file, and at random moments.
@Suite("A run that is killed")
struct KilledRunTests {
    /// The files that a run on `output` makes, changes and removes.
    static func names(_ output: String) -> [String] {
        [output, ".\(output).new", ".\(output).lock", "\(output).previous", "\(output).undone", "\(output).applied.jsonl"]
    }

    /// After whatever happened, apply and undo must work and leave the old state, and nothing but what was asked for.
    private static func expectWorking(_ place: UndoPlace, _ output: String, _ when: String, undone: Int) throws {
        let before = try place.content(output)
        let old: UndoPlace.Content = output == "users.csv" ? .old : .nothing
        #expect([old, .new].contains(before), "\(when): a third content")
        // What apply says of a list that is corrected already: the plan is stale, or the output exists.
        let again = try place.run(UndoPlace.apply(to: output))
        #expect(again.status == (before == old ? 3 : output == "users.csv" ? 5 : 73), "\(when): \(again.errors)")
        #expect(try place.content(output) == .new, "\(when)")
        let undo = try place.run("undo", output)
        #expect(undo.status == 0, "\(when): \(undo.errors)")
        #expect(try place.content(output) == old, "\(when): \(undo.output)")
        let rest = try place.newFiles().filter { !$0.hasPrefix("\(output).undone") }
        #expect(rest == ["\(output).applied.jsonl"], "\(when): left over")
        let kept = try place.newFiles().filter { $0.hasPrefix("\(output).undone") }
        #expect((1...undone).contains(kept.count), "\(when): \(kept)")
        for name in kept { #expect(try place.content(name) == .new, "\(when): \(name)") }
    }

    @Test(
        "before any call of apply leaves the old file or the new, and the next apply and undo work",
        .enabled(if: FaultLayer.isPermitted, "this system forbids ptrace"), arguments: ["users.csv", "new.csv"])
    func apply(_ output: String) throws {
        var killed = TrialTable()
        for call in FaultLayer.calls {
            for number in 1... {
                let place = try UndoPlace()
                let run = try FaultLayer.run(
                    UndoPlace.apply(to: output), in: place.folder, names: Self.names(output), call: call, number: number, .kill
                ).run
                guard run.status == 137 else {
                    #expect(run.status == 3, "\(call) \(number): \(run.errors)")
                    break
                }
                killed.add(try place.content(output))
                try Self.expectWorking(place, output, "apply killed before \(call) \(number)", undone: 1)
            }
        }
        #expect(killed.count > 25, "strace does not see the calls")
        try killed.write("`apply` to `\(output)`, killed before each call")
    }

    @Test(
        "before any call of undo leaves the old file or the new, and the next undo and apply work",
        .enabled(if: FaultLayer.isPermitted, "this system forbids ptrace"), arguments: ["users.csv", "new.csv"])
    func undo(_ output: String) throws {
        var killed = TrialTable()
        for call in FaultLayer.calls {
            for number in 1... {
                let place = try UndoPlace()
                try place.succeed(UndoPlace.apply(to: output), status: 3)
                let run = try FaultLayer.run(
                    ["undo", output], in: place.folder, names: Self.names(output), call: call, number: number, .kill
                ).run
                guard run.status == 137 else {
                    #expect(run.status == 0, "\(call) \(number): \(run.errors)")
                    break
                }
                killed.add(try place.content(output))
                let when = "undo killed before \(call) \(number)"
                let content = try place.content(output)
                if number % 2 == 0 {
                    // The next is an undo.
                    let next = try place.run("undo", output)
                    #expect(next.status == 0, "\(when): \(next.errors)")
                    #expect(try place.content(output) == (output == "users.csv" ? .old : .nothing), "\(when): was \(content)")
                    #expect(try place.folder.contains("\(output).undone") && place.content("\(output).undone") == .new, "\(when)")
                    #expect(try place.newFiles() == ["\(output).applied.jsonl", "\(output).undone"], "\(when)")
                }
                try Self.expectWorking(place, output, when, undone: 2)
            }
        }
        #expect(killed.count > 15, "strace does not see the calls")
        try killed.write("`undo` of `\(output)`, killed before each call")
    }

    /// How many random moments; `Benchmarks/faults/kills` asks for hundreds.
    private static let moments = ProcessInfo.processInfo.environment["LDAP_RECONCILE_KILLS"].flatMap(Int.init) ?? 12

    @Test("at a random moment leaves the old file or the new, and the next apply and undo work", arguments: ["apply", "undo"])
    func random(_ command: String) throws {
        var generator = SystemRandomNumberGenerator()
        var killed = TrialTable()
        var longest = try length(of: command)
        for moment in 1...Self.moments {
            let output = moment % 2 == 0 ? "users.csv" : "new.csv"
            let place = try UndoPlace()
            if command == "undo" { try place.succeed(UndoPlace.apply(to: output), status: 3) }
            let delay = Duration.microseconds(Int.random(in: 0...longest, using: &generator))
            let run = try ProgramRun(command == "undo" ? ["undo", output] : UndoPlace.apply(to: output), directory: place.folder.path)
            if run.process.wait(for: delay) == nil { run.send(.kill) }
            let status = try run.finish().status
            #expect([137, command == "undo" ? 0 : 3].contains(status))
            if status != 137 { longest = max(longest * 99 / 100, 1000) }
            if status == 137 { killed.add(try place.content(output)) } else { killed.addEnded() }
            try Self.expectWorking(place, output, "\(command) killed after \(delay)", undone: 2)
        }
        try killed.write("`\(command)`, killed at a random moment")
    }

    /// How many microseconds a run takes that nobody ends.
    private func length(of command: String) throws -> Int {
        var longest = Duration.zero
        for _ in 1...3 {
            let place = try UndoPlace()
            if command == "undo" { try place.succeed(UndoPlace.apply(), status: 3) }
            let start = ContinuousClock.now
            try place.succeed(command == "undo" ? ["undo", "users.csv"] : UndoPlace.apply(), status: command == "undo" ? 0 : 3)
            longest = max(longest, ContinuousClock.now - start)
        }
        return Int(longest / .microseconds(1))
    }
}
