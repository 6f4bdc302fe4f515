import Foundation
import TestSupport
import Testing

@Suite("A snapshot that is kept")
struct SnapshotTests {
    /// A hundred people, and a user list of two of them, whom a unique key finds.
    private struct Site {
        let work = try? Workplace()
        let slapd: PrivateSlapd

        init() throws {
            var configuration = SlapdConfiguration()
            configuration.modules = ["syncprov"]
            configuration.database.lines = ["overlay syncprov", "syncprov-sessionlog 100"]
            var ldif = "dn: o=Test\nobjectClass: organization\no: Test\n\n"
            for number in 1...100 { ldif += Self.person(number) }
            configuration.database.content = [.text(ldif)]
            slapd = try PrivateSlapd(configuration)
        }

        static func person(_ number: Int) -> String {
            "dn: cn=P\(number),o=Test\nobjectClass: inetOrgPerson\ncn: P\(number)\nsn: S\(number)\nuid: p\(number)\nmail: p\(number)@x\nemployeeNumber: \(number)\n\n"
        }

        func run(_ arguments: String..., uri: String? = nil) throws -> ProgramRun.Result {
            let work = try #require(work)
            return try work.run(arguments + ["--directory", uri ?? slapd.uri, "--snapshot", "kept"])
        }

        func check() throws -> [String: Any] {
            let run = try run("check", "--json")
            #expect(run.status == 0, "\(run.errors)")
            let all = try #require(try JSONSerialization.jsonObject(with: Data(run.standardOutput)) as? [String: Any])
            return try #require((all["directory"] as? [String: Any])?["proof"] as? [String: Any])
        }

        func kept() throws -> [UInt8] { try #require(work).folder.read("kept") }
    }

    @Test("is gone on from: only what changed is read, and the report says so")
    func goesOn() throws {
        let site = try Site()
        let work = try #require(site.work)
        let first = try site.check()
        #expect(first["fullReadReason"] as? String == "there is no snapshot 'kept' yet" && first["changes"] == nil)
        #expect(try FileManager.default.attributesOfItem(atPath: work.folder["kept"])[.posixPermissions] as? Int == 0o600)
        let before = try site.kept()
        let same = try #require(try site.check()["changes"] as? [String: Any])
        #expect([same["added"], same["changed"], same["removed"]].map { $0 as? Int } == [0, 0, 0])
        #expect(try site.kept() == before)

        try site.slapd.add(Site.person(101))
        try site.slapd.modify("dn: cn=P1,o=Test\nchangetype: modify\nreplace: sn\nsn: New\n\ndn: cn=P2,o=Test\nchangetype: delete\n")
        let shown = try site.run("check")
        #expect(shown.status == 0 && shown.output.contains("100 entries: what changed, on top of an earlier read"), "\(shown.output)")
        #expect(shown.output.contains("1 new, 1 changed, 1 gone since 20") && shown.output.contains("by content synchronization"))
        #expect(try site.kept() != before)
    }

    @Test("makes the same plan as a fresh read, and the plan's header says how it was read")
    func plan() throws {
        let site = try Site()
        let work = try #require(site.work)
        try work.folder.write(
            "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Comment\r\nONE,S1,Y,Mailbox,,ONE,1\r\nTWO,S2,Y,Mailbox,,TWO,2\r\n",
            to: "list.csv")
        let key = ["--key-column", "Comment", "--key-attribute", "employeeNumber"]
        func rows(_ run: ProgramRun.Result) throws -> (header: Substring, rows: [Substring]) {
            #expect([0, 3].contains(run.status), "\(run.errors)")
            let lines = String(decoding: try work.folder.read("list.csv.plan.jsonl"), as: UTF8.self).split(separator: "\n")
            return (lines[0], Array(lines.dropFirst()))
        }
        let arguments = ["plan", "list.csv", "--quiet", "--directory", site.slapd.uri] + key
        _ = try rows(work.run(arguments + ["--snapshot", "kept"]))
        try site.slapd.modify("dn: cn=P2,o=Test\nchangetype: modrdn\nnewrdn: cn=Q2\ndeleteoldrdn: 1\n")
        let kept = try site.kept()
        #expect([2, 3].contains(try work.run(arguments + ["--snapshot", "kept", "--check"]).status))
        #expect(try site.kept() == kept, "plan --check writes nothing")
        let changed = try rows(work.run(arguments + ["--snapshot", "kept"]))
        let fresh = try rows(work.run(arguments))
        #expect(changed.rows == fresh.rows && changed.rows.contains { $0.contains("cn=Q2,o=Test") })
        #expect(changed.header.contains("\"changes\":{\"added\":0,\"changed\":1,") && !fresh.header.contains("\"changes\":"))
        #expect(!changed.header.contains("kept"))
    }

