import Foundation
import TestSupport
import Testing

/// Logging in to a real Active Directory domain controller, as a user would: Samba's, which is as strict as Windows by default.
@Suite("Logging in to a domain controller")
struct DomainControllerTests {
    private static let password = PrivateSamba.reader.password
    /// Takes GSSAPI within TLS too, as Windows does.
    private static let lenient = Result { try PrivateSamba("ldap server require strong auth = allow_sasl_over_tls") }

    private func check(
        _ uri: String, _ options: [String], command: [String] = ["check"], password: String = Self.password,
        environment: [String: String] = [:]
    ) throws -> ProgramRun.Result {
        let folder = try TemporaryFolder()
        try folder.write(password + "\n", to: "password")
        chmod(folder["password"], 0o600)
        let trust = uri.hasPrefix("ldaps") || options.contains("--start-tls") ? ["--ca-file", try TestPKI.shared().authorityFile] : []
        return try ProgramRun.run(
            command + ["--directory", uri] + trust + options, environment: environment, directory: folder.path, within: .seconds(60))
    }

    private func account(_ name: String) -> [String] { ["--bind-name", name, "--password-file", "password"] }

    private func expectDomain(
        _ run: ProgramRun.Result, protection: String, account: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(run.status == 0, "\(run.errors)\(run.output)", sourceLocation: sourceLocation)
        for line in [
            "connection   \(protection)\n", "account      \(account)\n", "base         DC=larkspur,DC=example\n",
            "profile      active-directory:",
            "mailboxes    \(PrivateSamba.mailboxes)\n", "complete     yes",
        ] {
            #expect(run.output.contains(line), "no “\(line)” in: \(run.output)", sourceLocation: sourceLocation)
        }
        #expect(!(run.output + run.errors).contains(Self.password), sourceLocation: sourceLocation)
    }

    @Test("A name and password over TLS, the name in each form that Active Directory knows")
    func simple() throws {
        let samba = try PrivateSamba.shared()
        for name in [PrivateSamba.reader.name, #"LARKSPUR\reader"#, "CN=reader,CN=Users,DC=larkspur,DC=example"] {
            expectDomain(try check(samba.tlsURI, account(name)), protection: "TLS1.3", account: name)
        }
        let name = PrivateSamba.reader.name
        expectDomain(try check(samba.uri, account(name) + ["--start-tls"]), protection: "TLS1.3", account: name)
    }

    @Test("A name and password without TLS are refused: it must be encrypted")
    func plain() throws {
        let run = try check(PrivateSamba.shared().uri, account(PrivateSamba.reader.name))
        expectRefusal(
            run, status: 77, saying: ["strongerAuthRequired (8)", "Transport encryption required.", "ldaps:// or --start-tls"],
            secrets: [Self.password])
        #expect(!run.errors.contains(".."), "\(run.errors)")
    }

    @Test("Deleted entries are counted and found by who asks for them and may see them, and by nobody else")
    func deleted() throws {
        let samba = try PrivateSamba()
        let shown = try samba.search("(mailNickname=*)", "mailNickname")
        let dn = try #require(shown.split(separator: "\n").first { $0.hasPrefix("dn: CN=") }.map { String($0.dropFirst(4)) })
        try samba.modify("dn: \(dn)\nchangetype: delete\n")
        let administrator = account(PrivateSamba.administrator.name)
        func run(_ options: [String], _ command: [String] = ["check"]) throws -> ProgramRun.Result {
            try check(samba.tlsURI, administrator + options, command: command, password: PrivateSamba.administrator.password)
        }
        let (plain, asked) = (try run([]), try run(["--show-deleted", "-v"]))
        // Before it is known whether the server takes the control, it is not sent.
        for line in asked.errors.split(separator: "\n") where line.hasPrefix("Searching: ") {
            #expect(line.contains(" -E 1.2.840.113556.1.4.417 ") != line.contains(" -b '' "), "\(line)")
        }
        #expect(plain.status == 0 && !plain.output.contains("deleted "), "\(plain.output)\(plain.errors)")
        #expect(asked.status == 0 && asked.output.contains("  deleted      1 "), "\(asked.output)\(asked.errors)")
        #expect(asked.output.contains("  mailboxes    \(PrivateSamba.mailboxes - 1)\n") && !asked.output.contains("no deleted entry"))

        // To whom they do not show, nothing is said to be so.
        let reader = try check(samba.tlsURI, account(PrivateSamba.reader.name) + ["--show-deleted"])
        #expect(reader.status == 0 && reader.output.contains("no deleted entry showed"), "\(reader.output)\(reader.errors)")

        let found = try samba.search(
            "-E", "1.2.840.113556.1.4.417", "-b", "CN=Deleted Objects,DC=larkspur,DC=example", "(objectClass=user)", "cn")
        let tombstone = try #require(found.split(separator: "\n").first { $0.hasPrefix("dn: ") }.map { String($0.dropFirst(4)) })
        let raw = try run(["--show-deleted"], ["raw", tombstone])
        #expect(raw.status == 0 && raw.output.hasPrefix(tombstone) && raw.output.contains("isDeleted"), "\(raw.output)\(raw.errors)")
        #expect(try run([], ["raw", tombstone]).status == 66)
    }

