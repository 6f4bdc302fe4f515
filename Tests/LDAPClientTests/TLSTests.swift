import Foundation
import LDAPClient
import TestSupport
import Testing

/// The two ways to TLS. Both have to hold to the same rules.
enum TLSWay: CaseIterable, Sendable { case ldaps, startTLS }

@Suite("TLS")
struct TLSTests {
    static func server(_ certificate: TestPKI.Certificate) throws -> PrivateSlapd {
        var configuration = SlapdConfiguration(content: people(2))
        configuration.certificate = certificate
        return try PrivateSlapd(configuration)
    }
    static let good = Result { try server(.good) }

    private func open(
        _ slapd: PrivateSlapd, _ way: TLSWay, host: String = "127.0.0.1", check: CertificateCheck = .required, caFile: String? = nil
    ) throws -> LDAPConnection {
        let caFile = try caFile ?? TestPKI.shared().authorityFile
        switch way {
        case .ldaps: return try connect("ldaps://\(host):\(slapd.tlsPort)", check: check, caFile: caFile)
        case .startTLS: return try connect("ldap://\(host):\(slapd.port)", startTLS: true, check: check, caFile: caFile)
        }
    }

    @Test("stands with a trusted certificate of the right name", arguments: TLSWay.allCases, ["127.0.0.1", "localhost"])
    func good(_ way: TLSWay, _ host: String) throws {
        let connection = try open(Self.good.get(), way, host: host)
        #expect(connection.protection == "TLS1.3")
        #expect(try connection.names(SearchRequest(base: "o=Test")).count == 3)
    }

    @Test("carries an entry of any size: one over 16 KB comes in several TLS records", arguments: TLSWay.allCases)
    func largeEntries(_ way: TLSWay) throws {
        let sizes = Array(stride(from: 15_000, through: 60_000, by: 3_000))
        let entries = sizes.map {
            "dn: cn=\($0),o=Test\nobjectClass: person\ncn: \($0)\nsn: x\ndescription: \(String(repeating: "x", count: $0))\n\n"
        }
        var configuration = SlapdConfiguration(content: people(0) + entries.joined())
        configuration.certificate = .good
        let slapd = try PrivateSlapd(configuration)
        let connection = try open(slapd, way)
        for size in sizes {
            let request = SearchRequest(base: "cn=\(size),o=Test", scope: .base, attributes: ["description"])
            let values = try connection.entries(request).values.first
            #expect(values == ["description: \(String(repeating: "x", count: size))"], "\(size)")
        }
    }

