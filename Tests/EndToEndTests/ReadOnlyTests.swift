import TestSupport
import Testing

/// The promise of the threat model: nothing in the program could write to a directory, whatever goes wrong in it.
@Suite("The built program")
struct ReadOnlyTests {
    /// What it may have of libldap, by the beginnings of names: connecting, logging in, searching, and taking answers apart.
    private static let reading = [
        "abandon_ext", "control", "create_", "err2string", "first_", "get_", "init_fd", "install_tls", "mem", "msg", "next_", "parse_",
        "result", "sasl_bind", "sasl_interactive_bind", "search_ext", "set_option", "start_tls", "unbind_ext", "whoami",
    ]

    @Test("imports no function of libldap that writes, or sends what the caller has made")
    func imports() throws {
        let run = try ProgramRun.run(["-D", "--undefined-only", try BuiltProgram.path()], executable: "/usr/bin/nm")
        #expect(run.status == 0, "\(run.errors)")
        let names = run.output.split(whereSeparator: \.isWhitespace).map { $0.prefix { $0 != "@" } }
        let ldap = names.filter { $0.hasPrefix("ldap_") }.map { $0.dropFirst("ldap_".count) }
        #expect(ldap.contains("search_ext"), "nm shows nothing of libldap: \(run.output)")
        for name in ldap { #expect(Self.reading.contains { name.hasPrefix($0) }, "ldap_\(name)") }
        // liblber could send any bytes, and the loader could find any function.
        for name in names where name.hasPrefix("ber_") {
            #expect(!name.hasPrefix("ber_flush") && !name.hasPrefix("ber_int_sb_write"), "\(name)")
        }
    }

    @Test("asks a server for nothing but logins, searches and their end")
    func requests() throws {
        let server = try StubDirectory.people(30).serve()
        let folder = try TemporaryFolder()
        try folder.write(SamplePeople.userList(PrivateSamba.people), to: "users.csv")
        let options = [
            "--directory", server.uri, "--base", "o=Test", "--profile", "inetorgperson", "--bind-name", "cn=reader,o=Test", "--verify-read",
        ]
        let password = ["LDAP_RECONCILE_PASSWORD": "correct-horse"]
        for command in [["check"], ["raw", "p1"], ["plan", "users.csv"]] {
            let run = try ProgramRun.run(command + options, environment: password, directory: folder.path)
            #expect([0, 3].contains(run.status), "\(command): \(run.errors)")
        }
        #expect(server.requests.count > 10)
        for request in server.requests {
            switch request.operation {
            case .bind, .unbind, .search, .abandon: break
            case .extended(let oid): #expect(["1.3.6.1.4.1.4203.1.11.3", "1.3.6.1.4.1.1466.20037"].contains(oid))
            case .other(let tag): Issue.record("an operation of the kind \(tag)")
            }
        }
    }
}
