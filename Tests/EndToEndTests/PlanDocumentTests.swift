import Foundation
import TestSupport
import Testing

@Suite("docs/plan-format.md")
struct PlanDocumentTests {
    private static func document() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("docs/plan-format.md"), encoding: .utf8)
    }

    /// The lines of the sample's plan, as objects.
    private static func plan() throws -> [[String: Any]] {
        let work = try Workplace()
        try work.plan()
        let lines = String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self).split(separator: "\n")
        return try lines.map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    }

    /// All keys in a value, those in the objects in it included. Settings have a document of their own.
    private static func keys(in value: Any) -> Set<String> {
        if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(keys(in: $1)) } }
        guard let object = value as? [String: Any] else { return [] }
        return object.reduce(into: Set(object.keys)) { if $1.key != "settings" { $0.formUnion(keys(in: $1.value)) } }
    }

    @Test("describes every key of a plan's header and rows")
    func everyKey() throws {
        let document = try Self.document()
        let plan = try Self.plan()
        let header = try #require(plan.first?["header"])
        let keys = Self.keys(in: header).union(Self.keys(in: Array(plan.dropFirst().dropLast())))
        #expect(keys.isSuperset(of: ["shortPages", "fingerprint", "fields", "rivalRows", "forecast"]))
        for key in keys.sorted() { #expect(document.contains("`\(key)`"), "\(key) is not described") }
    }

    @Test("has an example with the header that a plan has")
    func example() throws {
        let document = try Self.document()
        let start = try #require(document.range(of: "\n    {\"ldapReconcilePlan\": 1, \"header\": {"))
        let end = try #require(document.range(of: "\n    }}\n", range: start.upperBound..<document.endIndex))
        let line = try JSONSerialization.jsonObject(with: Data(document[start.lowerBound..<end.upperBound].utf8)) as? [String: Any]
        let header = try #require(line?["header"])
        #expect(Self.keys(in: header) == Self.keys(in: try #require(try Self.plan().first?["header"])))
    }
}
