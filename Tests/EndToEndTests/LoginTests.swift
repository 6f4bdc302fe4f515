import Foundation
import TestSupport
import Testing

/// Every way to log in, tried with a real server, as a user would: `check` says as whom the server regards us.
@Suite("Logging in")
struct LoginTests {
    /// Two people below `o=Test`, and a server that maps each way of logging in to the account `reader`.
    static func server(_ change: (inout SlapdConfiguration) -> Void = { _ in }) throws -> PrivateSlapd {
        var configuration = SlapdConfiguration(
            content: """
                dn: o=Test
                objectClass: organization
                o: Test

                dn: ou=people,o=Test
                objectClass: organizationalUnit
                ou: people

                dn: cn=reader,ou=people,o=Test
                objectClass: inetOrgPerson
                cn: reader
                sn: Reader
                uid: reader
                mail: reader@example.org
                userPassword: correct-horse

                dn: cn=other,ou=people,o=Test
                objectClass: inetOrgPerson
                cn: other
                sn: Other
                uid: other
                mail: other@example.org

                """)
        configuration.lines = [
            "authz-regexp ^gidNumber=[0-9]+[+]uidNumber=[0-9]+,cn=peercred,cn=external,cn=auth$ cn=reader,ou=people,o=Test",
            "authz-regexp ^cn=reader,ou=people,o=Test$ cn=reader,ou=people,o=Test",
            "authz-regexp ^uid=([^,]+),(cn=[^,]+,)?cn=(scram-[^,]+|gssapi),cn=auth$ cn=$1,ou=people,o=Test",
        ]
        // Nobody reads without having logged in: what is read proves the login.
        configuration.database.access = [
            "to attrs=userPassword by anonymous auth by * none", "to dn.base=\"o=Test\" by * read", "to * by users read by anonymous auth",
        ]
        change(&configuration)
        return try PrivateSlapd(configuration)
    }
    static let plain = Result { try server() }
    static let tls = Result { try server { $0.certificate = .good } }

    /// `check` with options; the directory's part of what it says as JSON.
    private func check(_ uri: String, _ options: [String], environment: [String: String] = [:]) throws -> ProgramRun.Result {
        let folder = try TemporaryFolder()
        try folder.write("correct-horse\n", to: "password")
        chmod(folder["password"], 0o600)
        return try ProgramRun.run(
            ["check", "--directory", uri, "--base", "ou=people,o=Test"] + options, environment: environment, directory: folder.path,
            within: .seconds(60))
    }

    private func expectReader(
        _ run: ProgramRun.Result, protection: String, account: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(run.status == 0, "\(run.errors)\(run.output)", sourceLocation: sourceLocation)
        for line in [
            "connection   \(protection)", "account      \(account)\n", "known as     dn:cn=reader,ou=people,o=Test\n", "mailboxes ",
        ] {
            #expect(run.output.lowercased().contains(line.lowercased()), "no “\(line)” in: \(run.output)", sourceLocation: sourceLocation)
        }
        #expect(!(run.output + run.errors).contains("correct-horse"), sourceLocation: sourceLocation)
    }

    @Test("Simple: the server says whom it took us for")
    func simple() throws {
        let run = try check(
            Self.plain.get().uri, ["--bind-name", "cn=reader,ou=people,o=Test", "--password-file", "password"])
        expectReader(run, protection: "plain text, integrity not protected", account: "cn=reader,ou=people,o=Test")
    }

