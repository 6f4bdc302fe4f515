import DirectorySource
import Foundation
import LDAPClient
import Records
import TestSupport
import Testing

@Suite("A live directory")
struct LiveDirectoryTests {
    static let people = SamplePeople.make(60)
    static let slapd = Result { try PrivateSlapd(DirectoryForm.inetOrgPerson.configuration(people)) }

    private func profile() throws -> ProfileChoice { .profile(try Shipped.profile("inetorgperson")) }

    @Test("proves what was read, from whom, as whom, and how")
    func proof() throws {
        let slapd = try Self.slapd.get()
        let login = Login.simple(name: slapd.rootName, password: Secret(PrivateSlapd.rootPassword.utf8))
        let proof = try LiveDirectory.at(slapd.uri, login: login, profile: profile(), pageSize: .always(20)).read { _ in }.proof
        #expect(proof.source == slapd.uri)
        #expect(proof.product == "OpenLDAP")
        #expect(proof.boundAs == slapd.rootName)
        #expect(proof.protection == "plain text, integrity not protected")
        #expect((proof.pageSize, proof.pages) == (20, (proof.entries + 19) / 20))
        #expect(proof.filter == (try Shipped.profile("inetorgperson").filter))
        let unpaged = try LiveDirectory.at(slapd.localURI, profile: profile(), pageSize: .never).read { _ in }.proof
        #expect((unpaged.pageSize, unpaged.pages, unpaged.protection, unpaged.boundAs) == (nil, 1, "local socket", ""))
        #expect(unpaged.entries == proof.entries)
    }

    @Test("with a wrong password, an unknown base, or nothing to see is an error")
    func refused() throws {
        let slapd = try Self.slapd.get()
        let wrong = Login.simple(name: slapd.rootName, password: Secret("wrong".utf8))
        let errors: [(LDAPError.Code, LiveDirectory)] = [
            (.invalidCredentials, try .at(slapd.uri, login: wrong, profile: profile())),
            (.noSuchObject, try .at(slapd.uri, base: "o=Nowhere", profile: profile())),
            (.noSuchObject, try .at(slapd.uri, base: "o=Nowhere", profile: Shipped.automatic())),
            (.badSetting, try .at(slapd.uri, profile: .automatic([Shipped.profile("exchange55")]))),
        ]
        for (code, directory) in errors {
            let error = try #require(throws: LDAPError.self) { _ = try directory.read { _ in } }
            #expect(error.code == code, "\(error)")
            #expect(!error.advice.isEmpty)
        }
    }

    @Test("with several naming contexts wants to be told which; settings of its own do not count")
    func contexts() throws {
        let text = "dn: o=%\nobjectClass: organization\no: %\n"
        let databases = ["A", "B"].map { SlapdConfiguration.Database(suffix: "o=\($0)", content: [.text(text.replacing("%", with: $0))]) }
        let two = try PrivateSlapd(SlapdConfiguration(databases: databases))
        let error = try #require(throws: LDAPError.self) { _ = try LiveDirectory.at(two.uri, profile: profile()).read { _ in } }
        #expect(error.code == .badSetting)
        #expect("\(error)".contains("o=A; o=B") && error.advice.contains("--base"))
        var one = StubDirectory.people(3)
        one.rootAttributes = [("namingContexts", ["cn=Monitor", "cn=config", ""])]
        let server = try one.serve()
        #expect(try LiveDirectory.at(server.uri, profile: profile()).read { _ in }.proof.base == "o=Test")
    }

    @Test("whose own log of changes is its first naming context, as 389 Directory Server's may be, is read where the people are")
    func changeLog() throws {
        var stub = StubDirectory.people(3)
        stub.rootAttributes = [
            ("namingContexts", ["cn=changelog"]), ("defaultNamingContext", ["cn=changelog"]), ("changeLog", ["cn=changelog"]),
        ]
        let server = try stub.serve()
        #expect(try LiveDirectory.at(server.uri, profile: profile()).read { _ in }.proof.base == "o=Test")
    }

    @Test("that refers to another server, or hides the aliases, leaves a gap")
    func gaps() throws {
        var configuration = DirectoryForm.inetOrgPerson.configuration(Self.people)
        configuration.database.content.append(
            .text(
                "dn: ou=x,o=Larkspur\nobjectClass: referral\nobjectClass: extensibleObject\nou: x\nref: ldap://192.0.2.1/ou=x,o=Larkspur\n")
        )
        configuration.database.access = ["to attrs=uid by * none", "to * by * read"]
        let slapd = try PrivateSlapd(configuration)
        let proof = try LiveDirectory.at(slapd.uri, profile: profile()).read { _ in }.proof
        #expect(proof.references == ["ldap://192.0.2.1/ou=x,o=Larkspur??sub"])
        #expect(proof.gaps.count == 2, "\(proof.gaps)")
        #expect(proof.gaps.contains { $0.contains("the alias (uid) is absent on every one of") })
        #expect(proof.gaps.contains { $0.contains("on other servers not read: ldap://192.0.2.1/") })
        #expect(!proof.provesAbsence)
    }

