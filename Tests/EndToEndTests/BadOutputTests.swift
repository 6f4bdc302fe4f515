import Foundation
import TestSupport
import Testing

/// Issue 2, "Bad input": what can be wrong where the corrected file is to go.
@Suite("An output that cannot be written")
struct BadOutputTests {
    private func apply(_ work: Workplace, to output: String) throws -> ProgramRun.Result {
        try work.run("apply", "users.csv.plan.jsonl", "--password-file", "password", "--output", output)
    }

    @Test("One that exists, is a folder, is the source, or is below a folder that does not exist")
    func places() throws {
        let work = try Workplace()
        try work.plan()
        try work.folder.write("precious", to: "there.csv")
        try work.folder.write("", to: "folder.csv/inside")
        expectRefusal(try apply(work, to: "there.csv"), status: 73, saying: ["there.csv", "exist", "--replace"])
        #expect(try work.folder.read("there.csv") == Array("precious".utf8))
        expectRefusal(try apply(work, to: "folder.csv"), status: 73, saying: ["folder.csv", "this is a folder"])
        expectRefusal(try apply(work, to: "nowhere/new.csv"), status: 73, saying: ["nowhere", "does not exist"])
        expectRefusal(try apply(work, to: "users.csv"), status: 73, saying: ["users.csv"])
        #expect(try work.folder.read("users.csv") == SampleCase.demo.bytes("users.csv"))
        #expect(try work.newFiles() == ["folder.csv", "there.csv", "users.csv.plan.jsonl"])
    }

    // At its limit on the size of files, the system ends a program that does not ignore the signal.
    @Test(
        "A disk that is full half-way, or a file that may not grow further: nothing half written stays",
        arguments: ["", "trap '' XFSZ; "])
    func fullDisk(_ trap: String) throws {
        let work = try Workplace()
        try work.plan()
        let plan = try work.folder.read("users.csv.plan.jsonl")
        let connection = Workplace.connection(try SampleServer.shared().uri) + SampleServer.planOptions
        for arguments in [
            ["apply", "users.csv.plan.jsonl", "--password-file", "password", "--output", "new.csv"], ["plan", "users.csv"] + connection,
        ] {
            // 4 blocks of 512 bytes, less than each of the files needs.
            let command = "\(trap)ulimit -f 4; exec \"$0\" \"$@\""
            let run = try ProgramRun.run(
                ["-c", command, BuiltProgram.path()] + arguments, executable: "/bin/sh", directory: work.folder.path)
            let output = arguments[0] == "apply" ? "new.csv" : "users.csv.plan.jsonl"
            expectRefusal(run, status: 74, saying: [output, "cannot be written to its end"])
            #expect(try work.newFiles() == ["users.csv.plan.jsonl"])
            #expect(try work.folder.read("users.csv.plan.jsonl") == plan)
        }
    }

    @Test("A file that may not grow further: undo changes nothing where the journal takes no line, and works where it takes one")
    func fullJournal() throws {
        let place = try UndoPlace()
        try place.succeed(UndoPlace.apply(), status: 3)
        let journal = try place.folder.read("users.csv.applied.jsonl")
        let files = try place.newFiles()
        func undo(blocks: Int) throws -> ProgramRun.Result {
            try ProgramRun.run(
                ["-c", "ulimit -f \(blocks); exec \"$0\" undo users.csv", BuiltProgram.path()], executable: "/bin/sh",
                directory: place.folder.path)
        }
        expectRefusal(
            try undo(blocks: journal.count / 512), status: 74,
            saying: ["users.csv.applied.jsonl", "cannot be written to its end", "make room"])
        #expect(try place.content() == .new && place.newFiles() == files && place.folder.read("users.csv.applied.jsonl") == journal)
        // The exchange needs no room, whatever the size of the list.
        #expect(try undo(blocks: journal.count / 512 + 2).status == 0)
        #expect(try place.content() == .old)
    }

