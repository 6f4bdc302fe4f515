import Foundation
import TestSupport
import Testing

/// Issue: disk full, quota, read-only folder, and errors of the disk, at every call that could meet them.
@Suite("A system that refuses", .enabled(if: FaultLayer.isPermitted, "this system forbids ptrace"))
struct RefusingSystemTests {
    /// The errors that each call may meet. Every call gets one of them after the other, and all of them where so many kills are asked for.
    private static let errors = [
        ("openat", ["ENOSPC", "EROFS", "EACCES", "EMFILE"]), ("write", ["ENOSPC", "EDQUOT", "EIO"]), ("fsync", ["EIO", "EDQUOT"]),
        ("fchmod", ["EPERM", "EROFS"]), ("link", ["ENOSPC", "EACCES"]), ("renameat2", ["ENOSPC", "EROFS", "EIO"]), ("flock", ["ENOLCK"]),
        // With these the file system says that it cannot do it, and there is another way.
        ("link", ["EPERM"]), ("link", ["EMLINK"]), ("renameat2", ["EINVAL"]),
    ]
    private static let triesAll = ProcessInfo.processInfo.environment["LDAP_RECONCILE_KILLS"] != nil

    /// What a refusal may end with: a file is missing or cannot be read, cannot be made, input or output, rights.
    private static let statuses: Set<Int32> = [66, 73, 74, 77]

    private static func expectClear(_ run: ProgramRun.Result, _ when: String) {
        #expect(statuses.contains(run.status), "\(when): \(run.status) \(run.errors)")
        #expect(run.errors.contains("ldap-reconcile: ") && run.errors.contains("; "), "\(when): \(run.errors)")
        for sign in ["Fatal error", "Optional(", "SystemErrno", "dump"] { #expect(!run.errors.contains(sign), "\(when): \(run.errors)") }
    }

    @Test(
        "at any call of apply or undo: a clear error, the file whole, nothing left behind, and the next run works",
        arguments: ["apply", "undo"])
    func everyCall(_ command: String) throws {
        var refused = TrialTable()
        let tried = Self.triesAll ? Self.errors.flatMap { call, errors in errors.map { (call, [$0]) } } : Self.errors
        for (call, errors) in tried {
            for output in ["users.csv", "new.csv"] {
                for number in 1... {
                    let error = errors[(number - 1) % errors.count]
                    let place = try UndoPlace()
                    if command == "undo" { try place.succeed(UndoPlace.apply(to: output), status: 3) }
                    let (before, files) = (try place.content(output), try place.newFiles())
                    let arguments = command == "undo" ? ["undo", output] : UndoPlace.apply(to: output)
                    let outcome = try FaultLayer.run(
                        arguments, in: place.folder, names: KilledRunTests.names(output), call: call, number: number, .error(error))
                    let run = outcome.run
                    let when = "\(command) of \(output), \(error) at \(call) \(number)"
                    let done: Int32 = command == "undo" ? 0 : 3
                    let after = try place.content(output)
                    #expect(after != .third, "\(when)")
                    if run.status != done {
                        refused.add(after)
                        Self.expectClear(run, when)
                        // An error behind the rename leaves the new state; before it, everything is as it was.
                        if after == before { #expect(try place.newFiles() == files, "\(when)") }
                    }
                    // The next run goes on from there.
                    let next = try place.run(arguments)
                    let fine: Set<Int32> = after == before ? [done] : command == "undo" ? [0] : output == "users.csv" ? [5] : [73]
                    #expect(fine.contains(next.status), "\(when): then \(next.errors)")
                    if command == "apply" { #expect(try place.run("undo", output).status == 0, "\(when)") }
                    #expect(try place.content(output) == (output == "users.csv" ? .old : .nothing), "\(when)")
                    #expect(try !place.folder.list().contains { $0.hasPrefix(".") }, "\(when)")
                    if !outcome.isReached { break }
                }
            }
        }
        #expect(refused.count > 20)
        try refused.write("`\(command)`, refused at each call")
    }

    /// Somebody who does not heed the lock writes between the last look and the rename.
    @Test(
        "A file that is replaced at the last moment stays what it was replaced by, and nothing is left behind",
        arguments: ["apply", "undo"])
    func replacedUnderUs(_ command: String) throws {
        let place = try UndoPlace()
        if command == "undo" { try place.succeed(UndoPlace.apply(), status: 3) }
        let files = try place.newFiles()
        let run = try FaultLayer.start(
            command == "undo" ? ["undo", "users.csv"] : UndoPlace.apply(), in: place.folder, names: KilledRunTests.names("users.csv"),
            call: "renameat2", number: 1, .delay(3))
        // The announcement is the last thing before the rename.
        try waitForText("\"\(command)\":", in: "users.csv.applied.jsonl", of: place.folder)
        try place.folder.write("theirs", to: "theirs")
        #expect(rename(place.folder["theirs"], place.folder["users.csv"]) == 0)
        expectRefusal(try run.finish(), status: 74, saying: ["users.csv: somebody changed the file meanwhile", "run again"])
        #expect(String(decoding: try place.folder.read("users.csv"), as: UTF8.self) == "theirs")
        #expect(try place.newFiles() == files)
    }

    @Test("A folder that is removed at the last moment is a clear error", arguments: ["apply", "undo"])
    func folderRemoved(_ command: String) throws {
        let place = try UndoPlace()
        try place.folder.write(try UndoPlace.old.get(), to: "below/list.csv")
        let apply = UndoPlace.apply(to: "below/list.csv") + ["--replace"]
        if command == "undo" { try place.succeed(apply, status: 3) }
        let names = KilledRunTests.names("list.csv").map { "below/\($0)" }
        let run = try FaultLayer.start(
            command == "undo" ? ["undo", "below/list.csv"] : apply, in: place.folder, names: names, call: "renameat2", number: 1, .delay(3))
        try waitForText("\"\(command)\":", in: "below/list.csv.applied.jsonl", of: place.folder)
        try FileManager.default.removeItem(atPath: place.folder["below"])
        expectRefusal(try run.finish(), status: 74, saying: ["below/list.csv"])
        #expect(!place.folder.contains("below"))
        expectRefusal(try place.run("undo", "below/list.csv"), status: 66, saying: ["no apply of this file is noted"])
    }

    private func waitForText(_ text: String, in name: String, of folder: TemporaryFolder) throws {
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            if let bytes = try? folder.read(name), String(decoding: bytes, as: UTF8.self).contains(text) { return }
            // Only looks again; how long it may take is the limit above.
            usleep(5000)
        }
        throw TestSupportError("\(name) did not say \(text)")
    }
}
