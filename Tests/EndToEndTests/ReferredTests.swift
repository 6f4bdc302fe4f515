import TestSupport
import Testing

/// What stands on another server than the one that is asked.
@Suite("Mailboxes on a server that another one refers to")
struct ReferredTests {
    private static let list = "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name\r\nXB2,B2 x,Y,Mailbox,Create,XB2\r\n"

    private func options(_ asked: PrivateSlapd, _ other: PrivateSlapd, base: String) -> [String] {
        [
            "--directory", asked.uri, "--base", base, "--profile", "inetorgperson", "--follow-references", "127.0.0.1:\(other.port)",
        ]
    }

    @Test("are read again there before they are written")
    func apply() throws {
        let servers = try ReferringServers()
        let folder = try TemporaryFolder()
        try folder.write(Self.list, to: "users.csv")
        try folder.write("mailbox,recipient\nXB2,B2\n", to: "map.csv")
        let directory = options(servers.a, servers.b, base: "o=Test")
        let plan = try ProgramRun.run(["plan", "users.csv", "--map", "map.csv"] + directory, directory: folder.path)
        #expect(plan.status == 0, "\(plan.errors)\(plan.output)")
        let apply = try ProgramRun.run(["apply", "users.csv.plan.jsonl"] + directory, directory: folder.path)
        #expect(apply.status == 0, "\(apply.errors)")
        #expect(String(decoding: try folder.read("users.corrected.csv"), as: UTF8.self).contains("XB2,B2 x,Y,Mailbox,,B2"))
    }

    @Test("are found where the base itself stands there, and nowhere else when that server may not be asked")
    func base() throws {
        let servers = try ReferringServers()
        let far = options(servers.a, servers.b, base: "ou=B,o=Test")
        let check = try ProgramRun.run(["check"] + far)
        #expect(check.status == 0 && check.output.contains("mailboxes    3\n"), "\(check.output)\(check.errors)")
        #expect(check.output.contains("ldap://127.0.0.1:\(servers.b.port)"), "\(check.output)")
        let raw = try ProgramRun.run(["raw", "B3"] + far)
        #expect(raw.status == 0 && raw.output.hasPrefix("cn=B3,ou=B,o=Test\n"), "\(raw.errors)")
        let found = try ProgramRun.run(["check"] + far.map { $0 == "inetorgperson" ? "auto" : $0 })
        #expect(found.status == 0, "a profile is found there, too: \(found.errors)")

        let stranger = try ProgramRun.run(["check"] + options(servers.a, servers.a, base: "ou=B,o=Test"))
        let server = "127.0.0.1:\(servers.b.port)"
        expectRefusal(stranger, status: 78, saying: ["ou=B,o=Test", server, "--follow-references"], showsServer: true)
        let alone = try ProgramRun.run(["check", "--directory", servers.a.uri, "--base", "ou=B,o=Test", "--profile", "inetorgperson"])
        expectRefusal(alone, status: 78, saying: ["ou=B,o=Test", server], showsServer: true)
    }

    @Test("are found on the next server that a reference names when the first does not answer")
    func alternatives() throws {
        let servers = try ReferringServers()
        let gone = try PrivateSlapd(SlapdConfiguration(content: "dn: o=Test\nobjectClass: organization\no: Test\n"))
        let dead = gone.port
        gone.stop()
        try servers.a.add(
            "dn: ou=D,o=Test\nobjectClass: referral\nobjectClass: extensibleObject\nou: D\n"
                + [dead, servers.b.port].map { "ref: ldap://127.0.0.1:\($0)/ou=B,o=Test\n" }.joined())
        for order in [[dead, servers.b.port], [servers.b.port, dead]] {
            let run = try ProgramRun.run(
                ["check", "--directory", servers.a.uri, "--base", "ou=D,o=Test", "--profile", "inetorgperson"]
                    + order.flatMap { ["--follow-references", "127.0.0.1:\($0)"] })
            #expect(run.status == 0 && run.output.contains("mailboxes    3\n"), "\(run.output)\(run.errors)")
        }
    }

    @Test("are not looked for for ever where servers refer to each other for the base")
    func circle() throws {
        let servers = try ReferringServers()
        for (own, other) in [(servers.a, servers.b), (servers.b, servers.a)] {
            try own.add(
                "dn: ou=C,o=Test\nobjectClass: referral\nobjectClass: extensibleObject\nou: C\nref: ldap://127.0.0.1:\(other.port)/ou=C,o=Test\n"
            )
        }
        let run = try ProgramRun.run(
            ["check"] + options(servers.a, servers.b, base: "ou=C,o=Test") + ["--follow-references", "127.0.0.1:\(servers.a.port)"])
        expectRefusal(run, status: 78, saying: ["ou=C,o=Test", "refer to each other"], showsServer: true)
    }
}
