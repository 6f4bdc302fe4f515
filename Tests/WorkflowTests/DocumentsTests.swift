import Foundation
import Testing

@testable import Workflow

@Suite("The documents")
struct DocumentsTests {
    private func text(_ path: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    @Test("name every setting", arguments: SettingKey.allCases)
    func everySetting(_ key: SettingKey) throws {
        #expect(try text("docs/settings.md").contains("`\(key.rawValue)`"))
        #expect(try text("config/ldap-reconcile.example.yaml").contains("\n# \(key.rawValue): "))
    }

    @Test("give an example that is a configuration when its marks of comment are taken away")
    func example() throws {
        let lines = try text("config/ldap-reconcile.example.yaml").split(separator: "\n", omittingEmptySubsequences: false)
        let keys = Set(SettingKey.allCases.map(\.rawValue) + ConfigurationFile.profileKeys)
        let live = lines.map { line in
            let bare = line.hasPrefix("# ") ? line.dropFirst(2) : line
            return keys.contains(String(bare.prefix { $0 != ":" })) ? String(bare) : String(line)
        }
        let file = try ConfigurationFile(parsing: live.joined(separator: "\n"), path: "example.yaml")
        #expect(SettingKey.allCases.allSatisfy { file.layer.entries[$0] != nil })
    }

    @Test("have the exit statuses as the program has them: all in the README, those of each command in the manual")
    func statuses() throws {
        let ofAll = ExitStatus.allCases.map { "| \($0.rawValue) | \($0.meaning) |" }
        #expect(try text("README.md").contains("| ---: | --- |\n" + ofAll.joined(separator: "\n") + "\n\n"))
        let ofCommands = ExitStatus.allCases.map { status in
            let own = Command.allCases.compactMap { command in command.ownMeaning(of: status).map { "; `\(command.rawValue)`: \($0)" } }
            let marks = Command.allCases.map { $0.statuses.contains(status) ? " x |" : " |" }
            return "| \(status.rawValue) | \(status.meaning)\(own.joined()) |\(marks.joined())"
        }
        let head =
            "| status | meaning |" + Command.allCases.map { " `\($0.rawValue)` |" }.joined()
            + "\n| ---: | --- |"
            + String(repeating: " :-: |", count: Command.allCases.count) + "\n"
        #expect(try text("docs/commands.md").contains(head + ofCommands.joined(separator: "\n") + "\n\n"))
    }
}
