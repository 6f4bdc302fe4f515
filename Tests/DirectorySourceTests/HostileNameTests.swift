import DirectorySource
import Foundation
import LDAPClient
import Records
import TestSupport
import Testing

@Suite("Names made to break what reads them")
struct HostileNameTests {
    /// 300 of them in every test run, and as many as `LDAP_RECONCILE_NAMES` says in a campaign.
    static let names = HostileNames.make(HostileNames.wanted ?? 300)
    static let slapd = Result { try PrivateSlapd(HostileNames.configuration(names)) }

    private func directory() throws -> LiveDirectory {
        try .at(Self.slapd.get().uri, base: "o=Test", profile: .profile(Shipped.profile("inetorgperson")))
    }

    @Test("come as they are")
    func read() throws {
        let snapshot = try directory().read { _ in }
        #expect(snapshot.recipients.count == Self.names.count)
        #expect(Set(snapshot.recipients.map(\.alias)) == Set(Self.names))
        #expect(Set(snapshot.recipients.map(\.displayName)) == Set(Self.names))
        #expect(
            Set(snapshot.recipients.map { DistinguishedName($0.dn).normalized })
                == Set(Self.names.map { DistinguishedName(HostileNames.dn(of: $0)).normalized }))
    }

    @Test("find their own entry and no other, as a name and as a DN")
    func lookUp() throws {
        let directory = try directory()
        for name in Self.names {
            let found = try directory.rawEntries(named: name).map(\.dn)
            #expect(
                found.map { DistinguishedName($0).normalized } == [DistinguishedName(HostileNames.dn(of: name)).normalized],
                "\(name.debugDescription.prefix(200))")
        }
        let dns = Self.names.map(HostileNames.dn)
        let again = try directory.recipients(at: dns)
        for (name, dn) in zip(Self.names, dns) { #expect(again[dn]?.alias == name, "\(name.debugDescription.prefix(200))") }
    }
}
