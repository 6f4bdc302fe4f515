import LDAPClient
import Records
import TestSupport
import Testing

@testable import DirectorySource

/// What no server here can be brought to say of its changes.
@Suite("Servers that tell of changes oddly")
struct ChangeStubTests {
    /// A person whose id is 16 letters.
    private static func person(_ name: String, _ more: [(String, [String])] = []) -> StubEntry {
        StubEntry(
            "cn=\(name),o=Test",
            [("objectClass", ["inetOrgPerson"]), ("sn", [name]), ("uid", [name]), ("objectGUID", [Self.id(name)]), ("uSNChanged", ["7"])]
                + more)
    }

    private static func id(_ name: String) -> String { name + String(repeating: ".", count: 16 - name.count) }

    /// A server of three people, of whom `new` are sent when they are asked for by their ids. `changes` answers what asks for changes.
    private func server(
        controls: [String], new: [StubEntry], attributes: [(String, [String])] = [("highestCommittedUSN", ["7"])],
        _ changes: @escaping @Sendable (StubRequest) -> [StubReply]
    ) throws -> StubServer {
        try StubServer { request in
            guard let search = request.search else { return [.bind(code: 0)] }
            if request.directorySyncCookie != nil || request.syncCookie != nil { return changes(request) }
            if search.scope == 0, search.base.isEmpty {
                return [
                    .entry(StubEntry("", [("namingContexts", ["o=Test"]), ("supportedControl", controls)] + attributes)), .done(code: 0),
                ]
            }
            if search.scope == 0 { return [.done(code: 0)] }
            if new.isEmpty || !search.filter.contains(Array("objectGUID".utf8)) {
                return ["a", "b", "c"].map { .entry(Self.person($0)) } + [.done(code: 0)]
            }
            return new.filter { search.filter.contains(Array(Self.id(String($0.dn.dropFirst(3).prefix { $0 != "," })).utf8)) }.map {
                .entry($0)
            }
                + [.done(code: 0)]
        }
    }

    private func directory(_ server: StubServer) throws -> LiveDirectory {
        var profile = try Shipped.profile("inetorgperson")
        profile.id = ["objectGUID"]
        return try .at(server.uri, profile: .profile(profile), pageSize: .never)
    }

    // MARK: - DirSync

    private static let dirSync = "1.2.840.113556.1.4.841"
    private static func changed(_ name: String) -> StubReply {
        .entry(StubEntry("cn=\(name),o=Test", [("objectGUID", [id(name)]), ("sn", ["x"])]))
    }

    @Test("DirSync that comes in several answers is read to its end")
    func more() throws {
        let new = ["a", "b", "c"].map { Self.person($0, [("givenName", ["New"])]) }
        let server = try server(controls: [Self.dirSync], new: new) { request in
            switch request.directorySyncCookie {
            case "": [.directorySyncDone(cookie: "begin", isMore: true)]
            case "begin": [.directorySyncDone(cookie: "first", isMore: false)]
            case "first": [Self.changed("a"), .directorySyncDone(cookie: "second", isMore: true)]
            case "second": [.directorySyncDone(cookie: "third", isMore: true)]
            case "third": [Self.changed("c"), .directorySyncDone(cookie: "last", isMore: false)]
            default: [.done(code: 53)]
            }
        }
        let kept = try #require(try directory(server).read(since: nil).kept)
        let read = try directory(server).read(since: kept)
        #expect(read.snapshot.recipients.map(\.givenName) == ["New", "", "New"])
        #expect(read.snapshot.proof.changes?.changed == 2)
        #expect(read.kept.map { String(decoding: $0.cookie.octets, as: UTF8.self) } == "last")
    }

