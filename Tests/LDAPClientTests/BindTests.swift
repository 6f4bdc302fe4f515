import LDAPClient
import TestSupport
import Testing

@Suite("Logging in")
struct BindTests {
    static let slapd = Result { try PrivateSlapd(SlapdConfiguration(content: people(3))) }

    @Test("with name and password shows what the account may see")
    func right() throws {
        var configuration = SlapdConfiguration(content: people(3))
        configuration.database.access = [
            "to attrs=userPassword by anonymous auth by * none", "to attrs=entry,children by users read by * none",
            "to * by users read by * none",
        ]
        let slapd = try PrivateSlapd(configuration)
        let connection = try connect(slapd.uri)
        try expectError(.noSuchObject, saying: "--base", "--bind-name") { () throws(LDAPError) in
            _ = try connection.names(SearchRequest(base: "o=Test"))
        }
        try connection.logIn(.simple(name: "cn=p1,o=Test", password: Secret("pass-p1")))
        let nowhere = try expectError(.noSuchObject, saying: "--base") { () throws(LDAPError) in
            _ = try connection.names(SearchRequest(base: "ou=x,o=Test"))
        }
        #expect(!nowhere.advice.contains("--bind-name"))
        #expect(try connection.names(SearchRequest(base: "o=Test", filter: "(sn=person)")).count == 3)
        #expect(connection.protection == "plain text, integrity not protected")
    }

    @Test(
        "with a wrong name or password is refused, and the password is in no message",
        arguments: [
            ("cn=p1,o=Test", "wrong-word"), ("cn=p1,o=Test", "pass-p1 "), ("cn=nobody,o=Test", "pass-p1"), ("cn=p1,o=Test", "pass-P1"),
        ])
    func wrong(_ name: String, _ password: String) throws {
        let connection = try connect(Self.slapd.get().uri)
        let error = try expectError(.invalidCredentials, saying: name, "invalidCredentials (49)", "--bind-name") { () throws(LDAPError) in
            try connection.bind(name: name, password: Secret(password))
        }
        #expect(!"\(error)".contains(password))
        #expect(!String(reflecting: error).contains(password))
    }

    @Test(
        "to Active Directory with an account that is let in no more says why",
        arguments: [
            ("530", "time of day"), ("531", "this machine"), ("532", "password has expired"), ("533", "disabled"),
            ("701", "The account has expired"),
            ("773", "must be changed"), ("775", "locked"), ("52e", "Check --bind-name"), ("525", "Check --bind-name"),
            ("", "Check --bind-name"),
        ])
    func barred(_ data: String, _ words: String) throws {
        // Windows's own text; Samba gives some of the numbers only.
        let text = "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data \(data), v3839"
        let server = try StubServer { _ in [.bind(code: 49, text: text)] }
        let connection = try connect(server.uri)
        try expectError(.invalidCredentials, saying: "invalidCredentials (49), \(text).", words) { () throws(LDAPError) in
            try connection.bind(name: "mig@larkspur.example", password: Secret("x"))
        }
    }

    @Test("is what Windows asks for when somebody who has not logged in reads")
    func neededByWindows() throws {
        let text =
            "000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed on the connection., data 0, v4563"
        let server = try StubServer { _ in [.done(code: 1, text: text)] }
        let connection = try connect(server.uri)
        try expectError(.insufficientAccessRights, saying: "operationsError (1)", "Log in with --bind-name") { () throws(LDAPError) in
            _ = try connection.names(SearchRequest(base: "DC=larkspur,DC=example"))
        }
    }

    @Test("with a name that is no DN is refused by the server")
    func noName() throws {
        let connection = try connect(Self.slapd.get().uri)
        try expectError(.invalidDNSyntax, saying: "'mig'") { () throws(LDAPError) in
            try connection.bind(name: "mig", password: Secret("x"))
        }
    }

    @Test("with an empty password sends nothing: servers take it for an anonymous login that succeeds")
    func emptyPassword() throws {
        let proxy = try FaultProxy(to: Self.slapd.get().port)
        let connection = try connect(proxy.uri)
        try expectError(.emptyPassword, saying: "the password is empty", "--bind-name") { () throws(LDAPError) in
            try connection.bind(name: "cn=p1,o=Test", password: Secret(""))
        }
        #expect(proxy.bytesToServer == 0)
        #expect(Secret("").isEmpty)
        #expect(!Secret("\0").isEmpty)
    }