    @Test("says nothing readable before it stands", arguments: TLSWay.allCases)
    func nothingBefore(_ way: TLSWay) throws {
        let slapd = try Self.good.get()
        let proxy = try FaultProxy(to: way == .ldaps ? slapd.tlsPort : slapd.port, otherwise: [Fault(.cut, at: .byte(20))])
        let opened = Outcome { () throws(LDAPError) in
            let file: String? = "/etc/ssl/certs/ca-certificates.crt"
            let connection = try connect(
                way == .ldaps ? proxy.tlsURI : proxy.uri, startTLS: way == .startTLS,
                caFile: file.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil })
            try connection.bind(name: "cn=p1,o=Test", password: Secret("pass-p1"))
        }
        #expect(opened.error?.code == .tlsFailed || opened.error?.code == .cannotConnect || opened.error?.code == .connectionLost)
        // A ClientHello and StartTLS's 31 bytes, but no bind.
        #expect(proxy.bytesToServer < 700)
    }

    @Test(
        "is refused with the reason",
        arguments: [
            (
                TestPKI.Certificate.untrusted, "127.0.0.1", "the certificate's issuer is not trusted (CN=otherca,O=ldap-reconcile test)",
                "--ca-file"
            ),
            (.expired, "127.0.0.1", "the certificate has expired (its last day was 2020-02-01)", "renewed"),
            (.future, "127.0.0.1", "the certificate is not valid yet (its first day is 2045-01-01)", "clock of this machine"),
            (.wrongName, "127.0.0.1", "the certificate is for another name: for elsewhere.example, and not for 127.0.0.1", "--directory"),
            (.nameInSubjectOnly, "127.0.0.1", "the certificate is for another name", "--directory"),
            (.untrusted, "localhost", "the certificate's issuer is not trusted", "--ca-file"),
            (.expired, "localhost", "the certificate has expired (its last day was 2020-02-01)", "renewed"),
            (.future, "localhost", "the certificate is not valid yet (its first day is 2045-01-01)", "clock of this machine"),
            (.wrongName, "localhost", "the certificate is for another name: for elsewhere.example, and not for localhost", "--directory"),
            (.nameInSubjectOnly, "localhost", "and not for localhost", "--directory"),
            (.localhostContradicted, "localhost", "for elsewhere.example, and not for localhost", "--directory"),
            (.localhostBesideMail, "localhost", "the certificate is for another name: not for localhost", "--directory"),
        ])
    func refused(_ certificate: TestPKI.Certificate, _ host: String, _ reason: String, _ words: String) throws {
        let slapd = try Self.server(certificate)
        for way in TLSWay.allCases {
            let error = try #require(throws: LDAPError.self) { _ = try open(slapd, way, host: host) }
            #expect(error.code == .tlsFailed, "\(way): \(error)")
            #expect(error.reason.contains(reason), "\(way): \(error)")
            #expect("\(error)".contains(words), "\(way): \(error)")
            #expect(!"\(error)".contains(".."), "\(error)")
        }
    }

    /// libldap compares this machine's own name for `localhost`, which no certificate need carry.
    @Test("takes localhost for a name like any other", arguments: TLSWay.allCases, [TestPKI.Certificate.middle, .localhostInSubjectOnly])
    func localhost(_ way: TLSWay, _ certificate: TestPKI.Certificate) throws {
        let slapd = try Self.server(certificate)
        for host in ["localhost", "LocalHost"] {
            let connection = try open(slapd, way, host: host)
            #expect(connection.protection == "TLS1.3")
            #expect(try connection.names(SearchRequest(base: "o=Test")).count == 3)
        }
    }

    @Test(
        "takes the subject's name where the certificate has no other names (RFC 6125, section 6.4.4)",
        .enabled(if: TestPKI.namesThisMachine), arguments: TLSWay.allCases)
    func nameInSubject(_ way: TLSWay) throws {
        let name = TestPKI.machineName
        #expect(try open(Self.server(.nameInSubjectOnly), way, host: name).protection == "TLS1.3")
        let error = try #require(throws: LDAPError.self) { _ = try open(Self.server(.nameInSubjectContradicted), way, host: name) }
        #expect(error.reason == "the certificate is for another name: for elsewhere.example, and not for \(name)", "\(error)")
    }

    @Test("is refused when it is the system's authorities that would have to vouch", arguments: TLSWay.allCases)
    func systemAuthorities(_ way: TLSWay) throws {
        let slapd = try Self.good.get()
        let error = try #require(throws: LDAPError.self) {
            _ = try connect(way == .ldaps ? slapd.tlsURI : slapd.uri, startTLS: way == .startTLS)
        }
        #expect(error.code == .tlsFailed, "\(error)")
    }

    @Test("is refused when the authorities' file is missing, a folder, or holds none", arguments: TLSWay.allCases)
    func authoritiesFile(_ way: TLSWay) throws {
        let folder = try TemporaryFolder()
        let missing = try #require(throws: LDAPError.self) { _ = try open(Self.good.get(), way, caFile: folder["no.crt"]) }
        #expect(missing.code == .unreadableFile)
        #expect("\(missing)".contains(folder["no.crt"]) && missing.reason == "No such file or directory")
        let rubbish = try folder.write("not a certificate\n", to: "rubbish.crt")
        for file in [rubbish, folder.path] {
            let error = try #require(throws: LDAPError.self) { _ = try open(Self.good.get(), way, caFile: file) }
            #expect(error.code == (file == rubbish ? .badSetting : .unreadableFile), "\(error)")
            #expect("\(error)".contains("'\(file)'"), "\(error)")
            #expect(error.reason == (file == rubbish ? "it holds no certificate in PEM form" : "Is a directory"))
        }
    }

    @Test("without a check connects to anybody, and says so with the reason", arguments: TLSWay.allCases)
    func unchecked(_ way: TLSWay) throws {
        for certificate in [TestPKI.Certificate.untrusted, .expired, .wrongName] {
            let connection = try open(Self.server(certificate), way, check: .off(reason: "lab"))
            #expect(connection.protection == "TLS1.3, certificate NOT checked: lab")
        }
    }

    @Test("is refused when the server knows only what is too old", arguments: TLSWay.allCases)
    func oldVersion(_ way: TLSWay) throws {
        var configuration = SlapdConfiguration(content: people(1))
        configuration.certificate = .good
        configuration.lines = ["TLSCipherSuite NORMAL:-VERS-ALL:+VERS-TLS1.1:%COMPAT"]
        let slapd = try PrivateSlapd(configuration)
        let error = try #require(throws: LDAPError.self) {
            _ = try open(slapd, way, check: .off(reason: "so that only the version counts"))
        }
        #expect(error.code == .tlsFailed, "\(error)")
        #expect(error.reason == "the server speaks only a version of TLS that is too old (it is to be 1.2 at least)", "\(error)")
    }

    @Test("that wants a client certificate says so, and whether it takes ours", arguments: TLSWay.allCases)
    func clientCertificate(_ way: TLSWay) throws {
        let pki = try TestPKI.shared()
        for (version, lines) in [
            ("1.3", ["TLSVerifyClient demand"]), ("1.2", ["TLSVerifyClient demand", "TLSCipherSuite NORMAL:-VERS-ALL:+VERS-TLS1.2"]),
        ] {
            var configuration = SlapdConfiguration(content: people(1))
            configuration.certificate = .good
            configuration.lines = lines
            let slapd = try PrivateSlapd(configuration)
            func error(_ client: TestPKI.Certificate?) -> LDAPError? {
                Outcome { () throws(LDAPError) in
                    let own = client.map { TLSSettings.ClientCertificate(certificate: pki.certificateFile($0), key: pki.keyFile($0)) }
                    let tls = TLSSettings(caFile: pki.authorityFile, client: own)
                    let connection = try connect(way == .ldaps ? slapd.tlsURI : slapd.uri, startTLS: way == .startTLS, tls: tls)
                    _ = try connection.names(SearchRequest(base: "o=Test"))
                }.error
            }
            #expect(error(.client) == nil, "\(version)")
            // From TLS 1.3 on the client believes itself connected when the server is still to look at its certificate.
            let none = error(nil)
            #expect(
                none.map {
                    "\($0)".contains("the server wants a client certificate")
                        || "\($0)".contains("Does the server want a client certificate?")
                } == true, "\(version): \(none.map { "\($0)" } ?? "")")
            let wrong = error(.untrustedClient)
            #expect(
                wrong.map {
                    "\($0)".contains("the server does not take our client certificate")
                        || "\($0)".contains("Does the server trust the issuer of the client certificate")
                } == true, "\(version): \(wrong.map { "\($0)" } ?? "")")
        }
    }

    @Test("that the server does not offer is not done without")
    func notOffered() throws {
        let slapd = try PrivateSlapd(SlapdConfiguration(content: people(1)))
        try expectError(.tlsFailed, saying: "starting TLS", "the server refuses", "(2)") { () throws(LDAPError) in
            _ = try connect(slapd.uri, startTLS: true)
        }
        let stub = try StubDirectory.people(1).serve()
        try expectError(.tlsFailed, saying: "not here") { () throws(LDAPError) in _ = try connect(stub.uri, startTLS: true) }
    }

    @Test("that the server promises and then does not do is noticed")
    func broken() throws {
        let server = try StubServer { request in
            guard case .extended = request.operation else { return [.close] }
            return [.extended(code: 0), .bytes(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)), .close]
        }
        try expectError(.tlsFailed, saying: "starting TLS", "TLS", "took StartTLS and then went on without") { () throws(LDAPError) in
            _ = try connect(server.uri, startTLS: true)
        }
    }

    @Test("on a port without it, and none on a port with it")
    func wrongPort() throws {
        let slapd = try Self.good.get()
        try expectError(.tlsFailed, saying: "ldaps://127.0.0.1:\(slapd.port)", "without a word of TLS", "--start-tls") {
            () throws(LDAPError) in
            _ = try connect("ldaps://127.0.0.1:\(slapd.port)")
        }
        let plain = Outcome { () throws(LDAPError) in
            _ = try connect("ldap://127.0.0.1:\(slapd.tlsPort)", limits: .short).names(SearchRequest(base: "o=Test"))
        }
        #expect(plain.error.map { [.connectionLost, .timedOut, .protocolViolation].contains($0.code) } == true, "\(plain)")
    }

    @Test("is not needed on a local socket")
    func localSocket() throws {
        let slapd = try Self.good.get()
        let connection = try connect(slapd.localURI)
        #expect(connection.protection == "local socket")
        #expect(try connection.names(SearchRequest(base: "o=Test")).count == 3)
    }
}