    @Test("DirSync that never ends, or whose cookie is refused, is a reason to read everything")
    func endless() throws {
        let answers: [([StubReply], String)] = [
            ([.directorySyncDone(cookie: "first", isMore: true)], "do not end"), ([.done(code: 12, text: "bad cookie")], "bad cookie"),
            ([.done(code: 50, text: "no rights")], "no rights"), ([.extended(code: 12, text: "unknown control")], "unknown control"),
            ([.done(code: 0)], "does not say how far"),
        ]
        for (answer, words) in answers {
            let server = try server(controls: [Self.dirSync], new: []) { request in
                request.directorySyncCookie == "" ? [.directorySyncDone(cookie: "first", isMore: false)] : answer
            }
            let kept = try #require(try directory(server).read(since: nil).kept)
            let read = try directory(server).read(since: kept)
            #expect(read.snapshot.recipients.count == 3 && read.snapshot.proof.changes == nil)
            #expect(read.snapshot.proof.fullReadReason?.contains(words) == true, "\(words): \(read.snapshot.proof.fullReadReason ?? "")")
        }
    }

    @Test("An account that may not use DirSync has the numbers of changes compared", arguments: [12, 50, 53])
    func refused(_ code: Int) throws {
        let server = try server(controls: [Self.dirSync], new: []) { _ in [.extended(code: code)] }
        let kept = try #require(try directory(server).read(since: nil).kept)
        #expect(kept.cookie.method == .comparison && kept.cookie.tracking == Tracking(identity: "objectGUID", stamp: "uSNChanged"))
    }

    // MARK: - RFC 4533

    @Test("A server that names what is gone and says that it did not loses nothing else")
    func server389() throws {
        let new = [Self.person("a", [("givenName", ["New"])])]
        let server = try syncServer(
            new: new, [.syncIDs([Array(Self.syncID("b"))], areDeleted: true), .syncDone(cookie: "second", namedDeletions: false)])
        let kept = try #require(try syncDirectory(server).read(since: nil).kept)
        #expect(kept.cookie.method == .contentSyncIDs)
        let read = try syncDirectory(server).read(since: kept)
        // All three come when names are compared, for b may be a container; b itself is asked for, and does not come.
        #expect(read.snapshot.proof.changes?.removed == 1, "\(read.snapshot.proof)")
        #expect(read.snapshot.recipients.map(\.alias) == ["a", "c"])
    }

    @Test("What cannot be read of a server's changes is an error, and what nobody asked for is passed over")
    func nonsense() throws {
        let broken: [StubReply] = [
            .syncInfo([0xA3, 0x03, 0x31, 0x01, 0x04]), .syncInfo([0x99]), .entry(Self.person("a")),
            .controlled(tag: 0x65, content: [0x0A, 1, 0, 4, 0, 4, 0], controls: [("1.3.6.1.4.1.4203.1.9.1.3", [0x30, 0x05, 0x04])]),
            .message(tag: 0x7E, content: []),
        ]
        for reply in broken {
            let server = try syncServer(new: [], [reply, .syncDone(cookie: "second", namedDeletions: true)])
            let kept = try #require(try syncDirectory(server).read(since: nil).kept)
            let error = try #require(throws: LDAPError.self) { _ = try syncDirectory(server).read(since: kept) }
            // libldap itself gives the connection up at a message of no known kind.
            #expect([.protocolViolation, .connectionLost].contains(error.code), "\(reply) \(error)")
        }
        let server = try syncServer(
            new: [], [.syncInfo([1, 2, 3], oid: "1.2.3.4"), .syncInfo([0x80, 1, 65]), .syncDone(cookie: "first", namedDeletions: true)])
        let kept = try #require(try syncDirectory(server).read(since: nil).kept)
        #expect(try syncDirectory(server).read(since: kept).isUnchanged)
    }

    @Test("Codes that mean a refused cookie are reasons to read everything, and a busy server is an error")
    func codes() throws {
        for code in [2, 3, 4, 11, 12, 50, 53, 4096] {
            let server = try syncServer(new: [], [.done(code: code, text: "because")])
            let kept = try #require(try syncDirectory(server).read(since: nil).kept)
            let read = try syncDirectory(server).read(since: kept)
            #expect(read.snapshot.recipients.count == 3 && read.snapshot.proof.fullReadReason?.contains("because") == true, "\(code)")
        }
        for code in [51, 52] {
            let server = try syncServer(new: [], [.done(code: code)])
            let kept = try #require(try syncDirectory(server).read(since: nil).kept)
            #expect(throws: LDAPError.self) { _ = try syncDirectory(server).read(since: kept) }
        }
    }