    @Test("Simple, with the password from the service manager's credentials")
    func credentials() throws {
        let folder = try TemporaryFolder()
        try folder.write("correct-horse\n", to: "ldap-reconcile.password")
        chmod(folder["ldap-reconcile.password"], 0o440)
        let name = ["--bind-name", "cn=reader,ou=people,o=Test"]
        let run = try check(Self.plain.get().uri, name, environment: ["CREDENTIALS_DIRECTORY": folder.path])
        expectReader(run, protection: "plain text", account: "cn=reader,ou=people,o=Test")
        chmod(folder["ldap-reconcile.password"], 0o444)
        let open = try check(Self.plain.get().uri, name, environment: ["CREDENTIALS_DIRECTORY": folder.path])
        expectRefusal(open, status: 77, saying: ["can be read by others (mode 444)", "chmod 600"], secrets: ["correct-horse"])
        let none = try check(Self.plain.get().uri, name, environment: ["CREDENTIALS_DIRECTORY": folder["nowhere"]])
        expectRefusal(none, status: 78, saying: ["There is no password", "credential ldap-reconcile.password"])
    }

    @Test(
        "A password file that is not its owner's alone is refused, with what others can do to it",
        arguments: [
            (0o604, "read"), (0o602, "changed"), (0o620, "changed"), (0o601, "executed"), (0o666, "read and changed"),
            (0o655, "read and executed"),
        ])
    func passwordFile(_ mode: mode_t, _ words: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("correct-horse\n", to: "others")
        chmod(path, mode)
        let run = try check(Self.plain.get().uri, ["--bind-name", "cn=reader,ou=people,o=Test", "--password-file", path])
        expectRefusal(
            run, status: 77, saying: ["can be \(words) by others (mode \(String(mode, radix: 8)))"], secrets: ["correct-horse"])
    }

    @Test("EXTERNAL over the local socket: the socket's user counts")
    func externalLocal() throws {
        expectReader(try check(Self.plain.get().localURI, ["--login", "external"]), protection: "local socket", account: "(EXTERNAL)")
    }

    @Test("EXTERNAL by client certificate, over ldaps and StartTLS")
    func externalCertificate() throws {
        let (slapd, pki) = (try Self.tls.get(), try TestPKI.shared())
        let client = [
            "--login", "external", "--ca-file", pki.authorityFile, "--client-certificate", pki.certificateFile(.client), "--client-key",
            pki.keyFile(.client),
        ]
        expectReader(try check(slapd.tlsURI, client), protection: "TLS1.3\n", account: "(EXTERNAL)")
        expectReader(try check(slapd.uri, client + ["--start-tls"]), protection: "TLS1.3\n", account: "(EXTERNAL)")
    }

    @Test("EXTERNAL with a certificate that the server does not trust, or none to show, is refused")
    func externalRefused() throws {
        let (slapd, pki) = (try Self.tls.get(), try TestPKI.shared())
        let untrusted = [
            "--login", "external", "--ca-file", pki.authorityFile, "--client-certificate", pki.certificateFile(.untrustedClient),
            "--client-key", pki.keyFile(.untrustedClient),
        ]
        let run = try check(slapd.tlsURI, untrusted)
        expectRefusal(run, status: 77, saying: ["with EXTERNAL", "no mechanism available. The server knows us", "--client-certificate"])
        for version in ["1.3", "1.2"] {
            let strict = try Self.server {
                $0.certificate = .good
                $0.lines += ["TLSVerifyClient demand", "TLSCipherSuite NORMAL:-VERS-ALL:+VERS-TLS\(version)"]
            }
            let refused = try check(strict.tlsURI, untrusted)
            expectRefusal(refused, status: 77, saying: ["--client-certificate"])
            #expect(!refused.errors.contains("Trying again"), "\(refused.errors)")
        }
        let none = try check(slapd.tlsURI, ["--login", "external", "--ca-file", pki.authorityFile])
        expectRefusal(none, status: 64, saying: ["--login is 'external'", "--client-certificate"])
    }

