import TestSupport
import Testing

/// The program told of the site by its options and by a configuration file.
@Suite("What the site knows")
struct SiteKnowledgeTests {
    private static let list = """
        SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Secondary-Proxy-Addresses
        ROWEA,Ann Rowe,Y,Mailbox,Create,ROWEA,MIGRATE:MS:NET/PO1/ROWEA
        TVEEN,Zus Veen,Y,Mailbox,Create,TVEEN,MIGRATE:MS:NET/PO1/TVEEN

        """

    private static let directory = """
        version: 1

        dn: cn=AnnR,cn=Recipients,ou=HQ,o=ORG
        objectClass: organizationalPerson
        rdn: AnnR
        uid: rowea
        cn: Ann Rowe

        dn: cn=AnnT,cn=Test,ou=HQ,o=ORG
        objectClass: organizationalPerson
        rdn: AnnT
        uid: rowea
        cn: Ann Rowe

        dn: cn=VeenG,cn=Recipients,ou=HQ,o=ORG
        objectClass: organizationalPerson
        rdn: VeenG
        uid: veeng
        cn: Geertruida Veen

        """

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(Self.list, to: "users.csv")
        try folder.write(Self.directory, to: "directory.ldif")
        try folder.write("Geertruida, Zus\n", to: "names.txt")
        return folder
    }

    private func situations(_ folder: TemporaryFolder) throws -> [String] {
        String(decoding: try folder.read("users.csv.plan.jsonl"), as: UTF8.self).split(separator: "\n").compactMap {
            (line: Substring) -> String? in
            let parts = line.split(separator: "\"")
            return parts.firstIndex(of: "situation").map { String(parts[$0 + 2]) }
        }
    }

    private let place = ["plan", "users.csv", "--directory", "ldif:directory.ldif", "--profile", "exchange55"]

    @Test("decides what waited without it, told by options or by the configuration file", arguments: [true, false])
    func tells(byOptions: Bool) throws {
        let folder = try folder()
        #expect(try ProgramRun.run(place, directory: folder.path).status == 3)
        #expect(try situations(folder) == ["ambiguous", "probable"])
        let home = "NET/PO1=cn=Recipients,ou=HQ,o=ORG"
        try folder.write(
            "nicknames: names.txt\nexclude: ['cn=Test,ou=HQ,o=ORG']\nhome: ['\(home)']\nmax-error: '0.01'\n", to: "conf.yaml")
        let told =
            byOptions
            ? ["--nicknames", "names.txt", "--exclude", "cn=Test,ou=HQ,o=ORG", "--home", home, "--max-error", "0.01"]
            : ["--config", "conf.yaml"]
        let run = try ProgramRun.run(place + told, directory: folder.path)
        #expect(run.status == 0, "\(run.output) \(run.errors)")
        #expect(try situations(folder) == ["certain", "certain"])
        #expect(run.output.contains("as told"))
        #expect(!run.errors.contains("Warning"))
    }

    @Test("warns of containers that nothing stands in, each by its option")
    func warns() throws {
        let folder = try folder()
        let run = try ProgramRun.run(
            place + ["--exclude", "cn=Tests,ou=HQ,o=ORG", "--home", "NET/PO1=ou=Berlin,o=ORG", "--container", "ou=HQ,o=OTHER"],
            directory: folder.path)
        #expect(run.errors.contains("'cn=Tests,ou=HQ,o=ORG' (--exclude)"))
        #expect(run.errors.contains("'ou=Berlin,o=ORG' (--home), so it is nobody's home"))
        #expect(run.errors.contains("'ou=HQ,o=OTHER' (--container)"))
        let single = try ProgramRun.run(place + ["--exclude", "cn=AnnT,cn=Test,ou=HQ,o=ORG"], directory: folder.path)
        #expect(!single.errors.contains("Warning"), "\(single.errors)")
    }

    @Test("warns of a home that the rows contradict, and of a home server that no mailbox has; check takes what the site knows, too")
    func contradicted() throws {
        let folder = try TemporaryFolder()
        let people = ["Able", "Baker", "Carter", "Dyer", "Eaton", "Fisher"]
        let rows = people.map { "\($0.uppercased()),Ann \($0),Y,Mailbox,Create,\($0.uppercased()),MIGRATE:MS:NET/PO1/\($0.uppercased())\n" }
        let header = "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Secondary-Proxy-Addresses\n"
        try folder.write(header + rows.joined(), to: "users.csv")
        let entries = people.enumerated().map { place, name in
            LDIFEntry(
                "cn=Ann\(name),cn=Recipients,ou=\(place == 0 ? "ROME" : "HQ"),o=ORG", classes: ["organizationalPerson"],
                [
                    ("rdn", "Ann\(name)"), ("uid", "Ann\(name)"), ("cn", "Ann \(name)"),
                    ("otherMailbox", "MS$NET/PO1/\(name.uppercased())"),
                ]
            ).text
        }
        try folder.write("version: 1\n\n" + entries.joined(), to: "directory.ldif")
        let source = ["users.csv", "--directory", "ldif:directory.ldif", "--profile", "exchange55"]
        let words =
            "of 6 people of NET/PO1 whose mailbox is known, 1 lives in the home that was told, 'ou=ROME,o=ORG' (--home), and 5 in 'cn=Recipients,ou=HQ,o=ORG'"
        for command in ["check", "plan"] {
            let wrong = try ProgramRun.run([command] + source + ["--home", "NET/PO1=ou=ROME,o=ORG"], directory: folder.path)
            #expect(wrong.errors.contains(words), "\(command): \(wrong.errors)")
            let right = try ProgramRun.run(
                [command] + source + ["--home", "NET/PO1=ou=HQ,o=ORG", "--exclude", "cn=AnnAble,cn=Recipients,ou=ROME,o=ORG"],
                directory: folder.path)
            #expect(!right.errors.contains("Warning"), "\(command): \(right.errors)")
            let missing = try ProgramRun.run(
                [command] + source + ["--home", "NET/PO1=ou=PARIS,o=ORG", "--exclude", "cn=Nobody,o=ORG"], directory: folder.path)
            #expect(missing.errors.contains("'ou=PARIS,o=ORG' (--home), so it is nobody's home"), "\(command): \(missing.errors)")
            #expect(missing.errors.contains("'cn=Nobody,o=ORG' (--exclude)"), "\(command): \(missing.errors)")
            let names = try ProgramRun.run([command] + source + ["--nicknames", "none.txt"], directory: folder.path)
            #expect(names.status == 66, "\(command): \(names.errors)")
        }
        let server = try ProgramRun.run(["plan"] + source + ["--home-server", "EX99"], directory: folder.path)
        #expect(server.errors.contains("no mailbox that was read is on the server 'EX99' (--home-server)"), "\(server.errors)")
    }

    @Test("ends with 65, line and reason where the file of nicknames cannot be used, and 66 where it is missing")
    func badNicknames() throws {
        let folder = try folder()
        try folder.write("Anna\n", to: "names.txt")
        let run = try ProgramRun.run(place + ["--nicknames", "names.txt"], directory: folder.path)
        #expect(run.status == 65 && run.errors.contains("names.txt:1:1: 'Anna' stands alone"), "\(run.errors)")
        #expect(try ProgramRun.run(place + ["--nicknames", "none.txt"], directory: folder.path).status == 66)
        #expect(try !folder.list().contains("users.csv.plan.jsonl"))
    }

    @Test("warns of a line of the map that no row has, once for all of them")
    func idleMap() throws {
        let folder = try folder()
        try folder.write("mailbox,recipient\nROWEA,AnnR\nNOROW,AnnR\nNET/PO2/TVEEN,VeenG\n", to: "map.csv")
        let run = try ProgramRun.run(place + ["--map", "map.csv"], directory: folder.path)
        #expect(run.errors.contains("no row has the mailbox name 'NOROW' of map.csv:3 (--map) and 1 more like it"), "\(run.errors)")
        try folder.write("ROWEA,AnnR\nNET/PO1/TVEEN,VeenG\n", to: "map.csv")
        #expect(try !ProgramRun.run(place + ["--map", "map.csv"], directory: folder.path).errors.contains("Warning"))
    }

    @Test("ends with 65 and both lines where two lines of the map contradict each other, by whatever name they call the mailbox")
    func contradictoryMap() throws {
        let folder = try folder()
        for (map, words) in [
            ("ROWEA,AnnR\nTVEEN,VeenG\nROWEA,VeenG\n", "they give ROWEA two mailboxes, 'AnnR' and 'VeenG'"),
            (
                "ROWEA,VeenG\nNET/PO1/ROWEA,VeenG\nTVEEN,Geertruida Veen\n",
                "they give one mailbox, cn=VeenG,cn=Recipients,ou=HQ,o=ORG, to two rows, ROWEA and TVEEN"
            ),
        ] {
            try folder.write(map, to: "map.csv")
            let run = try ProgramRun.run(place + ["--map", "map.csv"], directory: folder.path)
            expectRefusal(run, status: 65, saying: ["map.csv:1 and map.csv:3 contradict each other: \(words)"])
        }
        #expect(try !folder.list().contains("users.csv.plan.jsonl"))
        // The same said twice, and a row that stays as it is.
        try folder.write(Self.list.replacing("Zus Veen,Y", with: "Zus Veen,N"), to: "users.csv")
        try folder.write("ROWEA,AnnR\nROWEA,\"cn=AnnR,cn=Recipients,ou=HQ,o=ORG\"\nTVEEN,AnnR\n", to: "map.csv")
        #expect(try ProgramRun.run(place + ["--map", "map.csv"], directory: folder.path).status != 65)
    }

    @Test("gives the map's line as a reason where its name fits several entries")
    func vagueMap() throws {
        let folder = try folder()
        try folder.write("ROWEA,Ann Rowe\n", to: "map.csv")
        let run = try ProgramRun.run(place + ["--map", "map.csv"], directory: folder.path)
        #expect(run.output.contains("line 1 of the map names Ann Rowe, as 2 entries are called; 2 mailboxes fit"), "\(run.output)")
    }

    @Test("warns of what was told and comes to nothing, also with --json, and changes no status")
    func warnsOfIdle() throws {
        let folder = try folder()
        try folder.write("# none yet\n", to: "none.txt")
        let status = try ProgramRun.run(place, directory: folder.path).status
        for (options, words) in [
            (["--nicknames", "none.txt"], "the file of nicknames 'none.txt' (--nicknames) holds no names"),
            (["--map", "none.txt"], "the map 'none.txt' (--map) holds no pair"),
            (
                ["--home", "NET/PO9=cn=Recipients,ou=HQ,o=ORG"],
                "no row is from the postoffice NET/PO9 (--home), so nothing comes of it. The rows name NET/PO1."
            ),
            (
                ["--key-column", "SFS_FullName", "--key-attribute", "employeeNumber"],
                "no entry that was read shows a value of 'employeeNumber' (--key-attribute)"
            ),
            (
                ["--key-column", "SFS_FullName", "--key-attribute", "uid", "--key-pattern", "[0-9]+"],
                "the key pattern [0-9]+ (--key-pattern) fits in no cell of the column 'SFS_FullName' of users.csv"
            ),
        ] {
            let run = try ProgramRun.run(place + options, directory: folder.path)
            #expect(run.status == status && run.errors.contains("Warning: \(words)"), "\(run.errors)")
            #expect(run.errors.split(separator: "\n").count { $0.hasPrefix("Warning") } == 1, "\(run.errors)")
            let machine = try ProgramRun.run(place + options + ["--json"], directory: folder.path)
            #expect(machine.output.replacing("\\/", with: "/").contains("Warning: \(words)"), "\(machine.output)")
        }
        let check = try ProgramRun.run(
            ["check"] + place.dropFirst() + ["--key-column", "SFS_FullName", "--key-attribute", "employeeNumber"], directory: folder.path)
        #expect(check.errors.contains("Warning: no entry that was read shows a value of 'employeeNumber'"))
    }

    @Test("warns with numbers where more than half of the mailboxes are excluded")
    func largeExclusion() throws {
        let folder = try folder()
        func warnings(_ dn: String) throws -> String { try ProgramRun.run(place + ["--exclude", dn], directory: folder.path).errors }
        #expect(try warnings("ou=HQ,o=ORG").contains("Warning: 3 of 3 mailboxes are excluded (--exclude): none is left"))
        #expect(
            try warnings("cn=Recipients,ou=HQ,o=ORG").contains(
                "Warning: 2 of 3 mailboxes are excluded (--exclude): 1 of them can be somebody's"))
        #expect(try !warnings("cn=Test,ou=HQ,o=ORG").contains("Warning"))
    }
}
