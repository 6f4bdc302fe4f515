import Foundation
import LDAPClient
import Records
import TestSupport
import Testing

@testable import DirectorySource

/// A real server whose changes are told in one of the ways that there are.
enum ChangeWay: String, CaseIterable, Sendable {
    /// slapd with syncprov: it remembers nothing, or the last 5,000 changes, or the last 7, or finds them in its access log.
    case syncWithoutLog, syncWithLog, syncWithShortLog, syncWithAccessLog
    /// slapd without syncprov, which shows `entryCSN`; or `modifyTimestamp` alone; or no id besides.
    case entryCSN, modifyTimestamp, namesOnly
    /// A real Active Directory domain: to an administrator by DirSync, to others by `uSNChanged`.
    case sambaAdministrator, sambaReader
    /// 389 Directory Server, where the run is to include it.
    case server389

    static let allCases: [ChangeWay] =
        [
            .syncWithoutLog, .syncWithLog, .syncWithShortLog, .syncWithAccessLog, .entryCSN, .modifyTimestamp, .namesOnly,
            .sambaAdministrator, .sambaReader,
        ] + (Private389.isWanted ? [.server389] : [])

    /// What the proof says of it.
    var words: String {
        switch self {
        case .syncWithoutLog, .syncWithLog, .syncWithShortLog, .syncWithAccessLog, .server389: "content synchronization (RFC 4533)"
        case .entryCSN: "comparing entryCSN of all entries"
        case .modifyTimestamp, .namesOnly: "comparing modifyTimestamp of all entries"
        case .sambaAdministrator: "DirSync"
        case .sambaReader: "comparing uSNChanged of all entries"
        }
    }

    var isSlapd: Bool {
        switch self {
        case .sambaAdministrator, .sambaReader, .server389: false
        default: true
        }
    }
}

/// A server of a way, with the people on it.
struct ChangingServer {
    let way: ChangeWay
    private let slapd: PrivateSlapd?
    private let samba: PrivateSamba?
    private let server389: Private389?
    private(set) var people: ChangingPeople

    init(_ way: ChangeWay, count: Int = 60, seed: UInt64 = 1) throws {
        self.way = way
        slapd = way.isSlapd ? try PrivateSlapd(Self.configuration(way)) : nil
        samba = way == .sambaAdministrator || way == .sambaReader ? try PrivateSamba() : nil
        server389 = way == .server389 ? try Private389([]) : nil
        let top =
            switch way {
            case .sambaAdministrator, .sambaReader: "OU=Sync,\(DirectoryForm.activeDirectory.suffix)"
            case .server389: "ou=people,\(DirectoryForm.inetOrgPerson.suffix)"
            default: "ou=Sync,o=Test"
            }
        people = ChangingPeople(samba == nil ? .inetOrgPerson : .activeDirectory, top: top, seed: seed)
        if way.isSlapd { try modify("dn: o=Test\nchangetype: add\nobjectClass: organization\no: Test\n") }
        if way != .server389 { try modify("dn: \(top)\nchangetype: add\nobjectClass: organizationalUnit\nou: Sync\n") }
        try modify(people.beginning(count))
    }

