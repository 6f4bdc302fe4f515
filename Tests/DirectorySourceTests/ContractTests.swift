import DirectorySource
import LDAPClient
import Records
import TestSupport
import Testing

extension LiveDirectory {
    /// A directory on a server, with limits short enough for tests.
    static func at(
        _ uri: String, login: Login = .anonymous, base: String? = nil, profile: ProfileChoice, pageSize: PageSize = .whereOffered(50),
        connections: Int = 1, verifies: Bool = false, followed: [String] = [],
        caFile: String? = nil, response: Duration = .seconds(2)
    ) throws -> LiveDirectory {
        let limits = TimeLimits(connect: response, response: response, total: .seconds(20))
        let settings = ConnectionSettings(address: try ServerAddress(uri), tls: TLSSettings(caFile: caFile), limits: limits)
        return LiveDirectory(
            connection: settings, login: login, base: base, profile: profile,
            options: ReadingOptions(
                pageSize: pageSize, connections: connections, verifies: verifies, followedServers: followed.compactMap(ReferredServer.init))
        )
    }
}

/// The shipped profiles.
enum Shipped {
    static func profile(_ name: String) throws -> DirectoryProfile { try #require(try ProfileReader.shipped(name)) }
    static func all() throws -> [DirectoryProfile] { try ProfileReader.shippedNames.map(profile) }
    static func automatic() throws -> ProfileChoice { .automatic(try all()) }
}

/// A way to get at the sample people.
enum Way: String, CaseIterable, Sendable {
    case exchangePaged, exchangeAdministrator, exchangeLDIF, activeDirectory, activeDirectoryUnpaged, activeDirectoryLDIF, inetOrgPerson
    case inetOrgPersonTLS, inetOrgPersonLDIF, inetOrgPersonVerified
    /// A real Active Directory domain: simple login over ldaps, and a Kerberos ticket that encrypts a plain connection.
    case sambaTLS, sambaKerberos
    /// 389 Directory Server, where the run is to include it.
    case server389, server389TLS

    static let allCases: [Way] =
        [
            .exchangePaged, .exchangeAdministrator, .exchangeLDIF, .activeDirectory, .activeDirectoryUnpaged, .activeDirectoryLDIF,
            .inetOrgPerson, .inetOrgPersonTLS, .inetOrgPersonLDIF, .inetOrgPersonVerified, .sambaTLS, .sambaKerberos,
        ] + (Private389.isWanted ? [.server389, .server389TLS] : [])

    static let people = PrivateSamba.people

    var form: DirectoryForm {
        switch self {
        case .exchangePaged, .exchangeAdministrator, .exchangeLDIF: .exchange55
        case .activeDirectory, .activeDirectoryUnpaged, .activeDirectoryLDIF, .sambaTLS, .sambaKerberos: .activeDirectory
        case .inetOrgPerson, .inetOrgPersonTLS, .inetOrgPersonLDIF, .inetOrgPersonVerified, .server389, .server389TLS: .inetOrgPerson
        }
    }
    var profileName: String {
        switch form {
        case .exchange55: "exchange55"
        case .activeDirectory: "active-directory"
        case .inetOrgPerson: "inetorgperson"
        }
    }
    /// Where the people are. A domain has other entries too.
    var base: String {
        switch self {
        case .sambaTLS, .sambaKerberos: PrivateSamba.peopleBase
        default: form.suffix
        }
    }
    var pageSize: PageSize {
        switch self {
        case .exchangePaged: .always(20)
        case .activeDirectoryUnpaged, .inetOrgPersonTLS: .never
        default: .whereOffered(7)
        }
    }

    /// What a reader of this way should make of the people.
    var expected: [Recipient] {
        let all = form.recipients(of: Self.people)
        return self == .exchangePaged ? all.filter { !$0.isHidden } : all
    }

    private static let servers: [DirectoryForm: Result<PrivateSlapd, any Error>] = Dictionary(
        uniqueKeysWithValues: DirectoryForm.allCases.map { form in
            (
                form,
                Result {
                    var configuration = form.configuration(people)
                    configuration.certificate = .good
                    return try PrivateSlapd(configuration)
                }
            )
        })
    private static let private389 = Result { try Private389(people) }
    private static let folder = Result { try TemporaryFolder() }

