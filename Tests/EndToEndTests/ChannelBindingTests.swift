import TestSupport
import Testing

/// Logins that are bound to the TLS connection: somebody in the middle, whom the client trusts for his certificate, cannot pass them on.
@Suite("Channel binding")
struct ChannelBindingTests {
    private static let binding = Result {
        try LoginTests.server {
            $0.certificate = .good
            $0.lines.append("sasl-cbinding tls-endpoint")
        }
    }
    private static let scram = ["--login", "scram-sha-256", "--bind-name", "reader"]

    private func check(_ uri: String, _ options: [String], environment: [String: String] = [:]) throws -> ProgramRun.Result {
        let all = ["check", "--directory", uri, "--base", "ou=people,o=Test", "--ca-file", try TestPKI.shared().authorityFile] + options
        return try ProgramRun.run(all, environment: ["LDAP_RECONCILE_PASSWORD": "correct-horse"].merging(environment) { $1 })
    }

    private func expectReader(_ run: ProgramRun.Result, sourceLocation: SourceLocation = #_sourceLocation) {
        let knownAs = "known as     dn:cn=reader,ou=people,o=test\n"
        #expect(run.output.lowercased().contains(knownAs), "\(run.errors)\(run.output)", sourceLocation: sourceLocation)
    }

    @Test("SCRAM-SHA-256 is bound where the server offers it, over ldaps and StartTLS: nobody in the middle can pass it on")
    func bound() throws {
        let slapd = try Self.binding.get()
        expectReader(try check(slapd.tlsURI, Self.scram))
        expectReader(try check(slapd.uri, Self.scram + ["--start-tls"]))
        let middle = try TLSMiddleman(to: slapd.tlsPort)
        let run = try check(middle.tlsURI, Self.scram)
        expectRefusal(
            run, status: 77, saying: ["SCRAM-SHA-256 as 'reader'", "channel bindings mismatch", "somebody between here and the server"],
            secrets: ["correct-horse"])
    }

    @Test("SCRAM-SHA-256 works where the server does not offer to bind it, and then somebody in the middle is not noticed")
    func notOffered() throws {
        let slapd = try LoginTests.tls.get()
        expectReader(try check(slapd.tlsURI, Self.scram))
        let middle = try TLSMiddleman(to: slapd.tlsPort)
        expectReader(try check(middle.tlsURI, Self.scram))
    }

    @Test("An offer that somebody took out is noticed by the server")
    func stripped() throws {
        // The server hides what it offers from who has not logged in: to the client it looks as if somebody had taken it out.
        let slapd = try LoginTests.server {
            $0.certificate = .good
            $0.lines += ["sasl-cbinding tls-endpoint", #"access to dn.base="" attrs=supportedSASLMechanisms by users read by * none"#]
        }
        let run = try check(slapd.tlsURI, Self.scram)
        expectRefusal(
            run, status: 77, saying: ["incorrectly assumed server had no channel binding", "somebody between here and the server"],
            secrets: ["correct-horse"])
    }

    @Test("GSSAPI within TLS is bound where the server looks at it")
    func kerberos() throws {
        let kdc = try PrivateKDC()
        for looks in [true, false] {
            let slapd = try LoginTests.server {
                $0.certificate = .good
                $0.environment = kdc.serviceEnvironment
                $0.lines += ["sasl-realm REALM.TEST"] + (looks ? ["sasl-cbinding tls-endpoint"] : [])
                $0.saslHost = "127.0.0.1"
            }
            let keytab = ["--login", "gssapi", "--keytab", kdc.readerKeytab]
            expectReader(try check(slapd.tlsURI, keytab, environment: kdc.environment))
            let middle = try TLSMiddleman(to: slapd.tlsPort)
            let caught = try check(middle.tlsURI, keytab, environment: kdc.environment)
            if looks {
                expectRefusal(
                    caught, status: 77, saying: ["with GSSAPI", "invalidCredentials", "bound to this TLS connection"],
                    secrets: ["correct-horse"])
            } else {
                expectReader(caught)
            }
        }
    }
}