    private static func configuration(_ way: ChangeWay) -> SlapdConfiguration {
        var configuration = SlapdConfiguration()
        configuration.database.indexes = ["objectClass,entryCSN,entryUUID eq"]
        let hides = { (names: String) in ["to attrs=\(names) by dn.exact=\"cn=root,o=Test\" manage by * none", "to * by * read"] }
        switch way {
        case .syncWithoutLog, .syncWithLog, .syncWithShortLog:
            configuration.modules = ["syncprov"]
            let log = way == .syncWithLog ? ["syncprov-sessionlog 5000"] : way == .syncWithShortLog ? ["syncprov-sessionlog 7"] : []
            configuration.database.lines = ["overlay syncprov"] + log
        case .syncWithAccessLog:
            configuration.modules = ["syncprov", "accesslog"]
            configuration.lines = [
                "database mdb", "suffix cn=log", "rootdn cn=log", "maxsize 104857600", "directory $T", "dbnosync",
                "index entryCSN,objectClass,reqStart,reqEntryUUID,reqDN eq", "overlay syncprov", "syncprov-nopresent TRUE",
                "syncprov-reloadhint TRUE",
            ]
            configuration.database.lines = [
                "overlay syncprov", "syncprov-sessionlog-source cn=log", "overlay accesslog", "logdb cn=log", "logops writes",
                "logsuccess TRUE", "logpurge 1+00:00 1+00:00",
            ]
        case .modifyTimestamp: configuration.database.access = hides("entryCSN")
        case .namesOnly: configuration.database.access = hides("entryCSN,entryUUID")
        default: break
        }
        return configuration
    }

    func modify(_ ldif: String) throws {
        if ldif.isEmpty { return }
        try slapd?.modify(ldif)
        try samba?.modify(ldif)
        try server389?.modify(ldif)
    }

    /// One round of changes.
    mutating func change(_ number: Int, changes: Int = 25) throws { try modify(people.round(number, changes: changes)) }

    func restart() throws {
        slapd?.stop()
        try slapd?.start()
    }

    func kill() throws {
        slapd?.kill()
        try slapd?.start()
    }

    /// The directory as the client sees it, through `uri` or directly. Who is `out` does not fit its filter.
    func directory(through uri: String? = nil, verifies: Bool = false, filter: String = "(!(description=out))") throws -> LiveDirectory {
        var profile = try Shipped.profile(samba == nil ? "inetorgperson" : "active-directory")
        profile.filter = "(&\(profile.filter)\(filter))"
        if samba == nil { profile.hidden = ["employeeType"] }
        var login = Login.anonymous
        if samba != nil {
            let account = way == .sambaReader ? PrivateSamba.reader : PrivateSamba.administrator
            login = .simple(name: account.name, password: Secret(account.password.utf8))
        }
        if server389 != nil {
            login = .simple(name: Private389.reader.name, password: Secret(Private389.reader.password.utf8))
        }
        return try LiveDirectory.at(
            uri ?? slapd?.uri ?? samba?.tlsURI ?? server389?.uri ?? "", login: login, base: people.top, profile: .profile(profile),
            verifies: verifies, caFile: samba == nil ? nil : TestPKI.shared().authorityFile, response: .seconds(10))
    }

    var port: Int { slapd?.port ?? 0 }
}

extension LiveDirectory {
    func read(since basis: TrackedSnapshot?, now: String = "2026-11-26T12:00:00Z") throws -> TrackedRead {
        try read(since: basis, now: now) { _ in }
    }
}

/// Holds a read that went on from another one to a fresh one: the same recipients, and the same proof but for how it was read.
func expectSame(_ read: DirectorySnapshot, asIn directory: LiveDirectory, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let fresh = try directory.read { _ in }
    let (own, other) = (read.recipients.sorted { $0.dn < $1.dn }, fresh.recipients.sorted { $0.dn < $1.dn })
    for (left, right) in zip(own, other) where left != right {
        Issue.record("\(left) for \(right)", sourceLocation: sourceLocation)
        return
    }
    #expect(own.count == other.count, sourceLocation: sourceLocation)
    let (proof, expected) = (read.proof, fresh.proof)
    #expect(proof.entries == expected.entries && proof.recipients == expected.recipients, sourceLocation: sourceLocation)
    #expect(proof.gaps == expected.gaps && proof.references == expected.references, sourceLocation: sourceLocation)
    #expect(proof.unseenAttributes == expected.unseenAttributes && proof.remarks == expected.remarks, sourceLocation: sourceLocation)
    #expect(
        proof.filter == expected.filter && proof.base == expected.base && proof.profile == expected.profile, sourceLocation: sourceLocation)
}