    private static func syncID(_ name: String) -> [UInt8] { [UInt8](repeating: name.utf8.first ?? 0, count: 16) }
    private static func syncPerson(_ name: String) -> StubEntry {
        let digits = String(name.utf8.first ?? 0, radix: 16)
        let text = [4, 2, 2, 2, 6].map { String(repeating: digits, count: $0) }.joined(separator: "-")
        return StubEntry("cn=\(name),o=Test", [("objectClass", ["inetOrgPerson"]), ("sn", [name]), ("uid", [name]), ("entryUUID", [text])])
    }

    /// A server without change numbers, which answers the first question for changes with a cookie, and the next as told. When asked for ids
    /// or names, b is gone.
    private func syncServer(new: [StubEntry], _ answer: [StubReply]) throws -> StubServer {
        try StubServer { request in
            guard let search = request.search else { return [.bind(code: 0)] }
            if let cookie = request.syncCookie { return cookie.isEmpty ? [.syncDone(cookie: "first", namedDeletions: false)] : answer }
            if search.scope == 0, search.base.isEmpty {
                return [
                    .entry(StubEntry("", [("namingContexts", ["o=Test"]), ("supportedControl", ["1.3.6.1.4.1.4203.1.9.1.1"])])),
                    .done(code: 0),
                ]
            }
            if search.scope == 0 { return [.done(code: 0)] }
            let asksByID = search.filter.contains(Array("entryUUID".utf8))
            if asksByID { return [.done(code: 0)] }
            return (search.attributes == ["entryUUID"] ? ["a", "c"] : ["a", "b", "c"]).map { .entry(Self.syncPerson($0)) } + [
                .done(code: 0)
            ]
        }
    }

    private func syncDirectory(_ server: StubServer) throws -> LiveDirectory {
        try .at(server.uri, profile: .profile(Shipped.profile("inetorgperson")), pageSize: .never)
    }

    // MARK: - Comparison

    @Test("Exchange 5.5 that shows USN-Changed is asked for entries with another number, by their DNs")
    func numbers() throws {
        func person(_ name: String, _ number: String, _ given: String = "") -> StubEntry {
            StubEntry(
                "cn=\(name),cn=Recipients,o=Test",
                [
                    ("objectClass", ["organizationalPerson"]), ("rdn", [name]), ("uid", [name]), ("givenName", [given]),
                    ("USN-Changed", [number]),
                ])
        }
        let (a, b, c) = (person("a", "1"), person("b", "2"), person("c", "3"))
        let (newB, d) = (person("b", "5", "New"), person("d", "6"))
        let server = try StubServer { request in
            guard let search = request.search else { return [.bind(code: 0)] }
            let people = request.connection == 1 ? [a, b, c] : [a, newB, d]
            if search.scope == 0, search.base.isEmpty {
                return [.entry(StubEntry("", [("namingContexts", ["o=Test"])])), .done(code: 0)]
            }
            if search.scope == 0 {
                let found = people.filter { $0.dn == search.base }
                return found.isEmpty ? [.done(code: 32)] : found.map { .entry($0) } + [.done(code: 0)]
            }
            return people.map { .entry($0) } + [.done(code: 0)]
        }
        let directory = try LiveDirectory.at(server.uri, profile: .profile(Shipped.profile("exchange55")), pageSize: .never)
        let kept = try #require(try directory.read(since: nil).kept)
        #expect(kept.cookie.tracking == Tracking(identity: nil, stamp: "USN-Changed"))
        let before = server.requests.count
        let read = try directory.read(since: kept)
        #expect(read.snapshot.recipients.map(\.alias) == ["a", "b", "d"] && read.snapshot.recipients.map(\.givenName) == ["", "New", ""])
        let changes = try #require(read.snapshot.proof.changes)
        #expect((changes.added, changes.changed, changes.removed) == (1, 1, 1))
        let asked = Set(server.requests.dropFirst(before).compactMap(\.search).filter { $0.base.hasPrefix("cn=") }.map(\.base))
        #expect(asked == [newB.dn, d.dn])
    }
}
