import Foundation
import TestSupport
import Testing

@Suite("A temporary folder")
struct TemporaryFolderTests {
    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test("holds what is written, and goes with all that is in it")
    func life() throws {
        var folder: TemporaryFolder? = try TemporaryFolder()
        let file = try #require(try folder?.write("text", to: "deep/er.txt"))
        #expect(try folder?.read("deep/er.txt") == Array("text".utf8))
        let path = try #require(folder?.path)
        #expect(path.utf8.count < 20, "slapd crashes on a long ldapi path")
        folder = nil
        #expect(!Self.exists(file))
        #expect(!Self.exists(path))
    }
}