@Suite("Reading what changed")
struct ChangeContractTests {
    @Test("gives what a fresh read gives, whatever changed, round after round", arguments: ChangeWay.allCases)
    func contract(_ way: ChangeWay) throws {
        var server = try ChangingServer(way)
        var kept = try #require(try server.directory().read(since: nil).kept)
        #expect(kept.snapshot.proof.changes == nil)
        for round in 0..<8 {
            try server.change(round, changes: round == 7 ? 1 : 25)
            // Through the file, as between two runs.
            let basis = try SnapshotFile.snapshot(in: SnapshotFile.bytes(of: kept))
            let read = try server.directory().read(since: basis)
            let changes = try #require(read.snapshot.proof.changes, "\(read.snapshot.proof.fullReadReason ?? "")")
            #expect(changes.method == way.words)
            #expect(!read.isUnchanged && changes.added + changes.changed + changes.removed > 0)
            try expectSame(read.snapshot, asIn: server.directory())
            kept = try #require(read.kept)
        }
        let again = try server.directory().read(since: kept)
        #expect(again.snapshot.recipients == kept.snapshot.recipients)
        let changes = try #require(again.snapshot.proof.changes)
        #expect((changes.added, changes.changed, changes.removed) == (0, 0, 0))
    }

    @Test(
        "goes on after a restart of the server, and after it was killed",
        arguments: [ChangeWay.syncWithoutLog, .syncWithLog, .syncWithAccessLog, .entryCSN])
    func restarts(_ way: ChangeWay) throws {
        var server = try ChangingServer(way)
        var kept = try #require(try server.directory().read(since: nil).kept)
        for round in 0..<3 {
            try server.change(round)
            if round == 1 { try server.restart() }
            if round == 2 { try server.kill() }
            let read = try server.directory().read(since: kept)
            try expectSame(read.snapshot, asIn: server.directory())
            kept = try #require(read.kept)
        }
    }

    @Test("starts over where the server went back in time, until the next change")
    func backInTime() throws {
        var server = try ChangingServer(.syncWithLog)
        try server.restart()
        try server.modify(
            "dn: cn=last,ou=C0,\(server.people.top)\nchangetype: add\nobjectClass: inetOrgPerson\ncn: last\nsn: x\nuid: last\n")
        try server.modify("dn: cn=last,ou=C0,\(server.people.top)\nchangetype: delete\n")
        let kept = try #require(try server.directory().read(since: nil).kept)
        try server.kill()
        let read = try server.directory().read(since: kept)
        #expect(read.snapshot.proof.changes == nil)
        #expect(try #require(read.snapshot.proof.fullReadReason).contains("newer than provider"))
        try expectSame(read.snapshot, asIn: server.directory())
        try server.change(0)
        let newer: TrackedSnapshot = try #require(read.kept)
        let next = try server.directory().read(since: newer)
        #expect(next.snapshot.proof.changes != nil)
        try expectSame(next.snapshot, asIn: server.directory())
    }