    @Test("A client key that everybody may read, that is missing, or that is of another certificate, is refused before anything is sent")
    func clientKey() throws {
        let (slapd, pki, folder) = (try Self.tls.get(), try TestPKI.shared(), try TemporaryFolder())
        let key = try folder.write(Data(contentsOf: URL(fileURLWithPath: pki.keyFile(.client))), to: "client.key")
        let options = [
            "--login", "external", "--ca-file", pki.authorityFile, "--client-certificate", pki.certificateFile(.client), "--client-key",
        ]
        chmod(key, 0o644)
        expectRefusal(try check(slapd.tlsURI, options + [key]), status: 77, saying: [key, "mode 644", "chmod 600"])
        expectRefusal(try check(slapd.tlsURI, options + [folder["no.key"]]), status: 66, saying: ["no.key", "No such file"])
        let other = try check(slapd.tlsURI, options + [pki.keyFile(.good)])
        expectRefusal(other, status: 78, saying: ["client-key"])
    }

    @Test("SCRAM-SHA-256: over a plain connection the password does not show")
    func scram() throws {
        let slapd = try Self.plain.get()
        let proxy = try FaultProxy(to: slapd.port)
        let options = ["--login", "scram-sha-256", "--bind-name", "reader", "--password-file", "password"]
        expectReader(try check(proxy.uri, options), protection: "plain text, integrity not protected", account: "reader")
        let tls = try check(Self.tls.get().tlsURI, options + ["--ca-file", TestPKI.shared().authorityFile])
        expectReader(tls, protection: "TLS1.3\n", account: "reader")
    }

    @Test("SCRAM-SHA-256 with a wrong password or name is refused with what to check")
    func scramRefused() throws {
        let uri = try Self.plain.get().uri
        let wrong = try check(
            uri, ["--login", "scram-sha-256", "--bind-name", "reader"], environment: ["LDAP_RECONCILE_PASSWORD": "wrong-donkey"])
        expectRefusal(
            wrong, status: 77, saying: ["SCRAM-SHA-256 as 'reader'", "invalidCredentials", "plain name"], secrets: ["wrong-donkey"])
        let nobody = try check(
            uri, ["--login", "scram-sha-256", "--bind-name", "nobody", "--password-file", "password"])
        expectRefusal(nobody, status: 77, saying: ["as 'nobody'"], secrets: ["correct-horse"])
    }

    @Test("A mechanism that the server does not offer is said to be missing")
    func notOffered() throws {
        let slapd = try Self.server { $0.lines.append("sasl-secprops none,minssf=200") }
        let run = try check(slapd.uri, ["--login", "scram-sha-256", "--bind-name", "reader", "--password-file", "password"])
        expectRefusal(run, status: 77, saying: ["SCRAM-SHA-256"], secrets: ["correct-horse"])
    }

    @Test("GSSAPI with a ticket or a keytab: signed and sealed on a plain connection, bound to TLS on a protected one")
    func kerberos() throws {
        let kdc = try PrivateKDC()
        let slapd = try Self.server {
            $0.certificate = .good
            $0.environment = kdc.serviceEnvironment
            $0.lines += ["sasl-realm REALM.TEST"]
            $0.saslHost = "127.0.0.1"
        }
        let keytab = ["--login", "gssapi", "--keytab", kdc.readerKeytab]
        let sealed = "plain TCP, encrypted by SASL (256 bits)"
        expectReader(try check(slapd.uri, keytab, environment: kdc.environment), protection: sealed, account: "(GSSAPI)")
        let ca = ["--ca-file", try TestPKI.shared().authorityFile]
        expectReader(try check(slapd.tlsURI, keytab + ca, environment: kdc.environment), protection: "TLS1.3\n", account: "(GSSAPI)")
        let cache = ["KRB5CCNAME": try kdc.ticket()]
        let ticket = kdc.environment.merging(cache) { $1 }
        expectReader(try check(slapd.uri, ["--login", "gssapi"], environment: ticket), protection: sealed, account: "(GSSAPI)")
        expectReader(
            try check(slapd.uri, ["--login", "gssapi", "--start-tls"] + ca, environment: ticket), protection: "TLS1.3\n",
            account: "(GSSAPI)")
    }

