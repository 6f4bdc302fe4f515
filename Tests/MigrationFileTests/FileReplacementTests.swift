import CFileSystem
import Glibc
import Testing

@testable import MigrationFile

@Suite("A file is written whole or not at all") struct FileReplacementTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func replacement(_ name: String, like model: String? = nil, replacing: Bool = false) -> FileReplacement {
        FileReplacement(
            output: folder.file(name), model: model.map(folder.file), existing: replacing ? .replaceKeepingPrevious : .refuse)
    }

    @Test("A new file is there, alone, for its owner only")
    func newFile() throws {
        let outcome = try replacement("out.csv").write(Array("new".utf8))
        #expect(outcome == FileReplacement.Outcome(path: folder.file("out.csv"), previous: nil, notes: []))
        #expect(folder.text("out.csv") == "new")
        #expect(folder.entries == ["out.csv"])
        #expect(try folder.status("out.csv").st_mode & 0o7777 == 0o600)
    }

    @Test("It takes mode, owner and extended attributes of the model")
    func attributes() throws {
        try folder.make("in.csv", "old", mode: 0o640)
        let isRoot = getuid() == 0
        if isRoot { #expect(chown(folder.file("in.csv"), 1234, 2345) == 0) }
        let hasAttributes = setxattr(folder.file("in.csv"), "user.note", "kept", 4, 0) == 0
        let outcome = try replacement("out.csv", like: "in.csv").write(Array("new".utf8))
        let status = try folder.status("out.csv")
        #expect(outcome.notes.isEmpty)
        #expect(status.st_mode & 0o7777 == 0o640)
        if isRoot { #expect((status.st_uid, status.st_gid) == (1234, 2345)) }
        var value = [UInt8](repeating: 0, count: 4)
        if hasAttributes { #expect(getxattr(folder.file("out.csv"), "user.note", &value, 4) == 4 && value == Array("kept".utf8)) }
    }

    @Test("An empty file and one larger than any buffer read back the same", arguments: [0, 1, 5_000_000])
    func sizes(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try replacement("out.csv").write(bytes)
        #expect(try FileReading.bytes(at: folder.file("out.csv")) == bytes)
    }

    @Test("What exists is not replaced unasked")
    func exists() throws {
        try folder.make("out.csv", "old")
        let error = #expect(throws: FileAccessError.self) { try replacement("out.csv").write([1]) }
        #expect(
            error?.description == "\(folder.file("out.csv")): the file exists already; choose another name, or say that it may be replaced."
        )
        #expect(error?.exitStatus == 73)
        #expect(folder.text("out.csv") == "old")
        #expect(folder.entries == ["out.csv"])
    }

    @Test("What appears at the last moment is not replaced either")
    func appears() throws {
        let error = #expect(throws: FileAccessError.self) {
            try replacement("out.csv").write(Array("new".utf8)) {
                try? folder.make("out.csv", "theirs")
                return false
            }
        }
        #expect(error?.code == .exists)
        #expect(folder.text("out.csv") == "theirs")
        #expect(folder.entries == ["out.csv"])
    }

    @Test("Replaced files stay beside it, the oldest first")
    func previous() throws {
        try folder.make("out.csv", "one", mode: 0o604)
        let first = try replacement("out.csv", replacing: true).write(Array("two".utf8))
        let second = try replacement("out.csv", replacing: true).write(Array("three".utf8))
        #expect([first.previous, second.previous] == [folder.file("out.csv.previous"), folder.file("out.csv.previous-2")])
        #expect(folder.entries == ["out.csv", "out.csv.previous", "out.csv.previous-2"])
        #expect(["out.csv", "out.csv.previous", "out.csv.previous-2"].map(folder.text) == ["three", "one", "two"])
        #expect(try folder.status("out.csv").st_mode & 0o7777 == 0o604)
    }

    @Test("A file that somebody else changes meanwhile is not replaced")
    func changedMeanwhile() throws {
        try folder.make("out.csv", "old")
        let error = #expect(throws: FileAccessError.self) {
            try replacement("out.csv", replacing: true).write(Array("new".utf8)) {
                try? folder.make("out.csv", "changed")
                return false
            }
        }
        #expect(error?.description == "\(folder.file("out.csv")): somebody changed the file meanwhile, so it was not replaced; run again.")
        #expect(error?.exitStatus == 74)
        #expect(folder.text("out.csv") == "changed")
        #expect(folder.entries == ["out.csv"])
    }

    @Test("Stopped before the rename, nothing has changed", arguments: [false, true])
    func cancelled(replacing: Bool) throws {
        if replacing { try folder.make("out.csv", "old") }
        let error = #expect(throws: FileAccessError.self) { try replacement("out.csv", replacing: replacing).write([1]) { true } }
        #expect(error?.description == "\(folder.file("out.csv")): stopped as asked, nothing was written; run again.")
        #expect(folder.entries == (replacing ? ["out.csv"] : []))
        #expect(folder.text("out.csv") == (replacing ? "old" : nil))
    }

    @Test("A second run on the same output is told who is first")
    func busy() throws {
        let output = FilePath(string: folder.file("out.csv"))
        var error: FileAccessError?
        do {
            let lock = try OutputLock(for: output)
            error = #expect(throws: FileAccessError.self) { try replacement("out.csv").write([1]) }
            _ = consume lock
        }
        #expect(error?.description == "\(output.string): the process \(getpid()) is writing this file; wait until it ends and run again.")
        #expect(error?.exitStatus == 75)
        #expect(folder.entries.isEmpty)
        try replacement("out.csv").write([1])
        #expect(folder.entries == ["out.csv"])
    }

    @Test("Files that an ended run left behind do not stop the next")
    func leftovers() throws {
        try folder.make(".out.csv.lock", "99999\n")
        try folder.make(".out.csv.new", "half")
        try replacement("out.csv").write(Array("new".utf8))
        #expect(folder.entries == ["out.csv"])
    }

    @Test("Many runs at once: one of them writes, the others say why not, and nothing is left")
    func race() async throws {
        let output = folder.file("out.csv")
        let codes = await withTaskGroup(of: FileAccessError.Code?.self) { group in
            for number in 0..<16 {
                group.addTask {
                    do { try FileReplacement(output: output).write([UInt8(number)]) } catch let error as FileAccessError {
                        return error.code
                    } catch { return .ioError }
                    return nil
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let refusals = codes.compactMap(\.self)
        #expect(refusals.count == 15)
        #expect(Set(refusals).isSubset(of: [.busy, .exists]))
        #expect(folder.entries == ["out.csv"])
    }

    @Test("Symbolic links are followed, also where they lead to nothing yet", arguments: [true, false])
    func symbolicLink(targetExists: Bool) throws {
        if targetExists { try folder.make("real.csv", "old") }
        #expect(symlink("real.csv", folder.file("link.csv")) == 0)
        let outcome = try replacement("link.csv", replacing: true).write(Array("new".utf8))
        #expect(outcome.path == folder.file("real.csv"))
        #expect(folder.text("real.csv") == "new")
        #expect(folder.entries == ["link.csv", "real.csv"] + (targetExists ? ["real.csv.previous"] : []))
    }

    @Test("Other names of the replaced file are named")
    func hardLinks() throws {
        try folder.make("out.csv", "old")
        #expect(link(folder.file("out.csv"), folder.file("twin.csv")) == 0)
        let outcome = try replacement("out.csv", replacing: true).write(Array("new".utf8))
        #expect(
            outcome.notes == ["the replaced file has 1 other name (a hard link, here twin.csv), which still leads to its previous content"])
        #expect(folder.text("twin.csv") == "old")
    }

    @Test(
        "Outputs that cannot be",
        arguments: [
            (".", "%: this is a folder, expected the name of a file; add one."),
            ("", "%: this is a folder, expected the name of a file; add one."),
            ("none/out.csv", "%: the folder %/none does not exist; make it, or choose another."),
            ("file/out.csv", "%: %/file is no folder; choose another."),
            ("pipe", "%: this is a pipe, a socket or a device; choose the name of a file."),
        ])
    func refused(name: String, message: String) throws {
        try folder.make("file", "")
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        let error = #expect(throws: FileAccessError.self) { try replacement(name).write([1]) }
        let parts = message.split(separator: ":", maxSplits: 1)
        #expect(error?.description == "\(folder.file(name)):\(parts[1].replacing("%", with: folder.path))")
        #expect(error?.exitStatus == 73)
        #expect(folder.entries == ["file", "pipe"])
    }

    @Test("A link that leads to itself")
    func endlessLink() throws {
        #expect(symlink("loop", folder.file("loop")) == 0)
        let error = #expect(throws: FileAccessError.self) { try replacement("loop").write([1]) }
        #expect(error?.description.contains("Too many levels of symbolic links") == true)
    }

    @Test("A full device stops the write with its own words")
    func fullDevice() throws {
        let full = try Descriptor(opening: "/dev/full", O_WRONLY)
        let error = #expect(throws: SystemErrno.self) { try full.writeAll(([1, 2, 3] as [UInt8]).span) }
        let shown = FileAccessError.writing("out.csv", errno: error?.number ?? 0)
        #expect(
            shown.description
                == "out.csv: cannot be written to its end, for the system says \"No space left on device\"; make room and run again, nothing was replaced."
        )
        #expect(shown.code == .diskFull)
        #expect(shown.exitStatus == 74)
    }

    /// A limit on the size of files breaks off the write in the middle, as a full disk does, and needs no rights. It holds
    /// for the whole process, so the write is in one of its own.
    @Test("Broken off in the middle, the old file stays and nothing is left behind")
    func brokenOff() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            try folder.make("out.csv", "old")
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 10_000, rlim_max: 10_000)
            precondition(setrlimit(__rlimit_resource_t(1), &limit) == 0)
            let replacement = FileReplacement(output: folder.file("out.csv"), existing: .replaceKeepingPrevious)
            do {
                try replacement.write([UInt8](repeating: 65, count: 30_000))
                preconditionFailure("written past the limit")
            } catch let error as FileAccessError {
                precondition(error.code == .diskFull && error.description.contains("File too large"), "\(error)")
            }
            precondition(folder.entries == ["out.csv"] && folder.text("out.csv") == "old", "\(folder.entries)")
        }
    }

    /// Root may write anywhere, so the rights are given up first, in a process of its own.
    @Test("A folder that may not be written to")
    func readOnlyFolder() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            precondition(chmod(folder.path, 0o555) == 0)
            // The effective id only, so that the folder can be removed afterwards.
            precondition(getuid() != 0 || seteuid(65534) == 0)
            defer { precondition(getuid() != 0 || seteuid(0) == 0) }
            do {
                try FileReplacement(output: folder.file("out.csv")).write([1])
                preconditionFailure("written without the right to")
            } catch let error as FileAccessError {
                precondition(error.code == .cannotCreate && error.exitStatus == 73, "\(error)")
                let message =
                    "no file can be made in its folder, for the system says \"Permission denied\"; choose a folder that you may write to."
                precondition(error.description == "\(folder.file("out.csv")): \(message)", "\(error)")
            }
        }
    }
}