    static func server(_ form: DirectoryForm) throws -> PrivateSlapd { try #require(servers[form]).get() }

    /// The directory, read by `profile` or the one that fits.
    func directory(_ profile: ProfileChoice? = nil) throws -> any DirectorySource {
        let profile = try profile ?? .profile(Shipped.profile(profileName))
        switch self {
        case .exchangeLDIF, .activeDirectoryLDIF, .inetOrgPersonLDIF:
            let path = try Self.folder.get().write(form.ldif(Self.people), to: rawValue + ".ldif")
            return LDIFDirectory(path: path, base: form.suffix, profile: profile)
        case .exchangePaged, .exchangeAdministrator:
            let name = self == .exchangePaged ? Exchange55View.readerName : Exchange55View.adminName
            let login = Login.simple(name: name, password: Secret(Exchange55View.password.utf8))
            return try LiveDirectory.at(Self.server(form).uri, login: login, base: form.suffix, profile: profile, pageSize: pageSize)
        case .inetOrgPersonTLS:
            let authority = try TestPKI.shared().authorityFile
            return try LiveDirectory.at(Self.server(form).tlsURI, profile: profile, pageSize: pageSize, caFile: authority)
        case .inetOrgPersonVerified:
            return try LiveDirectory.at(
                Self.server(form).uri, profile: profile, pageSize: pageSize, connections: 3, verifies: true)
        case .activeDirectory, .activeDirectoryUnpaged, .inetOrgPerson:
            return try LiveDirectory.at(Self.server(form).uri, profile: profile, pageSize: pageSize)
        case .sambaTLS: return try PrivateSamba.shared().directory(base: base, profile: profile, pageSize: pageSize)
        case .server389, .server389TLS:
            let server = try Self.private389.get()
            let login = Login.simple(name: Private389.reader.name, password: Secret(Private389.reader.password.utf8))
            return try LiveDirectory.at(
                self == .server389 ? server.uri : server.tlsURI, login: login, base: base, profile: profile, pageSize: pageSize,
                caFile: self == .server389 ? nil : TestPKI.shared().authorityFile, response: .seconds(10))
        case .sambaKerberos:
            _ = try Self.kerberos.get()
            return try LiveDirectory.at(
                PrivateSamba.shared().uri, login: .kerberos, base: base, profile: profile, pageSize: pageSize, response: .seconds(10))
        }
    }

    /// This process has the tickets of Samba's `reader`, from its keytab.
    private static let kerberos = Result {
        let samba = try PrivateSamba.shared()
        samba.becomeKerberosRealmOfProcess()
        Kerberos.use(keytab: samba.readerKeytab)
    }
}

extension PrivateSamba {
    /// The domain or a part of it as an account without rights of its own sees it, over ldaps.
    func directory(
        base: String? = nil, profile: ProfileChoice, pageSize: PageSize = .whereOffered(50),
        account: (name: String, password: String) = PrivateSamba.reader
    ) throws -> LiveDirectory {
        let login = Login.simple(name: account.name, password: Secret(account.password.utf8))
        return try .at(
            tlsURI, login: login, base: base, profile: profile, pageSize: pageSize, caFile: TestPKI.shared().authorityFile,
            response: .seconds(10))
    }
}

/// In one order, with DNs in one spelling and without the ids that each server makes up.
func comparable(_ recipients: [Recipient]) -> [Recipient] {
    recipients.map { recipient in
        Recipient(
            dn: DistinguishedName(recipient.dn).normalized, kind: recipient.kind, directoryName: recipient.directoryName,
            alias: recipient.alias, displayName: recipient.displayName, givenName: recipient.givenName, surname: recipient.surname,
            initials: recipient.initials, addresses: recipient.addresses.sorted { $0.description < $1.description },
            department: recipient.department, homeServer: recipient.homeServer, key: recipient.key, isHidden: recipient.isHidden,
            isDeleted: recipient.isDeleted)
    }.sorted { $0.dn < $1.dn }
}

@Suite("Every source of the same people")
struct ContractTests {
    @Test("gives the same recipients, and a proof that counts them", arguments: Way.allCases)
    func read(_ way: Way) throws {
        var entries: Int?
        var handedOn: [Recipient] = []
        let snapshot = try way.directory().read { event in
            switch event {
            case .described: #expect(entries == nil, "described after a beginning")
            case .begins: (entries, handedOn) = (0, [])
            case .came(let count, let recipients):
                #expect(entries.map { $0 <= count } == true, "entries before a beginning")
                entries = count
                handedOn += recipients
            }
        }
        let (found, expected) = (comparable(snapshot.recipients), comparable(way.expected))
        #expect(found.count == expected.count)
        for (one, other) in zip(found, expected) where one != other { #expect(one == other) }
        let counts = Dictionary(grouping: expected, by: \.kind).mapValues(\.count)
        #expect(snapshot.proof.recipients == counts)
        #expect(snapshot.proof.entries >= expected.count)
        #expect(entries == snapshot.proof.entries)
        #expect(handedOn == snapshot.recipients)
        // Without the administrator's view Exchange 5.5 shows no hidden mailbox (KB Q185475).
        #expect(snapshot.proof.provesAbsence == (way != .exchangePaged), "\(snapshot.proof.gaps)")
        #expect(snapshot.proof.gaps.allSatisfy { $0.contains(",cn=admin") })
        #expect(snapshot.proof.profile == way.profileName)
        #expect(snapshot.proof.profileEvidence == "named by the settings")
        #expect(snapshot.proof.base.equalsWithoutCase(way.base))
        #expect(snapshot.proof.references == [])
    }

    @Test("reads every entry again by its DN, however it is spelled", arguments: Way.allCases)
    func again(_ way: Way) throws {
        let expected = Array(comparable(way.expected).prefix(5))
        let dns = way.expected.map(\.dn).sorted { DistinguishedName($0).normalized < DistinguishedName($1).normalized }.prefix(5)
        let spelled = dns.map { $0.uppercased().replacing(",", with: " , ").replacing("\\ ,", with: "\\,") }
        let gone = "cn=NOBODY,\(way.form.suffix)"
        let found = try way.directory().recipients(at: dns + spelled + [gone])
        for (dn, person) in zip(dns, expected) { #expect(found[dn].map { comparable([$0]) } == [person]) }
        for (dn, person) in zip(spelled, expected) { #expect(found[dn].map { comparable([$0]) } == [person], "\(dn)") }
        #expect(found[gone] == nil)
        #expect(found.count == Set(dns + spelled).count)
        #expect(try way.directory().recipients(at: []) == [:])
        #expect(try way.directory().recipients(at: [way.form.suffix]) == [:], "the organisation is no recipient")
    }

    @Test("finds one entry by each of its names", arguments: Way.allCases)
    func raw(_ way: Way) throws {
        let directory = try way.directory()
        let person = try #require(way.expected.first { $0.kind == .mailbox && !$0.isHidden })
        var names = [person.dn, person.alias, person.alias.uppercased(), person.directoryName]
        for address in person.addresses { names += ["\(address)", "\(address.type.lowercased()):\(address.value)", address.value] }
        for name in names {
            let found = try directory.rawEntries(named: name)
            #expect(found.map { DistinguishedName($0.dn).normalized } == [DistinguishedName(person.dn).normalized], "\(name)")
        }
        let sameName = way.expected.filter { $0.displayName.equalsWithoutCase(person.displayName) }.count
        #expect(try directory.rawEntries(named: person.displayName).count == sameName)
        let attributes = try #require(try directory.rawEntries(named: person.alias).first).attributes
        #expect(attributes.contains { $0.name.lowercased() == "sn" && $0.shown == [person.surname] })
    }

    @Test("finds nothing by a hostile name, and nothing by one that a container has", arguments: Way.allCases)
    func hostile(_ way: Way) throws {
        let directory = try way.directory()
        for name in [
            "*", ")(uid=*", "*)(objectClass=*", "\\", "\\2a", "", " ", "Recipients", "People", "cn=*", "cn=NOBODY,\(way.form.suffix)", "$",
            ":", "a\u{0}b",
        ] {
            #expect(try directory.rawEntries(named: name).map(\.dn) == [], "\(name)")
        }
    }

    @Test("is recognised by `auto`, which says why", arguments: Way.allCases)
    func automatic(_ way: Way) throws {
        let snapshot = try way.directory(Shipped.automatic()).read { _ in }
        #expect(snapshot.proof.profile == way.profileName)
        let signature = try #require(try Shipped.profile(way.profileName).signature)
        #expect(snapshot.proof.profileEvidence.hasSuffix(signature), "\(snapshot.proof.profileEvidence)")
        #expect(comparable(snapshot.recipients) == comparable(way.expected))
    }

    @Test("says what it is", arguments: Way.allCases)
    func description(_ way: Way) throws {
        let read = try way.directory().describedRead { _ in }
        let description = read.description
        #expect(description.namingContexts.contains { $0.equalsWithoutCase(way.form.suffix) })
        #expect(description.source.hasPrefix("ldap") || description.source.hasPrefix("ldif:"))
        let proof = read.snapshot.proof
        #expect((description.source, description.protection) == (proof.source, proof.protection))
    }
}
