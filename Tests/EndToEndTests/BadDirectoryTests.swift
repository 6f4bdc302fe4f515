import TestSupport
import Testing

/// Issue 2, "Bad input": what can be wrong with the directory's side. Every message says what was being done, what went
/// wrong, and what to do.
@Suite("A directory that cannot be used")
struct BadDirectoryTests {
    private func plan(_ connection: [String], _ more: String...) throws -> (run: ProgramRun.Result, work: Workplace) {
        let work = try Workplace()
        let run = try work.run(["plan", "users.csv"] + connection + more, within: .seconds(30))
        #expect(try work.newFiles() == [], "a plan was written after a failure")
        return (run, work)
    }

    @Test("Wrong password")
    func wrongPassword() throws {
        let work = try Workplace()
        try work.folder.write("not-the-word\n", to: "password")
        let run = try work.run(["plan", "users.csv"] + Workplace.connection(SampleServer.shared().uri))
        expectRefusal(run, status: 77, saying: ["invalidCredentials", "--bind-name"], secrets: ["not-the-word"])
    }

    @Test("Empty password: LDAP would take it for an anonymous login that succeeds")
    func emptyPassword() throws {
        let work = try Workplace()
        try work.folder.write("\n", to: "password")
        let run = try work.run(["plan", "users.csv"] + Workplace.connection(SampleServer.shared().uri))
        expectRefusal(run, status: 77, saying: ["password", "empty"], secrets: [])
    }

    @Test("Unknown host")
    func unknownHost() throws {
        let (run, _) = try plan(Workplace.connection("ldap://no-such-host.invalid"))
        expectRefusal(run, status: 69, saying: ["no-such-host.invalid", "not known", "Check host"])
    }

    @Test("Dead port")
    func deadPort() throws {
        let slapd = try PrivateSlapd()
        let uri = slapd.uri
        slapd.stop()
        let (run, _) = try plan(Workplace.connection(uri))
        expectRefusal(run, status: 69, saying: [uri, "refused", "Check host and port"])
    }

    @Test("A port that accepts and never answers, plain and TLS")
    func silence() throws {
        let server = try StubServer.silent()
        let (plain, _) = try plan(Workplace.connection(server.uri), "--response-timeout", "1s", "--connect-timeout", "1s")
        expectRefusal(plain, status: 69, saying: [server.uri, "did not answer within 1", "--response-timeout"])
        let (tls, _) = try plan(Workplace.connection(server.tlsURI), "--response-timeout", "1s", "--connect-timeout", "1s")
        expectRefusal(tls, status: 69, saying: [server.tlsURI, "did not answer within 1", "--connect-timeout"])
    }

    @Test(
        "Certificate untrusted, expired, or of another name",
        arguments: [(TestPKI.Certificate.untrusted, "trusted"), (.expired, "expired"), (.wrongName, "another name")])
    func certificate(_ certificate: TestPKI.Certificate, _ word: String) throws {
        let slapd = try SampleServer.start { $0.certificate = certificate }
        let authority = try TestPKI.shared().authorityFile
        let (ldaps, _) = try plan(Workplace.connection(slapd.tlsURI), "--ca-file", authority)
        expectRefusal(ldaps, status: 69, saying: [slapd.tlsURI, word])
        let (startTLS, _) = try plan(Workplace.connection(slapd.uri), "--ca-file", authority, "--start-tls")
        expectRefusal(startTLS, status: 69, saying: [slapd.uri, word])
    }

    @Test("Base that does not exist")
    func base() throws {
        let (run, _) = try plan(Workplace.connection(try SampleServer.shared().uri, base: "ou=NOWHERE,\(SampleServer.base)"))
        expectRefusal(run, status: 78, saying: ["ou=NOWHERE,\(SampleServer.base)", "noSuchObject", "--base"])
    }

    @Test("Filter with a syntax error")
    func filter() throws {
        let (run, _) = try plan(Workplace.connection(try SampleServer.shared().uri), "--filter", "(&(objectClass=person)")
        expectRefusal(run, status: 64, saying: ["--filter is '(&(objectClass=person)'", "RFC 4515"])
    }

    @Test("An account that may see nothing")
    func anonymous() throws {
        let (run, _) = try plan(["--directory", try SampleServer.shared().uri, "--base", SampleServer.base])
        #expect([77, 78].contains(run.status), "\(run.errors)")
        #expect(run.errors.contains("--bind-name") || run.errors.contains("--base"), "\(run.errors)")
    }
}
