import Foundation
import TestSupport
import Testing

/// Each line that `-v` tells of a search is run as it stands, and must give what the program got.
@Suite("The lines of -v")
struct VerboseTests {
    /// The lines that were told of.
    private func lines(_ run: ProgramRun.Result) -> [String] {
        run.errors.split(separator: "\n").compactMap { line in line.firstRange(of: "Searching: ").map { String(line[$0.upperBound...]) } }
    }

    /// Runs a line in a shell; gives how many entries came.
    private func entries(_ line: String, environment: [String: String] = [:]) throws -> Int {
        let run = try ProgramRun.run(["-c", line], executable: "/bin/sh", environment: environment)
        #expect(run.status == 0, "\(line)\n\(run.errors)")
        return run.output.split(separator: "\n").count { $0.hasPrefix("dn:") }
    }

    /// How many entries the program says it read.
    private func count(_ run: ProgramRun.Result) throws -> Int {
        try #require(run.errors.firstMatch(of: #/Read (\d+) entries in \d+\.\d\d\d s\.\n/#).flatMap { Int($0.output.1) }, "\(run.errors)")
    }

    @Test("name the server that a reference leads to, and together give all that was read")
    func reference() throws {
        let servers = try ReferringServers()
        let run = try ProgramRun.run([
            "check", "-v", "--directory", servers.a.uri, "--base", "o=Test", "--profile", "inetorgperson", "--follow-references",
            "127.0.0.1:\(servers.b.port)",
        ])
        let reads = lines(run).filter { $0.contains(" -E pr=") }
        #expect(reads.count { $0.contains("-H ldap://127.0.0.1:\(servers.b.port) ") } == 1, "\(run.errors)")
        #expect(try reads.map { try entries($0) }.reduce(0, +) == count(run))
        for line in lines(run) { _ = try entries(line) }
    }

    @Test("leave certificates unchecked where the program does, and hold to the pinned key")
    func unchecked() throws {
        let slapd = try LoginTests.server {
            $0.certificate = .untrusted
            $0.database.access = ["to * by * read"]
        }
        let pin = ["--pinned-key", try TLSOptionTests().pin(.untrusted)]
        for options in [["--directory", slapd.tlsURI], ["--directory", slapd.uri, "--start-tls"], ["--directory", slapd.tlsURI] + pin] {
            let run = try ProgramRun.run(
                ["check", "-v", "--base", "o=Test", "--profile", "inetorgperson", "--certificate-check", "off: a test"] + options)
            let found = lines(run)
            #expect(found.count > 1)
            #expect(try entries(#require(found.last { $0.contains(" -E pr=") })) == count(run))
            for line in found { _ = try entries(line) }
            #expect(found.allSatisfy { $0.contains("LDAPTLS_PEERKEY_HASH=") == options.contains(pin[1]) }, "\(found)")
        }
    }

    @Test("fetch the ticket with the keytab that the program was given")
    func keytab() throws {
        let kdc = try PrivateKDC()
        let slapd = try LoginTests.server {
            $0.environment = kdc.serviceEnvironment
            $0.lines += ["sasl-realm REALM.TEST"]
            $0.saslHost = "127.0.0.1"
        }
        let run = try ProgramRun.run(
            [
                "check", "-v", "--directory", slapd.uri, "--base", "o=Test", "--profile", "inetorgperson", "--login", "gssapi", "--keytab",
                kdc.readerKeytab,
            ], environment: kdc.environment)
        let found = lines(run)
        #expect(found.count > 1, "\(run.errors)")
        #expect(try entries(#require(found.last { $0.contains(" -E pr=") }), environment: kdc.environment) == count(run))
        for line in found { _ = try entries(line, environment: kdc.environment) }
    }
}