    @Test("with an empty name, or one that C would cut short, sends nothing", arguments: ["", "cn=p1,o=Test\u{0},o=Elsewhere"])
    func emptyName(_ name: String) throws {
        let proxy = try FaultProxy(to: Self.slapd.get().port)
        let connection = try connect(proxy.uri)
        try expectError(.badSetting, saying: "the bind name") { () throws(LDAPError) in
            try connection.bind(name: name, password: Secret("pass-p1"))
        }
        #expect(proxy.bytesToServer == 0)
    }

    @Test("takes a password of any bytes to its end")
    func bytes() throws {
        let server = try StubDirectory.people(1).serve()
        try connect(server.uri).bind(name: "cn=me", password: Secret("pä\u{0}ss"))
        guard case .bind("cn=me", "pä\u{0}ss") = try #require(server.requests.first).operation else {
            Issue.record("\(server.requests)")
            return
        }
    }

    @Test("takes Exchange's names of user and domain as they are", arguments: [Exchange55View.readerName, Exchange55View.adminName])
    func exchange(_ name: String) throws {
        let view = try Exchange55View(SamplePeople.make(30))
        let connection = try connect(view.slapd.uri)
        try connection.bind(name: name, password: Secret(Exchange55View.password))
        let hidden = try connection.names(SearchRequest(base: view.slapd.suffix, filter: "(Hide-From-Address-Book=TRUE)"))
        #expect(hidden.isEmpty == (name == Exchange55View.readerName), "only the administrator's view shows hidden mailboxes")
        try expectError(.invalidCredentials, saying: "cn=USER,cn=DOMAIN") { () throws(LDAPError) in
            try connection.bind(name: name, password: Secret("wrong"))
        }
    }

    @Test(
        "is refused by a server that wants something else first, with what that is",
        arguments: [
            ("cn=strongauth", LDAPError.Code.strongerAuthRequired, "--start-tls"),
            ("cn=confidential", .confidentialityRequired, "--start-tls"),
            ("cn=expired", .invalidCredentials, "data 532"), ("cn=busy", .busy, "Try again later"), ("cn=odd", .server(99), "(99)"),
            ("cn=drop", .connectionLost, "try again"),
        ])
    func refused(_ name: String, _ code: LDAPError.Code, _ words: String) throws {
        var configuration = SlapdConfiguration(content: people(1))
        configuration.modules = ["retcode"]
        configuration.database.lines = [
            "overlay retcode", #"retcode-parent "ou=RetCodes,o=Test""#, #"retcode-item "cn=strongauth" 8 op=bind text="no""#,
            #"retcode-item "cn=confidential" 13 op=bind text="no""#,
            #"retcode-item "cn=expired" 49 op=bind text="80090308: LdapErr: DSID-0C090334, data 532, vece""#,
            #"retcode-item "cn=busy" 51 op=bind"#, #"retcode-item "cn=odd" 99 op=bind text="no""#,
            #"retcode-item "cn=drop" 0 op=bind flags=pre-disconnect"#,
        ]
        let slapd = try PrivateSlapd(configuration)
        let connection = try connect(slapd.uri)
        try expectError(code, saying: words) { () throws(LDAPError) in
            try connection.bind(name: "\(name),ou=RetCodes,o=Test", password: Secret("pa55word"))
        }
    }

    @Test("is what the server asks for where it lets nobody in without")
    func anonymous() throws {
        var configuration = SlapdConfiguration(content: people(1))
        configuration.lines = ["require authc"]
        let slapd = try PrivateSlapd(configuration)
        let connection = try connect(slapd.uri)
        try expectError(.unwillingToPerform, saying: "authentication required") { () throws(LDAPError) in
            _ = try connection.names(SearchRequest(base: "o=Test"))
        }
    }

    @Test("is not done by an answer of another kind", arguments: [UInt8(0x65), 0x64, 0x7e])
    func otherAnswer(_ tag: UInt8) throws {
        let server = try StubServer { _ in [.message(tag: tag, content: [0x0a, 1, 0, 4, 0, 4, 0])] }
        let connection = try connect(server.uri)
        try expectError(.protocolViolation, saying: "logging in") { () throws(LDAPError) in
            try connection.bind(name: "cn=me", password: Secret("x"))
        }
    }
}