@Suite("A file in parts")
struct FileInPartsTests {
    @Test("holds all parts in order, whatever their sizes")
    func written() throws {
        let folder = try TemporaryFolder()
        for size in [0, 1, 700_000, 3_000_000] {
            let path = folder.file("out-\(size)")
            let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try FileReplacement(output: path).write(isCancelled: { false }) { (append) throws(FileAccessError) in
                try append(Array("head\n".utf8).span)
                for start in stride(from: 0, to: size, by: 70_001) { try append(Array(body[start..<min(start + 70_001, size)]).span) }
            }
            #expect(try FileReading.bytes(at: path) == Array("head\n".utf8) + body)
        }
        #expect(folder.entries.count == 4)
    }

    @Test("is not there at all when its parts end in an error, or the write is cancelled")
    func endedEarly() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("out")
        let failure = #expect(throws: FileAccessError.self) {
            try FileReplacement(output: path).write(isCancelled: { false }) { (append) throws(FileAccessError) in
                try append(Array("half".utf8).span)
                throw FileAccessError(.ioError, path: "elsewhere", reason: "the rest cannot be made")
            }
        }
        #expect(failure?.path == "elsewhere")
        let cancelled = #expect(throws: FileAccessError.self) {
            try FileReplacement(output: path).write(isCancelled: { true }) { (append) throws(FileAccessError) in
                try append(Array("whole".utf8).span)
            }
        }
        #expect(cancelled?.code == .cancelled)
        #expect(folder.entries.isEmpty)
    }
}
