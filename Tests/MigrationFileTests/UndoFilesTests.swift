import Glibc
import Testing

@testable import MigrationFile

@Suite("A journal file")
struct JournalFileTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.make("out.csv", "x", mode: 0o664)
    }

    private var output: String { folder.file("out.csv") }

    @Test("is made with the rights of the model, but nobody else may write to it, and takes lines one after the other")
    func lines() throws {
        #expect(try JournalFile.bytes(beside: output) == nil)
        var journal = try JournalFile(beside: output, like: output)
        for line in ["one\n", "two\n"] { try journal.append(Array(line.utf8)) }
        #expect(folder.text("out.csv.applied.jsonl") == "one\ntwo\n")
        #expect(try folder.status("out.csv.applied.jsonl").st_mode & 0o7777 == 0o644)
        journal.takeBack()
        #expect(folder.text("out.csv.applied.jsonl") == "one\n")
        journal.takeBack()
        #expect(folder.entries == ["out.csv"])
    }

    @Test("begins behind a line that was cut off on a line of its own, and takes back just its own")
    func torn() throws {
        try folder.make("out.csv.applied.jsonl", "one\ntw")
        var journal = try JournalFile(beside: output, like: output)
        try journal.append(Array("three\n".utf8))
        #expect(folder.text("out.csv.applied.jsonl") == "one\ntw\nthree\n")
        journal.takeBack()
        journal.takeBack()
        #expect(folder.text("out.csv.applied.jsonl") == "one\ntw")
    }

    @Test("belongs to the model's owner, and is believed where that is you, root, the owner of the list or of its folder")
    func owners() throws {
        guard getuid() == 0 else { return }
        try folder.make("list.csv", "x")
        #expect(chown(folder.file("list.csv"), 1234, 1234) == 0)
        let new = folder.file("new.csv")
        var journal = try JournalFile(beside: new, like: folder.file("list.csv"))
        try journal.append(Array("one\n".utf8))
        #expect(try folder.status("new.csv.applied.jsonl").st_uid == 1234)
        #expect(try JournalFile.bytes(beside: new, like: folder.file("list.csv")) == Array("one\n".utf8))
        let error = #expect(throws: FileAccessError.self) { try JournalFile.bytes(beside: new) }
        #expect(error?.description.contains("it belongs to the user 1234") == true)
        #expect(chown(folder.path, 1234, 1234) == 0)
        #expect(try JournalFile.bytes(beside: new) != nil)
    }

    @Test("is not believed where others may write to it, or where it is no file", arguments: [0o622, 0o602, 0o620])
    func exposed(mode: Int) throws {
        try folder.make("out.csv.applied.jsonl", "one\n", mode: mode_t(mode))
        let error = #expect(throws: FileAccessError.self) { try JournalFile.bytes(beside: output) }
        #expect(error?.code == .exposed && error?.exitStatus == 77 && error?.description.contains("others may write to it") == true)
        unlink(folder.file("out.csv.applied.jsonl"))
        #expect(mkfifo(folder.file("out.csv.applied.jsonl"), 0o600) == 0)
        #expect(throws: FileAccessError.self) { try JournalFile.bytes(beside: output) }
    }
}

@Suite("A file that is put back")
struct OutputUnderLockTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func content(_ name: String) throws -> FileContent { try #require(try FileContent(of: folder.file(name))) }

    @Test("is the very file that was kept, and what stood there is kept under the first free name")
    func putBack() throws {
        try folder.make("out.csv", "new", mode: 0o600)
        try folder.make("out.csv.previous", "old", mode: 0o640)
        try folder.make("out.csv.undone", "earlier")
        let inode = try folder.status("out.csv.previous").st_ino
        do {
            let output = try OutputUnderLock(folder.file("out.csv"))
            let outcome = try output.putBack(content("out.csv.previous"), inPlaceOf: content("out.csv"))
            #expect(outcome == OutputUnderLock.Outcome(keptAs: folder.file("out.csv.undone-2"), notes: []))
        }
        #expect(["out.csv", "out.csv.undone", "out.csv.undone-2"].map(folder.text) == ["old", "earlier", "new"])
        #expect(folder.entries == ["out.csv", "out.csv.undone", "out.csv.undone-2"])
        #expect(try folder.status("out.csv").st_ino == inode && folder.status("out.csv").st_mode & 0o777 == 0o640)
    }

    @Test("is not, where either has changed since it was looked at")
    func changed() throws {
        for name in ["out.csv", "out.csv.previous"] {
            try folder.make("out.csv", "new")
            try folder.make("out.csv.previous", "old")
            let (kept, current) = (try content("out.csv.previous"), try content("out.csv"))
            try folder.make(name, "another")
            do {
                let output = try OutputUnderLock(folder.file("out.csv"))
                let error = #expect(throws: FileAccessError.self) { _ = try output.putBack(kept, inPlaceOf: current) }
                #expect(error?.code == .changedMeanwhile)
            }
            #expect(folder.text(name) == "another" && folder.entries == ["out.csv", "out.csv.previous"])
        }
    }

    @Test("is found by what it holds, whatever its number; names that only begin so, and links, are passed over")
    func found() throws {
        try folder.make("out.csv.previous", "one")
        try folder.make("out.csv.previous-12", "two")
        for name in ["out.csv.previous-1", "out.csv.previous-x", "out.csv.previous-02", "out.csv.previously"] {
            try folder.make(name, "two")
        }
        #expect(symlink("out.csv.previous-12", folder.file("out.csv.previous-3")) == 0)
        let kept = KeptFiles(beside: folder.file("out.csv"))
        #expect(kept.previous == ["out.csv.previous", "out.csv.previous-3", "out.csv.previous-12"].map(folder.file))
        #expect(try kept.previous(ofSize: 3) { $0 == Array("two".utf8) }?.path == folder.file("out.csv.previous-12"))
        #expect(try kept.previous(ofSize: 4) { _ in true } == nil)
    }

    @Test("The lock clears away what a killed write has left, and no content with it")
    func leftovers() throws {
        try folder.make("out.csv", "old")
        try folder.make(".out.csv.new", "half")
        #expect(link(folder.file("out.csv"), folder.file("out.csv.previous")) == 0)
        try folder.make("out.csv.previous-2", "older")
        do { _ = try OutputUnderLock(folder.file("out.csv")) }
        #expect(folder.entries == ["out.csv", "out.csv.previous-2"] && folder.text("out.csv") == "old")
    }
}