    @Test("GSSAPI without a ticket, with an unreadable keytab, or with the key centre gone, says what is missing")
    func kerberosRefused() throws {
        let kdc = try PrivateKDC()
        let slapd = try Self.server {
            $0.environment = kdc.serviceEnvironment
            $0.saslHost = "127.0.0.1"
        }
        let none = try check(slapd.uri, ["--login", "gssapi"], environment: kdc.environment.merging(["KRB5CCNAME": "MEMORY:none"]) { $1 })
        expectRefusal(none, status: 77, saying: ["GSSAPI failed on our side", "kinit", "--keytab"])
        let missing = try check(slapd.uri, ["--login", "gssapi", "--keytab", "no.keytab"], environment: kdc.environment)
        expectRefusal(missing, status: 66, saying: ["The keytab 'no.keytab' cannot be read", "No such file"])
        let folder = try TemporaryFolder()
        let open = try folder.write(Data(contentsOf: URL(fileURLWithPath: kdc.readerKeytab)), to: "open.keytab")
        chmod(open, 0o640)
        let readable = try check(slapd.uri, ["--login", "gssapi", "--keytab", open], environment: kdc.environment)
        expectRefusal(readable, status: 77, saying: ["The keytab '\(open)' can be read by others (mode 640)", "chmod 600 '\(open)'"])
        #expect(!readable.errors.contains(".."), "\(readable.errors)")
        kdc.stop()
        let gone = try check(slapd.uri, ["--login", "gssapi", "--keytab", kdc.readerKeytab], environment: kdc.environment)
        expectRefusal(gone, status: 77, saying: ["GSSAPI failed on our side", "REALM.TEST"])
    }

    @Test("A server that takes the login and then regards us as nobody is not believed to show everything")
    func nobody() throws {
        var directory = StubDirectory.people(3)
        directory.identity = ""
        let stub = try directory.serve()
        let run = try check(
            stub.uri, ["--profile", "inetorgperson", "--bind-name", "cn=reader,ou=people,o=Test", "--password-file", "password"])
        #expect(run.status == 3, "\(run.errors)\(run.output)")
        #expect(run.output.contains("NOT SEEN     the server took the login as 'cn=reader,ou=people,o=Test' and then regards us as nobody"))
    }

    @Test(
        "What does not go together is an error before anything is read",
        arguments: [
            (["--login", "simple"], "needs --bind-name"),
            (["--login", "external", "--bind-name", "x"], "--bind-name does not go with login external"),
            (["--login", "gssapi", "--password-file", "password"], "--password-file does not go with login gssapi"),
            (["--keytab", "x"], "--keytab goes with login gssapi only"), (["--login", "ntlm"], "expected anonymous, simple, external"),
            (["--client-key", "x"], "needs client-certificate"), (["--pinned-key", "sha256:abc"], "expected sha256:"),
            (["--tls-minimum", "1.0"], "expected 1.2 or 1.3"), (["--login", "anonymous", "--bind-name", "x"], "without a name"),
        ])
    func contradictions(_ options: [String], _ words: String) throws {
        expectRefusal(try check("ldap://127.0.0.1:1", options), status: 64, saying: [words])
    }
}

@Suite("What TLS must show")
struct TLSOptionTests {
    private func check(_ uri: String, _ options: String...) throws -> ProgramRun.Result {
        try ProgramRun.run(["check", "--directory", uri, "--base", "o=Test", "--profile", "inetorgperson"] + options, within: .seconds(60))
    }

