import Foundation
import TestSupport
import Testing

@Suite("explain")
struct ExplainTests {
    private static func person(_ name: String, _ attributes: (name: String, value: String)...) -> String {
        LDIFEntry(
            "cn=\(name),\(SampleServer.container)", classes: ["top", "person", "organizationalPerson"],
            [("structuralObjectClass", "organizationalPerson"), ("rdn", name)] + attributes
        ).text
    }

    private func situations(_ work: Workplace, maxError: String) throws -> [Int: String] {
        let directory = ["--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))", "--profile", "exchange55"]
        _ = try work.run(
            ["plan", "users.csv"] + directory + SampleServer.planOptions + ["--max-error", maxError, "--output", "other.jsonl"])
        let lines = String(decoding: try work.folder.read("other.jsonl"), as: UTF8.self).split(separator: "\n")
        var found: [Int: String] = [:]
        for line in lines {
            let row = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            if let number = row["line"] as? Int { found[number] = row["situation"] as? String }
        }
        return found
    }

    /// What is said of the line between certain and probable is tried: with a number a little on the other side the row is decided, or waits.
    @Test("says from which max-error on a row is decided, and up to which it waits")
    func turningPoints() throws {
        let work = try Workplace()
        let usual = try situations(work, maxError: "0.0005")
        _ = try work.run(
            ["plan", "users.csv", "--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))", "--profile", "exchange55"]
                + SampleServer.planOptions)
        var tried: [String: Int] = [:]
        for (line, situation) in usual.sorted(by: { $0.key < $1.key }) {
            let text = try work.run("explain", "users.csv.plan.jsonl", "\(line)").output
            if let number = text.firstMatch(of: #/--max-error ([0-9.]+) or more/#).flatMap({ Double($0.output.1) }) {
                #expect(situation == "probable")
                #expect(try ["certain", "correct"].contains(situations(work, maxError: "\(number)")[line]), "\(text)")
                #expect(try situations(work, maxError: "\(number * 0.99)")[line] == "probable", "\(text)")
                tried["more", default: 0] += 1
            } else if let number = text.firstMatch(of: #/--max-error ([0-9.]+) or less/#).flatMap({ Double($0.output.1) }) {
                #expect(["certain", "correct"].contains(situation))
                // The number itself is part of what is said.
                #expect(try situations(work, maxError: "\(number)")[line] == "probable", "\(text)")
                #expect(try ["certain", "correct"].contains(situations(work, maxError: "\(number * 1.02)")[line]), "\(text)")
                tried["below", default: 0] += 1
            }
        }
        #expect(tried["below", default: 0] > 2, "\(tried)")
    }

    @Test("takes the chance apart: the product of the numbers is what is said")
    func chance() throws {
        let work = try Workplace()
        try work.plan()
        var count = 0
        for (line, _) in try situations(work, maxError: "0.0005") {
            let text = try work.run("explain", "users.csv.plan.jsonl", "\(line)").output
            guard let section = text.firstMatch(of: #/How likely the mailbox is somebody else's\n((?:  .*\n)+)/#)?.output.1 else {
                continue
            }
            let product = section.matches(of: #/\n?  [ ×] ([0-9.]+)  /#).reduce(1.0) { $0 * (Double($1.output.1) ?? 0) }
            let once = try #require(section.firstMatch(of: #/= once in (\d+)/#).flatMap { Double($0.output.1) })
            let chance = section.contains("somebody else's by now") ? product : product / (1 + product)
            #expect(abs(1 / chance / once - 1) < 0.01, "\(text)")
            count += 1
        }
        #expect(count > 10)
    }

    /// The row is absent on one server; on the other there is somebody by each thing that a decision looks for.
    @Test("gives for an absent row a search that finds whoever is called so, by mailbox name, full name and address")
    func searchForAbsent() throws {
        let work = try Workplace()
        let list = """
            SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Display-Name,Secondary-Proxy-Addresses\r
            ZOLAQ,Quentin Zola,Y,Mailbox,Create,ZOLAQ,Quentin Zola,migrate:MS:FAIRNET/WORKS/ZOLAQ\r

            """
        try work.folder.write(list, to: "one.csv")
        let empty = try SampleServer.shared().uri
        #expect(try work.run(["plan", "one.csv"] + Workplace.connection(empty)).status == 0)
        let explained = try work.run("explain", "one.csv.plan.jsonl", "ZOLAQ").output
        #expect(explained.contains("absent"))
        let line = try #require(explained.split(separator: "\n").last).trimmingCharacters(in: .whitespaces)
        let people = [
            Self.person("one", ("uid", "zolaq"), ("cn", "x")), Self.person("two", ("uid", "b"), ("cn", "Quentin Zola")),
            Self.person("three", ("uid", "c"), ("cn", "x"), ("givenName", "Quentin M."), ("sn", "Zola")),
            Self.person("four", ("uid", "d"), ("cn", "x"), ("otherMailbox", "MS$FAIRNET/WORKS/ZOLAQ")),
            Self.person("five", ("uid", "e"), ("cn", "x"), ("mail", "zolaq@fairholm.example")),
            Self.person("other", ("uid", "f"), ("cn", "Quentin Zolar"), ("otherMailbox", "MS$FAIRNET/WORKS/ZOLAQU")),
        ]
        let full = try SampleServer.start { $0.database.content.append(.text(people.joined())) }
        let search = line.replacing(empty, with: full.uri).replacing(" -W ", with: " -w \(Exchange55View.password) ")
        let found = try ProgramRun.run(["-c", search], executable: "/bin/sh")
        let names = found.output.split(separator: "\n").filter { $0.hasPrefix("rdn: ") }.map { $0.dropFirst(5) }
        #expect(Set(names) == ["one", "two", "three", "four", "five"], "\(search)\n\(found.errors)")
    }
}