    @Test("A server that has no control for deleted entries is not asked for them")
    func noDeleted() throws {
        let slapd = try PrivateSlapd(SlapdConfiguration(content: "dn: o=Test\nobjectClass: organization\no: Test\n"))
        let run = try ProgramRun.run(["check", "--directory", slapd.uri, "--profile", "inetorgperson", "--show-deleted"])
        expectRefusal(run, status: 78, saying: ["1.2.840.113556.1.4.417", "Leave out --show-deleted"], showsServer: true)
    }

    @Test("A wrong password or name is refused, and the message says how a name is written")
    func wrong() throws {
        for (name, password) in [(PrivateSamba.reader.name, "wrong-donkey"), ("nobody@LARKSPUR.EXAMPLE", Self.password)] {
            let run = try check(PrivateSamba.shared().tlsURI, account(name), password: password)
            expectRefusal(
                run, status: 77, saying: ["as '\(name)'", "invalidCredentials (49)", "data 52e", "Check --bind-name", "USER@DOMAIN"],
                secrets: [Self.password, "wrong-donkey"])
        }
    }

    @Test("An account that may not log in is said to be disabled, expired, or waiting for a new password")
    func barred() throws {
        let samba = try PrivateSamba()
        let name = PrivateSamba.disabledName
        let disabled = try check(samba.tlsURI, account(name))
        expectRefusal(disabled, status: 77, saying: ["as '\(name)'", "data 533", "The account is disabled"], secrets: [Self.password])
        #expect(!disabled.errors.contains("Check --bind-name"), "\(disabled.errors)")
        for (attribute, value, words) in [
            ("pwdLastSet", "0", ["data 773", "The password must be changed"]),
            ("accountExpires", "1", ["data 701", "The account has expired"]),
        ] {
            try samba.modify(
                "dn: CN=reader,CN=Users,DC=larkspur,DC=example\nchangetype: modify\nreplace: \(attribute)\n\(attribute): \(value)\n")
            let run = try check(samba.tlsURI, account(PrivateSamba.reader.name))
            expectRefusal(run, status: 77, saying: words, secrets: [Self.password])
        }
    }

    @Test("Without a login there is nothing to read")
    func anonymous() throws {
        let run = try check(PrivateSamba.shared().tlsURI, [])
        expectRefusal(
            run, status: 77, saying: ["operationsError (1)", "without authentication", "Log in with --bind-name"], showsServer: true)
        #expect(run.output.contains("\n  account      anonymous\n") && run.output.contains("DC=larkspur,DC=example"), "\(run.output)")
    }

    @Test("GSSAPI with a keytab encrypts a plain connection")
    func kerberos() throws {
        let samba = try PrivateSamba.shared()
        let run = try check(samba.uri, ["--login", "gssapi", "--keytab", samba.readerKeytab], environment: samba.environment)
        expectDomain(run, protection: "plain TCP, encrypted by SASL (256 bits)", account: "reader@LARKSPUR.EXAMPLE (GSSAPI)")
    }

    @Test("GSSAPI within TLS works where the server takes it, and where it does not, the way without TLS is shown")
    func kerberosInTLS() throws {
        for options in [[], ["--start-tls"]] {
            let (strict, lenient) = (try PrivateSamba.shared(), try Self.lenient.get())
            func run(_ samba: PrivateSamba) throws -> ProgramRun.Result {
                let uri = options.isEmpty ? samba.tlsURI : samba.uri
                return try check(uri, options + ["--login", "gssapi", "--keytab", samba.readerKeytab], environment: samba.environment)
            }
            expectDomain(try run(lenient), protection: "TLS1.3", account: "reader@LARKSPUR.EXAMPLE (GSSAPI)")
            let refused = try run(strict)
            expectRefusal(
                refused, status: 77, saying: ["with GSSAPI", "Sign or Seal are required", "ldap:// without --start-tls"],
                secrets: [Self.password])
            #expect(!refused.errors.contains("use ldaps://"), "\(refused.errors)")
        }
    }