    /// The pin of a certificate's key, made as docs/settings.md says.
    func pin(_ certificate: TestPKI.Certificate) throws -> String {
        let file = try TestPKI.shared().certificateFile(certificate)
        let command =
            "openssl x509 -in '\(file)' -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64"
        let run = try ProgramRun.run(["-c", command], executable: "/bin/sh")
        return "sha256:" + run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("A pinned key is held to, with and without a check of the certificate")
    func pinned() throws {
        let slapd = try LoginTests.tls.get()
        let ca = try TestPKI.shared().authorityFile
        let right = try check(slapd.tlsURI, "--ca-file", ca, "--pinned-key", pin(.good))
        #expect(right.output.contains("TLS1.3, server's key as pinned\n"), "\(right.errors)\(right.output)")
        let alone = try check(slapd.uri, "--start-tls", "--certificate-check", "off: own CA", "--pinned-key", pin(.good))
        #expect(
            alone.output.contains("TLS1.3, server's key as pinned, certificate NOT checked: own CA\n"), "\(alone.errors)\(alone.output)")
        for options in [["--ca-file", ca], ["--certificate-check", "off: own CA"]] {
            let wrong = try ProgramRun.run(
                ["check", "--directory", slapd.tlsURI, "--base", "o=Test", "--pinned-key", try pin(.expired)] + options,
                within: .seconds(60))
            expectRefusal(wrong, status: 69, saying: ["the server's key is not the pinned one", "--pinned-key"])
        }
    }

    @Test("Where TLS is promised and the connection is plain, nothing is sent, and least of all the password")
    func promised() throws {
        let folder = try TemporaryFolder()
        try folder.write("correct-horse\n", to: "password")
        chmod(folder["password"], 0o600)
        let proxy = try FaultProxy(to: LoginTests.tls.get().port)
        for options in [["--pinned-key", try pin(.good)], ["--tls-minimum", "1.3"], ["--ca-file", try TestPKI.shared().authorityFile]] {
            let run = try ProgramRun.run(
                ["check", "--directory", proxy.uri, "--bind-name", "cn=reader,ou=people,o=Test", "--password-file", "password"] + options,
                directory: folder.path, within: .seconds(60))
            expectRefusal(run, status: 64, saying: [options[0], proxy.uri, "without TLS", "--start-tls"], secrets: ["correct-horse"])
        }
        #expect(proxy.connections == 0)
    }

    @Test("Authorities may come as a folder of files")
    func folder() throws {
        let (slapd, folder) = (try LoginTests.tls.get(), try TemporaryFolder())
        try folder.write(Data(contentsOf: URL(fileURLWithPath: TestPKI.shared().authorityFile)), to: "anything.pem")
        let run = try check(slapd.tlsURI, "--ca-folder", folder.path)
        #expect(run.output.contains("connection   TLS1.3\n"), "\(run.errors)\(run.output)")
        let none = try TemporaryFolder()
        let empty = try check(slapd.tlsURI, "--ca-folder", none.path)
        expectRefusal(empty, status: 69, saying: ["not trusted"])
        expectRefusal(try check(slapd.tlsURI, "--ca-folder", folder["none"]), status: 66, saying: ["--ca-folder", "No such file"])
    }

    @Test("A minimum of 1.3 refuses a server that speaks 1.2 at most")
    func minimum() throws {
        let slapd = try LoginTests.server {
            $0.certificate = .good
            $0.lines.append("TLSCipherSuite NORMAL:-VERS-ALL:+VERS-TLS1.2")
        }
        let ca = try TestPKI.shared().authorityFile
        let default12 = try check(slapd.tlsURI, "--ca-file", ca)
        #expect(default12.output.contains("connection   TLS1.2\n"), "\(default12.errors)\(default12.output)")
        expectRefusal(
            try check(slapd.tlsURI, "--ca-file", ca, "--tls-minimum", "1.3"), status: 69,
            saying: [slapd.tlsURI, "speaks only a version of TLS that is too old (it is to be 1.3 at least)", "leave --tls-minimum at 1.2"])
        let silent = try StubServer { _ in [.close] }
        let mute = try check(silent.tlsURI, "--ca-file", ca, "--tls-minimum", "1.3", "--connect-timeout", "1s", "--retries", "0")
        #expect(mute.status == 69 && !mute.errors.contains("too old"), "\(mute.errors)")
    }
}