    @Test("refers from a domain to the partitions that hold nobody: no gap")
    func partitions() throws {
        let server = try StubServer { request in
            guard let search = request.search else { return [.bind(code: 0)] }
            guard search.scope == 2 else {
                return [
                    .entry(StubEntry("", [("defaultNamingContext", ["DC=x"]), ("supportedCapabilities", ["1.2.840.113556.1.4.800"])])),
                    .done(code: 0),
                ]
            }
            let person = StubEntry("CN=a,DC=x", [("objectClass", ["user"]), ("mailNickname", ["a"]), ("mail", ["a@b"])])
            let places = ["DC=ForestDnsZones,DC=x", "DC=DomainDnsZones,DC=x", "CN=Configuration,DC=x"]
            return [.entry(person)] + places.map { .reference(["ldap://x/\($0)"]) } + [.done(code: 0)]
        }
        let proof = try LiveDirectory.at(server.uri, profile: .profile(Shipped.profile("active-directory"))).read { _ in }.proof
        #expect((proof.product, proof.base, proof.references.count) == ("Active Directory", "DC=x", 3))
        #expect(proof.provesAbsence, "\(proof.gaps)")
    }
}

@Suite("A read that does not run to its end gives no snapshot")
struct IncompleteReadTests {
    private func profile() throws -> ProfileChoice { .profile(try Shipped.profile("inetorgperson")) }

    @Test("Limits of the server", arguments: [PageSize.never, .always(10), .whereOffered(10)])
    func limits(_ pageSize: PageSize) throws {
        var configuration = DirectoryForm.inetOrgPerson.configuration(LiveDirectoryTests.people)
        configuration.database.limits = ["* size.soft=20 size.hard=20 size.prtotal=30"]
        let slapd = try PrivateSlapd(configuration)
        let error = try #require(throws: LDAPError.self) {
            _ = try LiveDirectory.at(slapd.uri, profile: profile(), pageSize: pageSize).read { _ in }
        }
        #expect(error.code == .sizeLimitExceeded, "\(error)")
    }

    @Test("A connection that is cut in the middle, with every profile choice", arguments: [Fault.Action.cut, .reset, .stall])
    func cut(_ action: Fault.Action) throws {
        for place in [2, 3, 4, 10, 40] {
            let proxy = try FaultProxy(to: LiveDirectoryTests.slapd.get().port, otherwise: [Fault(action, at: .message(place))])
            let error = try #require(throws: LDAPError.self) {
                _ = try LiveDirectory.at(proxy.uri, profile: Shipped.automatic(), pageSize: .never).read { _ in }
            }
            #expect([.connectionLost, .timedOut].contains(error.code), "\(error)")
            if case .stall = action { break }  // two seconds each
        }
    }

    @Test("A server that is killed in the middle")
    func killed() throws {
        let slapd = try PrivateSlapd(DirectoryForm.inetOrgPerson.configuration(SamplePeople.make(3000)))
        let directory = try LiveDirectory.at(slapd.uri, profile: profile(), pageSize: .always(100))
        let error = try #require(throws: LDAPError.self) {
            _ = try directory.read { if case .came(1000, _) = $0 { slapd.kill() } }
        }
        #expect(error.code == .connectionLost)
    }

    @Test(
        "A server that does what none should",
        arguments: [
            StubDirectory.Oddity.sizeLimit(15), .endlessPages, .emptyPages, .refusesPaging, .unknownMessage(after: 5),
            .endlessMessage(after: 5),
            .hangsUp(after: 5), .fails(code: 51, text: "", after: 5), .fails(code: 10, text: "", after: 5),
            .fails(code: 3, text: "", after: 39),
        ])
    func odd(_ oddity: StubDirectory.Oddity) throws {
        let server = try StubDirectory.people(40, oddity: oddity).serve()
        #expect(throws: LDAPError.self) { _ = try LiveDirectory.at(server.uri, profile: profile(), pageSize: .always(10)).read { _ in } }
    }

    @Test("A server that refuses large pages is read from the start in pages that do not grow, and no entry counts twice")
    func largePagesRefused() throws {
        let server = try StubDirectory.people(45, oddity: .refusesLargePages(15)).serve()
        let snapshot = try LiveDirectory.at(server.uri, profile: profile(), pageSize: .whereOffered(10)).read { _ in }
        #expect((snapshot.recipients.count, snapshot.proof.entries, snapshot.proof.pageSize, snapshot.proof.pages) == (45, 45, 10, 5))
        let told = try #require(throws: LDAPError.self) {
            _ = try LiveDirectory.at(server.uri, profile: profile(), pageSize: .always(20)).read { _ in }
        }
        #expect(told.code == .sizeLimitExceeded)
    }

    @Test("A limit over all pages is an error however large they are")
    func limitOverAllPages() throws {
        let server = try StubDirectory.people(45, oddity: .sizeLimit(25)).serve()
        let error = try #require(throws: LDAPError.self) {
            _ = try LiveDirectory.at(server.uri, profile: profile(), pageSize: .whereOffered(10)).read { _ in }
        }
        #expect(error.code == .sizeLimitExceeded)
    }

    @Test("Reading entries again: a server that fails is an error, not an entry that is gone")
    func again() throws {
        let failing = try StubServer { request in
            guard let search = request.search else { return [.bind(code: 0)] }
            return search.base.isEmpty ? [.entry(StubEntry("", [("namingContexts", ["o=Test"])])), .done(code: 0)] : [.done(code: 51)]
        }
        let directory = try LiveDirectory.at(failing.uri, profile: profile())
        let busy = try #require(throws: LDAPError.self) { _ = try directory.recipients(at: ["cn=p1,o=Test"]) }
        #expect(busy.code == .busy)
        #expect(throws: LDAPError.self) { _ = try directory.rawEntries(named: "cn=p1,o=Test") }
        #expect(throws: LDAPError.self) { _ = try directory.rawEntries(named: "p1") }
    }
}
