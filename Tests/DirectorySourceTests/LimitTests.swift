import DirectorySource
import LDAPClient
import Records
import TestSupport
import Testing

/// A server that gives 2,000 entries at once and no more, as 389 Directory Server does by default.
enum LimitedServer: CaseIterable, Sendable {
    case openLDAP
    /// Where the run is to include it.
    case server389

    static let allCases: [LimitedServer] = [.openLDAP] + (Private389.isWanted ? [.server389] : [])
    static let people = SamplePeople.make(2500)

    private static let slapd = Result {
        var configuration = DirectoryForm.inetOrgPerson.configuration(people)
        configuration.database.limits = ["* size.soft=2000 size.hard=2000 size.pr=2000 size.prtotal=unlimited"]
        return try PrivateSlapd(configuration)
    }
    private static let private389 = Result { try Private389(people) }

    func directory(_ pageSize: PageSize) throws -> LiveDirectory {
        let profile = ProfileChoice.profile(try Shipped.profile("inetorgperson"))
        switch self {
        case .openLDAP: return try .at(Self.slapd.get().uri, profile: profile, pageSize: pageSize, response: .seconds(10))
        case .server389:
            let login = Login.simple(name: Private389.reader.name, password: Secret(Private389.reader.password.utf8))
            return try .at(Self.private389.get().uri, login: login, profile: profile, pageSize: pageSize, response: .seconds(10))
        }
    }
}

@Suite("A server that gives 2,000 entries at once")
struct LimitTests {
    @Test("is read whole in pages, also where larger pages were tried in vain", arguments: LimitedServer.allCases)
    func pages(_ server: LimitedServer) throws {
        let expected = comparable(DirectoryForm.inetOrgPerson.recipients(of: LimitedServer.people))
        for pageSize in [PageSize.whereOffered(1000), .always(500), .always(1999)] {
            let snapshot = try server.directory(pageSize).read { _ in }
            #expect(comparable(snapshot.recipients) == expected, "\(pageSize)")
            #expect(snapshot.proof.provesAbsence)
            let ids = Set(snapshot.recipients.map(\.id))
            #expect(ids.count == expected.count && !ids.contains(""))
        }
    }

    @Test("is not taken to have no more than it gave", arguments: LimitedServer.allCases)
    func incomplete(_ server: LimitedServer) throws {
        // 389 Directory Server takes a page of 2,000 for too large as well.
        for pageSize in [PageSize.never, .always(2001)] {
            let error = try #require(throws: LDAPError.self, "\(pageSize)") { _ = try server.directory(pageSize).read { _ in } }
            #expect([.sizeLimitExceeded, .adminLimitExceeded].contains(error.code), "\(error)")
            // Pages without a size of our own are what helps against either.
            #expect(error.advice.contains(pageSize == .never ? "(--page-size auto)" : "leave --page-size at auto"), "\(error)")
        }
    }
}
