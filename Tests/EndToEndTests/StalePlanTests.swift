import TestSupport
import Testing

@Suite("A plan between plan and apply")
struct StalePlanTests {
    @Test("is refused when its file has changed since, by one byte")
    func fileChanged() throws {
        let work = try Workplace()
        try work.plan()
        try work.folder.write(try SampleCase.demo.bytes("users.csv") + Array("\r\n".utf8), to: "users.csv")
        let run = try work.run("apply", "users.csv.plan.jsonl", "--password-file", "password", "--quiet")
        expectRefusal(run, status: 5, saying: ["users.csv", "SHA-256", "make the plan again"])
        #expect(try work.newFiles() == ["users.csv.plan.jsonl"])
    }

    @Test("is refused when an entry that a change rests on has changed or gone, and says which row and what")
    func entryChanged() throws {
        let work = try Workplace()
        let server = try SampleServer.start()
        let connection = Workplace.connection(server.uri)
        #expect(try work.run(["plan", "users.csv", "--quiet"] + connection + SampleServer.planOptions).status == 3)
        // Exchange's own schema knows no change of such entries, so the entry goes instead.
        let plan = String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self)
        let line = try #require(
            plan.split(separator: "\n").first { $0.contains("\"situation\":\"certain\"") && $0.contains("\"changes\"") })
        let dn = try #require(line.firstMatch(of: #/"target":\{"dn":"([^"]+)"/#)?.output.1)
        try server.modify("dn: \(dn)\nchangetype: delete\n")
        let run = try work.run("apply", "users.csv.plan.jsonl", "--password-file", "password", "--quiet")
        expectRefusal(run, status: 5, saying: ["Line ", String(dn), "is gone", "Nothing was written"])
        #expect(try work.newFiles() == ["users.csv.plan.jsonl"])
    }

    private static let three = [("Ann", "Able"), ("Ben", "Best"), ("Cyd", "Cole")]

    /// Some people and a map that makes sure of them; entries of this kind can be changed.
    private func plan(of people: [(given: String, surname: String)] = Self.three) throws -> (Workplace, PrivateSlapd) {
        let entries = people.map { given, surname in
            """
            dn: uid=\(given),ou=people,o=Test
            objectClass: inetOrgPerson
            uid: \(given)
            cn: \(given) \(surname)
            sn: \(surname)
            givenName: \(given)
            departmentNumber: Stores
            mail: \(given)@test.example

            """
        }
        let server = try PrivateSlapd(
            SlapdConfiguration(
                suffix: "o=Test",
                content:
                    "dn: o=Test\nobjectClass: organization\no: Test\n\ndn: ou=people,o=Test\nobjectClass: organizationalUnit\nou: people\n\n"
                    + entries.joined(separator: "\n")))
        let work = try Workplace()
        let rows = people.map { "\($0.uppercased()),\($0) \($1),Y,Mailbox,Create,\r\n" }.joined()
        try work.folder.write("SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name\r\n" + rows, to: "few.csv")
        try work.folder.write(people.map { "\($0.0),\"uid=\($0.0),ou=people,o=Test\"\n" }.joined(), to: "map.csv")
        let run = try work.run(
            "plan", "few.csv", "--directory", server.uri, "--base", "o=Test", "--map", "map.csv", "--quiet")
        try #require(run.status == 0, "\(run.errors)")
        return (work, server)
    }

    @Test("names every field that has moved, of every entry, also those that the plan has no words of")
    func fieldsChanged() throws {
        let (work, server) = try plan()
        try server.modify(
            """
            dn: uid=Ann,ou=people,o=Test
            changetype: modify
            replace: departmentNumber
            departmentNumber: Sales
            -
            add: mail
            mail: ann@other.example

            dn: uid=Cyd,ou=people,o=Test
            changetype: modify
            replace: cn
            cn: Cyd Cross
            -
            replace: sn
            sn: Cross

            """)
        let run = try work.run("apply", "few.csv.plan.jsonl", "--quiet")
        expectRefusal(
            run, status: 5,
            saying: [
                "Line 2 (ANN): the entry 'uid=Ann,ou=people,o=Test' has changed since the plan: department and addresses changed.\n",
                "Line 4 (CYD): the entry 'uid=Cyd,ou=people,o=Test' has changed since the plan: display name was 'Cyd Cole' and is 'Cyd Cross'; surname changed.\n",
                "2 entries have changed since the plan. Nothing was written",
            ])
        #expect(!run.errors.contains("BEN"))
        #expect(!work.folder.contains("few.corrected.csv"))
    }

    @Test("lists the first twenty of many entries that have moved, and says how many they are")
    func manyChanged() throws {
        let (work, server) = try plan(of: (1...23).map { ("P\($0)", "Person\($0)") })
        try server.modify(
            (1...23).map { "dn: uid=P\($0),ou=people,o=Test\nchangetype: modify\nreplace: departmentNumber\ndepartmentNumber: Sales\n" }
                .joined(separator: "\n"))
        let run = try work.run("apply", "few.csv.plan.jsonl", "--quiet")
        expectRefusal(
            run, status: 5, saying: ["23 entries have changed since the plan, of which the first 20 are listed. Nothing was written"])
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 21 && lines.dropLast().allSatisfy { $0.hasSuffix("has changed since the plan: department changed.") })
    }

    @Test("of an older program, without digests of fields, is refused in general words")
    func olderPlan() throws {
        let (work, server) = try plan()
        let plan = String(decoding: try work.folder.read("few.csv.plan.jsonl"), as: UTF8.self)
        #expect(plan.matches(of: #/,"fields":"[0-9a-f]{14}"/#).count == 3)
        try work.folder.write(plan.replacing(#/,"fields":"[0-9a-f]*"/#, with: ""), to: "older.jsonl")
        let before = try work.run("apply", "older.jsonl", "--output", "before.csv")
        #expect(before.status == 0, "\(before.errors)")
        try server.modify("dn: uid=Ann,ou=people,o=Test\nchangetype: modify\nreplace: departmentNumber\ndepartmentNumber: Sales\n")
        expectRefusal(
            try work.run("apply", "older.jsonl", "--quiet"), status: 5,
            saying: ["Line 2 (ANN)", "(a name, address, server or key). Nothing was written"])
    }

    @Test("is refused when its rows are not all of the file's, although their number was corrected")
    func rowsMissing() throws {
        let work = try Workplace()
        try work.plan()
        let lines = String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self).split(separator: "\n").map(String.init)
        for (place, phrase) in [
            (4, "row 5 stands where row 4 is expected"), (47, "the plan has 46 rows, and the file that it was made for has 47"),
        ] {
            var fewer = lines
            fewer.remove(at: place)
            fewer[47] = "{\"end\":{\"rows\":46}}"
            try work.folder.write(fewer.joined(separator: "\n") + "\n", to: "fewer.jsonl")
            let run = try work.run("apply", "fewer.jsonl", "--password-file", "password", "--quiet", "-o", "new.csv")
            expectRefusal(run, status: 65, saying: ["fewer.jsonl", phrase, "make the plan again"])
            #expect(!work.folder.contains("new.csv"))
        }
    }

    @Test("may name neither a password's file, nor a configuration, nor turn off the check of certificates")
    func forged() throws {
        let work = try Workplace()
        try work.plan()
        let plan = String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self)
        func forged(_ setting: String) throws -> ProgramRun.Result {
            try work.folder.write(
                plan.replacing("\"settings\":{", with: "\"settings\":{\(setting),", maxReplacements: 1), to: "forged.jsonl")
            return try work.run("apply", "forged.jsonl", "--output", "new.csv", "--quiet")
        }
        expectRefusal(try forged("\"password-file\":\"password\""), status: 78, saying: ["There is no password for", "--password-file"])
        expectRefusal(try forged("\"config\":\"evil.yaml\""), status: 64, saying: ["evil.yaml", "--config"])
        expectRefusal(try forged("\"certificate-check\":\"off: forged\""), status: 78, saying: ["There is no password for"])
        #expect(!work.folder.contains("new.csv"))
    }

    @Test("takes the password that apply is given, although plan asked for one")
    func otherPassword() throws {
        let work = try Workplace()
        try work.plan()
        let plan = String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self)
        try work.folder.write(
            plan.replacing("\"settings\":{", with: "\"settings\":{\"ask-password\":\"true\",", maxReplacements: 1), to: "asked.jsonl")
        #expect(try work.run("apply", "asked.jsonl", "--password-file", "password", "--output", "new.csv").status == 3)
        #expect(try work.folder.read("new.csv") == SampleCase.demo.bytes("expected.csv"))
    }

    @Test("cannot send control characters to the terminal by its names")
    func hostileName() throws {
        let work = try Workplace()
        try work.plan()
        let plan = String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self)
        try work.folder.write(
            plan.replacing("\"file\":\"users.csv\"", with: "\"file\":\"\\u001b[2Jusers.csv\"", maxReplacements: 1), to: "hostile.jsonl")
        let run = try work.run("apply", "hostile.jsonl", "--password-file", "password")
        #expect(run.status == 66)
        #expect(run.errors.contains("\\u{1b}[2Jusers.csv"))
        #expect(!run.errors.contains("\u{1B}"))
    }
}