    @Test("starts over with another server, base, filter, account or attribute, and says which it was")
    func otherPlaces() throws {
        let (server, other) = (try ChangingServer(.syncWithLog), try ChangingServer(.syncWithLog, seed: 2))
        let kept = try #require(try server.directory().read(since: nil).kept)
        func reason(_ directory: LiveDirectory) throws -> String {
            let read = try directory.read(since: kept)
            try expectSame(read.snapshot, asIn: directory)
            #expect(read.snapshot.proof.changes == nil && read.kept != nil)
            return try #require(read.snapshot.proof.fullReadReason)
        }
        #expect(try reason(other.directory()).contains("it was read from ldap://127.0.0.1:\(server.port)"))
        #expect(try reason(server.directory(filter: "(sn=*)")).contains("another profile, filter"))
        let profile = try Shipped.profile("inetorgperson")
        #expect(try reason(.at("ldap://127.0.0.1:\(server.port)", base: "o=Test", profile: .profile(profile))).contains("another profile"))
        #expect(
            try reason(.at("ldap://127.0.0.1:\(server.port)", base: "o=Test", profile: Shipped.automatic())).contains("another profile"))
    }

    @Test("starts over with a cookie that is damaged, or of another server with the same name")
    func badCookies() throws {
        var other = try ChangingServer(.syncWithoutLog, seed: 2)
        let server = try ChangingServer(.syncWithLog)
        var kept = try #require(try server.directory().read(since: nil).kept)
        for cookie in ["", "nonsense", "rid=000", "rid=000,csn=x", "rid=000,csn=20990101000000.000000Z#000000#000#000000"] {
            kept.cookie.octets = Array(cookie.utf8)
            let read = try server.directory().read(since: kept)
            #expect(read.snapshot.proof.changes == nil && read.snapshot.proof.fullReadReason?.isEmpty == false, "\(cookie)")
            try expectSame(read.snapshot, asIn: server.directory())
        }
        try other.change(0)
        kept = try #require(try server.directory().read(since: nil).kept)
        kept.cookie.place.server = "ldap://127.0.0.1:\(other.port)"
        let read = try other.directory().read(since: kept)
        #expect(read.snapshot.proof.fullReadReason?.contains("another directory") == true, "\(read.snapshot.proof)")
        try expectSame(read.snapshot, asIn: other.directory())
    }

    @Test("breaks with an error where the connection does, and never gives half of the changes", arguments: [3, 4, 5, 10, 20])
    func broken(_ message: Int) throws {
        var server = try ChangingServer(.syncWithoutLog)
        let proxy = try FaultProxy(to: server.port, scripts: [[], []], otherwise: [Fault(.cut, at: .message(message))])
        let kept = try #require(try server.directory(through: proxy.uri).read(since: nil).kept)
        while proxy.connections < 2 { _ = try server.directory(through: proxy.uri).recipients(at: []) }
        try server.change(0)
        let error = try #require(throws: LDAPError.self) { _ = try server.directory(through: proxy.uri).read(since: kept) }
        #expect(error.code == .connectionLost)
    }

    @Test("compares the names once more where verify-read asks for that")
    func verified() throws {
        var server = try ChangingServer(.syncWithLog)
        var kept = try #require(try server.directory(verifies: true).read(since: nil).kept)
        try server.change(1)
        let read = try server.directory(verifies: true).read(since: kept)
        #expect(read.snapshot.proof.isVerified && read.snapshot.proof.changes != nil)
        try expectSame(read.snapshot, asIn: server.directory())
        kept = try #require(read.kept)
        let lost = try #require(kept.table.ids.first)
        kept.table = try #require(SnapshotChanges.changes(updated: [], removed: [lost]).applied(to: kept.table)).table
        let error = try #require(throws: LDAPError.self) { _ = try server.directory(verifies: true).read(since: kept) }
        #expect(error.code == .unverified)
    }

    @Test("costs less than a kilobyte where nothing changed", arguments: [ChangeWay.syncWithLog, .syncWithoutLog])
    func bytes(_ way: ChangeWay) throws {
        let server = try ChangingServer(way)
        let proxy = try FaultProxy(to: server.port)
        let kept = try #require(try server.directory(through: proxy.uri).read(since: nil).kept)
        let before = bytesPassed(proxy)
        let read = try server.directory(through: proxy.uri).read(since: kept)
        #expect(read.isUnchanged)
        #expect(bytesPassed(proxy) - before < 1024)
    }

    /// How many bytes have gone through, when no more come: the wire counts them after it has handed them on.
    private func bytesPassed(_ proxy: FaultProxy) -> Int {
        var bytes = -1
        while bytes != proxy.bytesToClient + proxy.bytesToServer {
            bytes = proxy.bytesToClient + proxy.bytesToServer
            usleep(100_000)
        }
        return bytes
    }
}
