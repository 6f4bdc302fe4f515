import Foundation
import TestSupport
import Testing

/// Hostile names on their way through the whole program to a terminal and to other programs.
@Suite("Names made to break what shows them")
struct HostileNameTests {
    /// 120 of them in every test run, and as many as `LDAP_RECONCILE_NAMES` says in a campaign.
    static let names = HostileNames.make(HostileNames.wanted ?? 120)
    static let slapd = Result { try PrivateSlapd(HostileNames.configuration(names)) }

    /// How many names a list has; `explain` reads all of a list's plan.
    private static let rows = 120

    /// A folder with lists of the names, in which commands are run on the server.
    private func workplace() throws -> (folder: TemporaryFolder, lists: [String], options: [String]) {
        let folder = try TemporaryFolder()
        let head = "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name\n"
        let lists = try stride(from: 0, to: Self.names.count, by: Self.rows).map { start in
            let numbers = start..<min(start + Self.rows, Self.names.count)
            let list = "users\(start / Self.rows).csv"
            try folder.write(
                head + numbers.map { "U\($0),\(Self.cell(Self.names[$0])),Y,Mailbox,Create,U\($0)\n" }.joined(), to: list)
            return list
        }
        return (folder, lists, ["--directory", try Self.slapd.get().uri, "--base", "o=Test", "--profile", "inetorgperson"])
    }

    /// The name as a cell of the list, which can hold no null character. By scalars: with a combining one behind it, a quote is another character.
    private static func cell(_ name: String) -> String {
        let scalars = name.unicodeScalars.filter { $0 != "\u{0}" }.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
        return "\"" + String(String.UnicodeScalarView(scalars)) + "\""
    }

    private func expectSafe(_ run: ProgramRun.Result, _ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
        for text in [run.output, run.errors] {
            let unsafe = text.unicodeScalars.first(where: HostileNames.isUnsafe)
            #expect(unsafe == nil, "\(what): U+\(String(unsafe?.value ?? 0, radix: 16))", sourceLocation: sourceLocation)
        }
        #expect(String(validating: run.standardOutput, as: UTF8.self) != nil, sourceLocation: sourceLocation)
    }

    @Test("are made harmless in every text, and stay what they are in JSON and LDIF")
    func everywhere() throws {
        let (folder, lists, options) = try workplace()
        func run(_ arguments: [String]) throws -> ProgramRun.Result { try ProgramRun.run(arguments, directory: folder.path) }
        for command in [["check"], ["check", "-v"], ["plan", "-v", "--all"] + lists, ["plan", "--check"] + lists] {
            let result = try run(command + options)
            #expect([0, 2, 3].contains(result.status), "\(command): \(result.errors.prefix(500))")
            expectSafe(result, "\(command)")
        }
        for start in stride(from: 0, to: Self.names.count, by: 50) {
            // By their DNs, which a server finds without looking at every entry.
            let some = Self.names[start..<min(start + 50, Self.names.count)].map(HostileNames.dn)
            let raw = try run(["raw"] + some + options)
            #expect(raw.status == 0, "\(raw.errors.prefix(500))")
            expectSafe(raw, "raw of names from \(start)")
            // The line of an entry's name is the only kind that does not begin with a space.
            let entries = raw.output.split(separator: "\n").count { !$0.hasPrefix(" ") }
            #expect(entries == some.count, "names from \(start)")
        }
        // No argument of a program can hold a null character.
        for (row, name) in Self.names.enumerated() where row % 12 == 0 && !name.utf8.contains(0) {
            let explained = try run(["explain", lists[row / Self.rows] + ".plan.jsonl", "U\(row)"])
            #expect([0, 3].contains(explained.status), "\(explained.errors.prefix(500))")
            expectSafe(explained, "explain U\(row)")
            expectSafe(try run(["explain", lists[row / Self.rows] + ".plan.jsonl", "U\(row)", "--json"]), "explain U\(row) --json")
            guard name.utf8.count < 100_000 else { continue }
            let raw = try run(["raw", name] + options)
            #expect(raw.status == 0, "\(raw.errors.prefix(500))")
            expectSafe(raw, "raw")
            let json = try run(["raw", name, "--json"] + options)
            expectSafe(json, "raw --json")
            #expect(try Self.holds(name, json), "\(name.debugDescription.prefix(200))")
            // What is shown for a shell is the same name to a shell.
            guard let line = explained.output.split(separator: "\n").last(where: { $0.contains("ldapsearch") && $0.contains(" -s base ") })
            else { continue }
            let shell = try ProgramRun.run(
                ["-c", String(line.replacing("ldapsearch", with: "ldapsearch -o ldif-wrap=no"))], executable: "/bin/bash")
            #expect(shell.output.hasPrefix("dn:"), "\(line.prefix(300)): \(shell.errors)")
            let missing = try run(["raw", "no" + name] + options)
            expectSafe(missing, "raw of a name that nobody has")
        }
        for list in lists {
            let plan = String(decoding: try folder.read(list + ".plan.jsonl"), as: UTF8.self)
            #expect(!plan.unicodeScalars.contains(where: HostileNames.isUnsafe), "\(list)")
        }
        #expect(try Set(folder.list()) == Set(lists + lists.map { $0 + ".plan.jsonl" }), "a name was run by a shell")
    }

    @Test("are made harmless in a message about the command line, too")
    func options() throws {
        let typed = [["--di\u{1B}[31mr"], ["plan", "a.csv", "--di\u{1B}[31mr\u{202E}"], ["pl\u{9B}31man"], ["raw", "--json", "--ldif"]]
        for arguments in typed {
            let run = try ProgramRun.run(arguments)
            #expect(run.status == 64 && run.output == "", "\(run.output)")
            expectSafe(run, "\(arguments)")
            #expect(run.errors.contains("Usage: ldap-reconcile"), "\(run.errors)")
        }
        #expect(try ProgramRun.run(["--di\u{1B}[31mr"]).errors.contains("'--di\\u{1b}[31mr'"))
    }

    /// What `raw --json` says of an entry. Not by JSONSerialization, which loses U+FEFF where a piece of a text begins with it.
    private struct Entry: Decodable {
        struct Value: Decodable {
            var text: String
            var base64: Data?
        }
        var attributes: [String: [Value]]
    }

    /// Whether some value of the one entry is the name, octet for octet, as its text or as its octets.
    private static func holds(_ name: String, _ run: ProgramRun.Result) throws -> Bool {
        let values = try JSONDecoder().decode(Entry.self, from: Data(run.standardOutput)).attributes["uid"] ?? []
        return values.contains { ($0.base64 ?? Data($0.text.utf8)).elementsEqual(name.utf8) }
    }
}