    @Test("check reads only what changed, and names Samba's version", arguments: [true, false])
    func snapshot(isAdministrator: Bool) throws {
        let samba = try PrivateSamba.shared()
        let folder = try TemporaryFolder()
        let account = isAdministrator ? PrivateSamba.administrator.name : PrivateSamba.reader.name
        func check() throws -> ProgramRun.Result {
            try ProgramRun.run(
                [
                    "check", "--directory", samba.tlsURI, "--ca-file", TestPKI.shared().authorityFile, "--bind-name", account, "--snapshot",
                    "kept",
                ],
                environment: ["LDAP_RECONCILE_PASSWORD": isAdministrator ? PrivateSamba.administrator.password : Self.password],
                directory: folder.path)
        }
        let (first, second) = (try check(), try check())
        #expect(first.output.contains("\n  in full      there is no snapshot"), "\(first.output)\(first.errors)")
        #expect(second.output.contains("\n  changes      0 new, 0 changed, 0 gone since"), "\(second.output)\(second.errors)")
        #expect(second.output.contains("product      Active Directory, Samba Team (https://www.samba.org) 4."), "\(second.output)")
        #expect(second.output.contains("Windows Server 2008 R2\n"))
    }

    @Test("raw finds an account by its name, which is its Directory Name where it has no other")
    func rawByName() throws {
        let run = try ProgramRun.run(
            [
                "raw", "Administrator", "--directory", PrivateSamba.shared().tlsURI, "--ca-file", TestPKI.shared().authorityFile,
                "--bind-name", PrivateSamba.reader.name,
            ],
            environment: ["LDAP_RECONCILE_PASSWORD": Self.password])
        #expect(run.status == 0 && run.output.contains("CN=Administrator,CN=Users,DC=larkspur,DC=example"), "\(run.output)\(run.errors)")
    }

    @Test("What Active Directory makes up is shown by raw --operational, which asks for it by name, security descriptors included")
    func operational() throws {
        let samba = try PrivateSamba.shared()
        func raw(_ more: String...) throws -> ProgramRun.Result {
            let directory = ["--directory", samba.tlsURI, "--ca-file", try TestPKI.shared().authorityFile]
            return try ProgramRun.run(
                ["raw", "CN=reader,CN=Users,DC=larkspur,DC=example"] + directory + ["--bind-name", PrivateSamba.reader.name] + more,
                environment: ["LDAP_RECONCILE_PASSWORD": Self.password])
        }
        let (plain, whole) = (try raw(), try raw("--operational"))
        for (name, value) in [
            ("canonicalName", "larkspur.example/Users/reader"), ("createTimeStamp", "Z"), ("modifyTimeStamp", "Z"),
            ("structuralObjectClass", "user"), ("nTSecurityDescriptor", "owner S-1-5-21-"), ("msDS-User-Account-Control-Computed", "0"),
        ] {
            #expect(!plain.output.contains("  \(name) "), "\(plain.output)")
            let lines = whole.output.split(separator: "\n").filter { $0.hasPrefix("  \(name) ") }
            #expect(lines.contains { $0.contains(value) }, "\(name) in \(whole.errors)\(whole.output)")
        }
        let line = try #require(try raw("--operational", "-v").errors.split(separator: "\n").last { $0.contains("Searching: ") })
        let words = String(try #require(line.split(separator: "Searching: ").last)).replacing(" -W ", with: " -w '\(Self.password)' ")
        let again = try ProgramRun.run(["-c", words], executable: "/bin/sh")
        #expect(again.status == 0 && again.output.contains("nTSecurityDescriptor:: "), "\(words)\(again.errors)\(again.output)")
    }

    @Test("SCRAM-SHA-256, which Active Directory does not have, is said not to be offered")
    func scram() throws {
        let run = try check(PrivateSamba.shared().uri, ["--login", "scram-sha-256"] + account("reader"))
        expectRefusal(run, status: 77, saying: ["SCRAM-SHA-256", "the server does not take it"], secrets: [Self.password])
    }
}
