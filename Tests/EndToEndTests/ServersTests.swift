import Foundation
import TestSupport
import Testing

/// Several servers, a domain's servers, and servers that come back.
@Suite("Several servers")
struct ServersTests {
    private func plan(_ directories: [String], _ options: String..., within limit: Duration = .seconds(60)) throws -> (
        run: ProgramRun.Result, work: Workplace
    ) {
        let work = try Workplace()
        let places = directories.flatMap { ["--directory", $0] }
        let login = ["--base", SampleServer.base, "--bind-name", Exchange55View.adminName, "--password-file", "password"]
        let run = try work.run(["plan", "users.csv"] + places + login + SampleServer.planOptions + options, within: limit)
        return (run, work)
    }

    /// The rows of a plan without its header, which bears the time and the server.
    private func rows(_ work: Workplace) throws -> Substring {
        let text = String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self)
        return text.drop { $0 != "\n" }
    }

    @Test("A dead one is passed over, and said so")
    func failOver() throws {
        let dead = try PrivateSlapd()
        let deadURI = dead.uri
        dead.stop()
        let (run, work) = try plan([deadURI, SampleServer.shared().uri])
        #expect(run.status == 3, "\(run.errors)")
        #expect(run.errors.contains("\(deadURI) failed: nothing answers"))
        #expect(run.errors.contains("(connection refused). Trying the next server.\n"), "what to do is being done: \(run.errors)")
        #expect(try rows(work).contains("HOLLOWAYM"))
    }

    @Test("A read that breaks in the middle begins anew, counts nothing twice, and gives the same plan to the byte")
    func retry() throws {
        let slapd = try SampleServer.shared()
        let (_, whole) = try plan([slapd.uri])
        // Wherever the break is, the next connection is whole.
        for offset in [300, 3000, 9000] {
            let proxy = try FaultProxy(to: slapd.port, scripts: [[Fault(.reset, at: .byte(offset))]])
            let (run, work) = try plan([proxy.uri])
            #expect(run.status == 3, "\(run.errors)")
            #expect(run.errors.contains("Trying again in ") && !run.errors.contains("try again."), "\(offset): \(run.errors)")
            #expect(try rows(work) == rows(whole), "\(offset)")
        }
    }

    @Test("A read that breaks between pages begins anew without the old cookie, after a pause of about a second")
    func freshCookie() throws {
        let server = try StubDirectory.people(40).serve()
        let proxy = try FaultProxy(to: server.port, scripts: [[Fault(.cut, at: .message(30))]])
        let run = try ProgramRun.run([
            "check", "--directory", proxy.uri, "--base", "o=Test", "--profile", "inetorgperson", "--page-size", "10", "--connections", "1",
        ])
        #expect([0, 3].contains(run.status), "\(run.errors)")
        #expect(run.output.contains("40 entries in 4 pages"), "\(run.output)")
        let cookies = (1...2).map { connection in
            server.requests.filter { $0.connection == connection }.compactMap(\.page).map { String(decoding: $0.cookie, as: UTF8.self) }
        }
        // Twenty entries and some answers before them: the cut is in the third page, which the cookie 20 asked for.
        #expect(cookies == [["", "10", "20"], ["", "10", "20", "30"]], "\(cookies)")
        let pause = try #require(run.errors.firstMatch(of: /Trying again in ([0-9.]+) s/)?.1)
        #expect(try (0.7...1.3).contains(#require(Double(pause))), "\(run.errors)")
    }

    /// What `check --json` says: the server that was described with its contexts, and the one that was read.
    private func servers(_ run: ProgramRun.Result) throws -> (described: String, contexts: [String], read: String) {
        let json = try #require(try JSONSerialization.jsonObject(with: Data(run.standardOutput)) as? [String: Any], "\(run.errors)")
        let directory = try #require(json["directory"] as? [String: Any])
        let description = try #require(directory["description"] as? [String: Any])
        let proof = try #require(directory["proof"] as? [String: Any])
        return (
            try #require(description["source"] as? String), try #require(description["namingContexts"] as? [String]),
            try #require(proof["source"] as? String)
        )
    }

    @Test("One of two equal ones is described and read by check, over one connection, with and without a file to go on from")
    func oneServer() throws {
        let stubs = try [StubDirectory.people(3).serve(), StubDirectory.people(4).serve()]
        let names = try StubNameServer(["_ldap._tcp.eq.example": stubs.map { .init(priority: 1, port: $0.port, target: "127.0.0.1") }])
        let work = try Workplace()
        for (round, more) in [[], [], [], [], ["--snapshot", "kept"], ["--snapshot", "kept"]].enumerated() {
            let run = try work.run(
                ["check", "--json", "--directory", "srv:eq.example", "--name-server", names.address, "--profile", "inetorgperson"] + more)
            let found = try servers(run)
            #expect(found.described == found.read, "\(run.output)")
            #expect(stubs.map(\.connections).reduce(0, +) == round + 1)
        }
    }

    @Test("A server that dies in the middle of check's read leaves nothing of itself in what is said of the next one")
    func diesInBetween() throws {
        let first = try StubDirectory(suffix: "o=First", entries: StubDirectory.people(5).entries).serve()
        let second = try StubDirectory.people(5).serve()
        for place in 2...6 {
            let proxy = try FaultProxy(to: first.port, otherwise: [Fault(.cut, at: .message(place))])
            let run = try ProgramRun.run([
                "check", "--json", "--profile", "inetorgperson", "--directory", proxy.uri, "--directory", second.uri,
            ])
            #expect(proxy.waitForFaults(within: .zero))
            let found = try servers(run)
            #expect((found.described, found.contexts, found.read) == (second.uri, ["o=Test"], second.uri), "\(place): \(run.output)")
        }
    }

    @Test("A hanging one is waited for once by check")
    func hangsOnce() throws {
        let (silent, other) = (try StubServer.silent(), try StubDirectory.people(5).serve())
        let run = try ProgramRun.run([
            "check", "--directory", silent.uri, "--directory", other.uri, "--base", "o=Test", "--profile",
            "inetorgperson", "--response-timeout", "1s",
        ])
        #expect([0, 3].contains(run.status), "\(run.errors)")
        #expect(run.errors.components(separatedBy: "Trying the next server.").count == 2, "\(run.errors)")
        #expect(silent.connections == 1)
    }

    @Test("With retries 0 a break is the end")
    func noRetries() throws {
        let proxy = try FaultProxy(to: SampleServer.shared().port, scripts: [[Fault(.reset, at: .byte(3000))]])
        let (run, work) = try plan([proxy.uri], "--retries", "0")
        expectRefusal(run, status: 69, saying: ["Nothing that was read is used"])
        #expect(try work.newFiles() == [])
    }

    @Test("What will not pass is not tried again: a wrong password, a certificate of another name")
    func noHope() throws {
        let wrong = try Workplace()
        try wrong.folder.write("not-the-word\n", to: "password")
        let run = try wrong.run(["plan", "users.csv"] + Workplace.connection(SampleServer.shared().uri))
        #expect(run.status == 77 && !run.errors.contains("Trying again"), "\(run.errors)")
        let slapd = try SampleServer.start { $0.certificate = .wrongName }
        let (tls, _) = try plan([slapd.tlsURI], "--ca-file", try TestPKI.shared().authorityFile)
        #expect(tls.status == 69 && !tls.errors.contains("Trying again"), "\(tls.errors)")
    }

    @Test("All of them together have one time limit, however often they are tried")
    func totalTime() throws {
        let silent = try [StubServer.silent(), StubServer.silent()]
        let start = ContinuousClock.now
        let (run, _) = try plan(
            silent.map(\.uri), "--total-timeout", "3s", "--response-timeout", "2s", "--retries", "20", within: .seconds(30))
        expectRefusal(run, status: 69, saying: ["it was not over within 3 s", "--total-timeout"])
        #expect((.milliseconds(2900)...(.seconds(8))).contains(.now - start))
    }

    @Test("One try of one server has its own time limit")
    func serverTime() throws {
        let silent = try StubServer.silent()
        let (run, _) = try plan(
            [silent.uri], "--server-timeout", "1s", "--retries", "0", within: .seconds(30))
        expectRefusal(run, status: 69, saying: ["it was not over within 1 s", "--server-timeout"])
    }

    @Test("A domain's servers are tried by their priority")
    func domain() throws {
        let slapd = try SampleServer.shared()
        let dead = try PrivateSlapd()
        let deadPort = dead.port
        dead.stop()
        let names = try StubNameServer([
            "_ldap._tcp.ad.example": [
                .init(priority: 20, port: slapd.port, target: "127.0.0.1"), .init(priority: 10, port: deadPort, target: "127.0.0.1"),
            ]
        ])
        // The dot at the end is the root of all names: dig and zone files write it.
        let dotted = try plan(["srv:ad.example."], "--name-server", names.address).run
        #expect(dotted.status == 3, "\(dotted.errors)")
        let (run, work) = try plan(["srv:ad.example"], "--name-server", names.address)
        #expect(run.status == 3, "\(run.errors)")
        #expect(run.errors.contains("ldap://127.0.0.1:\(deadPort) failed") && run.errors.contains("Trying the next server."))
        #expect(try work.newFiles() == ["users.csv.plan.jsonl"])
    }

    @Test("A domain that has none, that nobody knows, or whose name servers are silent, is said to be so in time")
    func noDomain() throws {
        let names = try StubNameServer(["_ldap._tcp.none.example": [], "_ldap._tcp.dot.example": [.init(port: 0, target: "")]])
        for (domain, words) in [
            ("none.example", "know no such service"), ("other.example", "do not know that name"), ("dot.example", "has no such servers"),
        ] {
            let (run, _) = try plan(["srv:\(domain)"], "--name-server", names.address, "--retries", "0")
            expectRefusal(run, status: 69, saying: ["_ldap._tcp.\(domain)", words, "--name-server"])
        }
        let silent = try StubNameServer([:], isSilent: true)
        let start = ContinuousClock.now
        let (run, _) = try plan(["srv:ad.example"], "--name-server", silent.address, "--connect-timeout", "1s", "--retries", "0")
        expectRefusal(run, status: 69, saying: ["the name servers did not answer within 1 s"])
        #expect(.now - start < .seconds(8))
        let (bad, _) = try plan(["srv:not a domain"])
        expectRefusal(bad, status: 64, saying: ["srv:", "not a domain"])
        for place in ["ldap:", "x://y", "srv:not a domain", "ldif:"] {
            let (run, _) = try plan([place])
            expectRefusal(run, status: 64, saying: ["--directory"])
            #expect(
                !run.errors.contains("..") && (place.hasPrefix("srv:") || place == "ldif:" || run.errors.contains("srv:DOMAIN")),
                "\(run.errors)")
        }
    }
}