    @Test("that is damaged, cut off, newer or too old means that everything is read, and the report says why")
    func damaged() throws {
        let site = try Site()
        let work = try #require(site.work)
        _ = try site.check()
        let good = try site.kept()
        let newer = Array(good[..<7]) + [9] + Array(good[8...])
        var flipped = good
        flipped[good.count / 2] ^= 4
        for (bytes, words) in [
            (Array(good.dropLast(3)), "damaged or cut off"), (flipped, "damaged"), (newer, "version 9"), (Array(good[..<7]), "cut off"),
            ([], "is empty"),
        ] {
            try work.folder.write(bytes, to: "kept")
            let proof = try site.check()
            #expect((proof["fullReadReason"] as? String)?.contains(words) == true && proof["changes"] == nil, "\(words) \(proof)")
            #expect(try site.check()["changes"] != nil)
        }
        usleep(1_100_000)  // its times are whole seconds
        let old = try site.run("check", "--full-read-every", "1ms")
        #expect(old.status == 0 && old.output.contains("longer ago than full-read-every"), "\(old.output)")
    }

    @Test("never takes the place of another file, nor of a folder, nor goes with what tells no changes")
    func refused() throws {
        let site = try Site()
        let work = try #require(site.work)
        try work.folder.write("mine", to: "kept")
        expectRefusal(try site.run("check"), status: 73, saying: ["'kept'", "no snapshot"])
        #expect(try site.kept() == Array("mine".utf8))
        let folder = try work.run("check", "--directory", site.slapd.uri, "--snapshot", "/tmp")
        expectRefusal(folder, status: 73, saying: ["/tmp", "folder"])
        expectRefusal(try site.run("check", uri: "ldif:x"), status: 64, saying: ["--snapshot", "LDIF"])
        expectRefusal(
            try work.run("check", "--directory", site.slapd.uri, "--full-read-every", "1d"), status: 64,
            saying: ["full-read-every", "snapshot"])
    }

    @Test("stays as it was where the reading of changes breaks")
    func broken() throws {
        let site = try Site()
        let proxy = try FaultProxy(to: site.slapd.port, scripts: [[]], otherwise: [Fault(.cut, at: .message(4))])
        #expect(try site.run("check", "--connections", "1", "--retries", "0", uri: proxy.uri).status == 0)
        let before = try site.kept()
        try site.slapd.modify("dn: cn=P1,o=Test\nchangetype: modify\nreplace: sn\nsn: New\n")
        let run = try site.run("check", "--connections", "1", "--retries", "0", uri: proxy.uri)
        #expect(run.output.hasPrefix("Directory \(proxy.uri)\n  product      OpenLDAP"), "\(run.output)")
        #expect(run.output.contains("\n  not read     see the error for why"), "\(run.output)")
        expectRefusal(run, status: 69, saying: ["asking for changes", "connection"], showsServer: true)
        #expect(try site.kept() == before)
    }

    @Test("is not written by a read that misses its canary")
    func canary() throws {
        let site = try Site()
        let work = try #require(site.work)
        #expect(try site.run("check", "--canary", "nobody").status == 3)
        #expect(try work.newFiles() == [])
    }
}