@Suite("The machine's own settings for LDAP")
struct EnvironmentTests {
    /// Everything that could turn the checks off, or send the connection elsewhere.
    static let variables = [
        "LDAPTLS_REQCERT": "never", "LDAPTLS_REQSAN": "never", "LDAPREFERRALS": "on", "LDAPURI": "ldap://127.0.0.1:1", "LDAPTIMEOUT": "0",
        "LDAPSIZELIMIT": "1",
    ]

    @Test("change nothing: neither LDAPTLS_… nor an ldaprc at home or in the folder")
    func nothing() async throws {
        let slapd = try TLSTests.server(.untrusted)
        let folder = try TemporaryFolder()
        let text = "TLS_REQCERT never\nTLS_REQSAN never\nSIZELIMIT 1\n"
        for name in [".ldaprc", "ldaprc"] { try folder.write(text, to: name) }
        // The settings do work: OpenLDAP's own client, given them, takes the certificate.
        let client = try ProgramRun.run(
            ["-x", "-H", slapd.tlsURI, "-b", "o=Test", "-s", "base"], executable: "/usr/bin/ldapsearch", environment: ["HOME": folder.path],
            directory: folder.path)
        #expect(client.status == 0, "\(client.errors)")
        let ca = try TestPKI.shared().authorityFile
        // A process of its own: libldap reads its surroundings once.
        await #expect(processExitsWith: .success) {
            [path = folder.path as String, tls = slapd.tlsURI as String, plain = slapd.uri as String, ca = ca as String] in
            for (name, value) in Self.variables { setenv(name, value, 1) }
            setenv("HOME", path, 1)
            setenv("LDAPRC", "ldaprc", 1)
            #expect(FileManager.default.changeCurrentDirectoryPath(path))
            let outcome = Outcome { () throws(LDAPError) in _ = try connect(tls, caFile: ca) }
            #expect(outcome.error?.code == .tlsFailed, "\(outcome)")
            let names = try connect(plain).names(SearchRequest(base: "o=Test"))
            #expect(names.count == 3)
        }
    }
}