    @Test("A folder that may not be written to: undo says so and changes nothing")
    func readOnlyFolder() throws {
        let place = try UndoPlace()
        try place.succeed(UndoPlace.apply(), status: 3)
        let script =
            "chmod 755 . && chmod 644 users.csv* && chown -R 65534 . && chmod 555 . && exec setpriv --reuid 65534 --clear-groups \"$0\" undo users.csv"
        let ours = "chmod 555 . && exec \"$0\" undo users.csv"
        let program = try BuiltProgram.path()
        // Root may write anywhere. Where the program lies in a folder that only root may enter, it cannot be tried as somebody else.
        let run = try ProgramRun.run(["-c", getuid() == 0 ? script : ours, program], executable: "/bin/sh", directory: place.folder.path)
        #expect(chmod(place.folder.path, 0o755) == 0)
        if run.status == 126 || run.status == 127 { return }
        expectRefusal(run, status: 73, saying: ["users.csv", "no file can be made in its folder", "choose a folder that you may write to"])
        #expect(try place.content() == .new)
    }

    @Test("One that is a plan, a snapshot, a password or anything else but a user list, although it may be replaced")
    func noUserList() throws {
        let work = try Workplace()
        try work.plan()
        let kept = try work.run(
            ["plan", "users.csv", "--snapshot", "kept"] + Workplace.connection(try SampleServer.shared().uri) + SampleServer.planOptions)
        #expect(kept.status == 3, "\(kept.errors)")
        try work.folder.write("SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name\nA,A,Y,Mailbox,Create,A\n", to: "old.csv")
        try work.folder.write("", to: "empty.csv")
        func apply(_ output: String) throws -> ProgramRun.Result {
            try work.run("apply", "users.csv.plan.jsonl", "--password-file", "password", "--replace", "-o", output)
        }
        for output in ["users.csv.plan.jsonl", "./users.csv.plan.jsonl", "kept", "password"] {
            let before = try work.folder.read(output)
            let run = try apply(output)
            expectRefusal(run, status: 73, saying: [output, "no user list", "--output"])
            #expect(!run.errors.contains("Reading the mailboxes"), "\(run.errors)")
            #expect(try work.folder.read(output) == before)
        }
        // The user list itself may be, when that is said; it is kept, as everything that is replaced.
        for output in ["old.csv", "empty.csv", "users.csv"] {
            let before = try work.folder.read(output)
            let run = try apply(output)
            #expect(run.status == 3, "\(run.errors)")
            #expect(try work.folder.read(output) == SampleCase.demo.bytes("expected.csv"))
            #expect(try work.folder.read(output + ".previous") == before)
        }
    }

    @Test("Several runs that write one file: one of them does, whole; the others say that it is there or being written")
    func severalRuns() throws {
        let work = try Workplace()
        try work.plan()
        let arguments = ["apply", "users.csv.plan.jsonl", "--password-file", "password", "--output", "new.csv"]
        let runs = try (1...6).map { _ in try work.start(arguments) }
        let results = try runs.map { try $0.finish() }
        #expect(results.count { $0.status == 3 } == 1, "\(results.map(\.status)) \(results.map(\.errors))")
        #expect(results.allSatisfy { [3, 73, 75].contains($0.status) }, "\(results.map(\.status)) \(results.map(\.errors))")
        #expect(try work.folder.read("new.csv") == SampleCase.demo.bytes("expected.csv"))
        #expect(try work.newFiles() == ["new.csv", "new.csv.applied.jsonl", "users.csv.plan.jsonl"])
    }

    @Test("Several plans of one file at once: the plan that stays is whole")
    func severalPlans() throws {
        let work = try Workplace()
        let arguments =
            ["plan", "users.csv"] + Workplace.connection(try SampleServer.shared().uri) + SampleServer.planOptions
        let runs = try (1...4).map { _ in try work.start(arguments) }
        let results = try runs.map { try $0.finish() }
        #expect(results.allSatisfy { [3, 73, 75].contains($0.status) }, "\(results.map(\.status)) \(results.map(\.errors))")
        #expect(try work.newFiles() == ["users.csv.plan.jsonl"])
        #expect(try work.run("explain", "users.csv.plan.jsonl", "COLLINSR").status == 0)
    }
}
