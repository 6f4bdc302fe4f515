import Glibc
import MigrationFile
import Testing

@Suite("Whole files are read, everything else is refused") struct FileReadingTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("The bytes as they are, through a link too", arguments: ["", "a", "\r\n\0\u{FF}"])
    func bytes(text: String) throws {
        try folder.make("in.csv", text)
        #expect(symlink("in.csv", folder.file("link")) == 0)
        #expect(try FileReading.bytes(at: folder.file("in.csv")) == Array(text.utf8))
        #expect(try FileReading.bytes(at: folder.file("link")) == Array(text.utf8))
    }

    @Test(
        "Each refusal with its own sentence",
        arguments: [
            ("none", "there is no such file; check the path"), ("in.csv/x", "there is no such file; check the path"),
            (".", "this is a folder, expected a file; name the file in it"),
            ("pipe", "this is a pipe, a socket or a device, expected a file; save it to a file first"),
            ("null", "this is a pipe, a socket or a device, expected a file; save it to a file first"),
        ])
    func refused(name: String, reason: String) throws {
        try folder.make("in.csv", "")
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        #expect(symlink("/dev/null", folder.file("null")) == 0)
        let error = #expect(throws: FileAccessError.self) { try FileReading.bytes(at: folder.file(name)) }
        #expect(error?.description == "\(folder.file(name)): \(reason).")
        #expect(error?.exitStatus == 66)
    }

    @Test("A file that may not be read")
    func unreadable() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            try folder.make("in.csv", "x", mode: 0)
            precondition(chmod(folder.path, 0o755) == 0)
            precondition(getuid() != 0 || seteuid(65534) == 0)
            defer { precondition(getuid() != 0 || seteuid(0) == 0) }
            do {
                _ = try FileReading.bytes(at: folder.file("in.csv"))
                preconditionFailure("read without the right to")
            } catch let error as FileAccessError {
                let message = "cannot be opened, for the system says \"Permission denied\"; run as somebody who may read it."
                precondition(error.description == "\(folder.file("in.csv")): \(message)" && error.exitStatus == 66, "\(error)")
            }
        }
    }

    @Test("gives the start of a file, as far as it goes", arguments: [(3, "abc"), (6, "abcdef"), (7, "abcdef"), (100, "abcdef")])
    func start(_ count: Int, _ expected: String) throws {
        let folder = try TemporaryFolder()
        try folder.make("start", "abcdef")
        #expect(try FileReading.start(of: folder.file("start"), count: count) == Array(expected.utf8))
        #expect(throws: FileAccessError.self) { try FileReading.start(of: folder.path, count: 1) }
    }
}
