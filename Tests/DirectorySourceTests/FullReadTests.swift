import DirectorySource
import LDAPClient
import Records
import Synchronization
import TestSupport
import Testing

@Suite("Everything is read")
struct FullReadTests {
    private func profile() throws -> ProfileChoice { .profile(try Shipped.profile("inetorgperson")) }

    // MARK: - Values that come in parts

    /// A directory of two people, the second with seven addresses, of which `size` come at a time, as `answer` has it.
    private func ranges(size: Int = 2, _ answer: @escaping @Sendable (_ first: Int) -> StubReply? = { _ in nil }) throws -> StubServer {
        @Sendable func person(_ name: String, _ mail: (String, [String])) -> StubReply {
            .entry(StubEntry("cn=\(name),o=Test", [("objectClass", ["inetOrgPerson"]), ("sn", [name]), ("uid", [name]), mail]))
        }
        @Sendable func part(_ first: Int) -> (String, [String]) {
            let last = min(first + size, 7) - 1
            return ("mail;range=\(first)-\(last == 6 ? "*" : String(last))", (first...last).map { "b\($0)@x" })
        }
        return try StubServer { request in
            guard let search = request.search else { return [.bind(code: 0)] }
            switch (search.scope, search.base) {
            case (0, ""): return [.entry(StubEntry("", [("namingContexts", ["o=Test"])])), .done(code: 0)]
            case (0, "cn=b,o=Test"):
                guard let range = search.attributes.first(where: { $0.hasPrefix("mail;range=") }) else {
                    return [person("b", part(0)), .done(code: 0)]
                }
                let first = Int(range.dropFirst("mail;range=".count).prefix { $0.isNumber }) ?? 0
                if let reply = answer(first) { return [reply, .done(code: 0)] }
                return [.entry(StubEntry("cn=b,o=Test", first < 7 ? [part(first)] : [])), .done(code: 0)]
            case (0, _): return [.done(code: 32)]
            default: return [person("a", ("mail", ["a@x"])), person("b", part(0)), .done(code: 0)]
            }
        }
    }

    @Test("An attribute of which the server sends some values at a time is fetched to its end", arguments: 1...7)
    func completed(_ size: Int) throws {
        let server = try ranges(size: size)
        let directory = try LiveDirectory.at(server.uri, profile: profile())
        let snapshot = try directory.read { _ in }
        #expect(snapshot.recipients.map(\.alias).sorted() == ["a", "b"])
        let person = try #require(snapshot.recipients.first { $0.alias == "b" })
        #expect(person.addresses.map(\.value) == (0..<7).map { "b\($0)@x" })
        #expect((snapshot.proof.entries, snapshot.proof.recipients[.mailbox]) == (2, 2))
        #expect(snapshot.proof.provesAbsence, "\(snapshot.proof.gaps)")
        #expect(try directory.recipients(at: ["cn=b,o=Test"])["cn=b,o=Test"] == person)
        let raw = try #require(try directory.rawEntries(named: "cn=b,o=Test", operational: false).first?.attributes.last)
        #expect(raw.name == "mail" && raw.shown == (0..<7).map { "b\($0)@x" })
    }

    @Test("A server that promises more values of an attribute, and then sends none, gives no snapshot")
    func shorter() throws {
        let server = try ranges(size: 2) { $0 == 4 ? .entry(StubEntry("cn=b,o=Test", [])) : nil }
        let error = try #require(throws: LDAPError.self) { _ = try LiveDirectory.at(server.uri, profile: profile()).read { _ in } }
        #expect(error.code == .protocolViolation)
        #expect("\(error)".contains("'mail' of 'cn=b,o=Test'") && "\(error)".contains("after value 3 nothing more comes"), "\(error)")
        #expect(throws: LDAPError.self) { _ = try LiveDirectory.at(server.uri, profile: profile()).recipients(at: ["cn=b,o=Test"]) }
        #expect(throws: LDAPError.self) { _ = try LiveDirectory.at(server.uri, profile: profile()).rawEntries(named: "cn=b,o=Test") }
    }

    @Test("An attribute that loses values while it is fetched is fetched anew, and is as it is then")
    func shrinks() throws {
        let asked = Mutex(0)
        let server = try ranges(size: 2) { first in
            guard first == 6 else { return nil }
            // The last value goes when it is asked for the first time.
            return asked.withLock { asked in
                asked += 1
                return asked == 1 ? .entry(StubEntry("cn=b,o=Test", [])) : nil
            }
        }
        let snapshot = try LiveDirectory.at(server.uri, profile: profile()).read { _ in }
        #expect(snapshot.recipients.first { $0.alias == "b" }?.addresses.map(\.value) == (0..<7).map { "b\($0)@x" })
        #expect(snapshot.proof.provesAbsence && snapshot.proof.entries == 2)
    }

    @Test("A server that leaves values out between two parts gives no snapshot")
    func hole() throws {
        let server = try ranges(size: 2) { $0 == 2 ? .entry(StubEntry("cn=b,o=Test", [("mail;range=3-*", ["b3@x"])])) : nil }
        let error = try #require(throws: LDAPError.self) { _ = try LiveDirectory.at(server.uri, profile: profile()).read { _ in } }
        #expect(error.code == .protocolViolation)
        #expect("\(error)".contains("'mail' of 'cn=b,o=Test'") && "\(error)".contains("after value 1 comes value 3"))
    }

    // MARK: - Several connections

    /// 120 people in four containers, of which one does not show to anybody, and one person beside the containers.
    private func divided(hidden: String = "ou=S3") throws -> PrivateSlapd {
        func unit(_ dn: String, _ name: String) -> String { "dn: \(dn)\nobjectClass: organizationalUnit\nou: \(name)\n\n" }
        func person(_ name: String, _ above: String) -> String {
            "dn: cn=\(name),\(above)\nobjectClass: inetOrgPerson\ncn: \(name)\nsn: \(name)\nuid: \(name)\nmail: \(name)@x\n\n"
        }
        var ldif = "dn: o=Test\nobjectClass: organization\no: Test\n\n" + person("alone", "o=Test")
        for site in 1...4 {
            ldif += unit("ou=S\(site),o=Test", "S\(site)") + unit("ou=Deep,ou=S\(site),o=Test", "Deep")
            for number in 1...30 {
                ldif += person("p\(site)-\(number)", number % 3 == 0 ? "ou=Deep,ou=S\(site),o=Test" : "ou=S\(site),o=Test")
            }
        }
        var configuration = SlapdConfiguration(content: ldif)
        configuration.database.access = ["to dn.exact=\"\(hidden),o=Test\" by * none", "to * by * read"]
        return try PrivateSlapd(configuration)
    }

    @Test("Over several connections the same comes as over one, also from a container that does not show", arguments: [1, 2, 3, 8])
    func connections(_ count: Int) throws {
        let slapd = try divided()
        var batches: [Recipient] = []
        let snapshot = try LiveDirectory.at(slapd.uri, profile: profile(), pageSize: .whereOffered(10), connections: count).read {
            if case .came(_, let recipients) = $0 { batches += recipients }
        }
        #expect(Set(snapshot.recipients.map(\.dn)).count == 121 && snapshot.recipients.count == 121)
        #expect(snapshot.proof.entries == 121 && snapshot.proof.recipients == [.mailbox: 121])
        // The whole less three containers that show, each of the three: four parts.
        #expect(snapshot.proof.connections == min(count, 4))
        #expect(batches == snapshot.recipients)
    }

    @Test("A server that cannot tell what is below an entry is read over one connection")
    func notDivided() throws {
        let server = try StubDirectory.people(20).serve()
        let snapshot = try LiveDirectory.at(server.uri, profile: profile(), connections: 4).read { _ in }
        #expect((snapshot.recipients.count, snapshot.proof.connections) == (20, 1))
    }

    @Test("One connection of several that breaks leaves no snapshot", arguments: [1, 2, 3], [Fault.Action.cut, .stall])
    func breaks(_ connection: Int, _ action: Fault.Action) throws {
        let slapd = try divided()
        var scripts: [[Fault]] = [[], [], []]
        scripts[connection - 1] = [Fault(action, at: .message(connection == 1 ? 30 : 2))]
        let proxy = try FaultProxy(to: slapd.port, scripts: scripts)
        do {
            let snapshot = try LiveDirectory.at(proxy.uri, profile: profile(), connections: 3).read { _ in }
            // The others may have read everything before the last one came to it.
            #expect(connection > 1 && snapshot.recipients.count == 121)
        } catch let error as LDAPError {
            #expect([.connectionLost, .timedOut].contains(error.code), "\(error)")
        }
        #expect(proxy.connections <= 3)
    }

    // MARK: - A second look

    /// Ten people and what else there is; the first full search loses or doubles one.
    private func unsteady(_ more: [StubReply] = [], _ first: @escaping @Sendable ([StubReply]) -> [StubReply]) throws -> StubServer {
        let people = (0..<10).map {
            StubEntry("cn=p\($0),o=Test", [("objectClass", ["inetOrgPerson"]), ("uid", ["p\($0)"]), ("sn", ["x"])])
        }
        return try StubServer { request in
            guard let search = request.search else { return [.bind(code: 0)] }
            if search.scope == 0 {
                return search.base.isEmpty
                    ? [.entry(StubEntry("", [("namingContexts", ["o=Test"])])), .done(code: 0)] : [.done(code: 0)]
            }
            let all = people.map { StubReply.entry($0) } + more
            return (search.attributes == ["1.1"] ? all : first(all)) + [.done(code: 0)]
        }
    }

    @Test("With verify-read an entry that was lost or doubled is an error; without, a doubled one is a gap, and nothing shows a lost one")
    func verified() throws {
        for change in [{ Array($0.dropFirst()) }, { $0 + [$0[3]] }] as [@Sendable ([StubReply]) -> [StubReply]] {
            let server = try unsteady([], change)
            let unverified = try LiveDirectory.at(server.uri, profile: profile()).read { _ in }
            let isRepeated = unverified.proof.gaps.contains { $0.contains("1 entry came more than once, such as 'cn=p3,o=Test'") }
            #expect(unverified.recipients.count == (isRepeated ? 10 : 9))
            let error = try #require(throws: LDAPError.self) {
                _ = try LiveDirectory.at(server.uri, profile: profile(), verifies: true).read { _ in }
            }
            #expect(error.code == .unverified && "\(error)".contains("such as 'cn=p"))
        }
        let steady = try unsteady { $0 }
        let proof = try LiveDirectory.at(steady.uri, profile: profile(), verifies: true).read { _ in }.proof
        #expect(proof.isVerified && proof.recipients == [.mailbox: 10])
    }

    @Test("With verify-read a lost reference is an error, and so is an entry lost at the server that a reference leads to")
    func verifiedReferences() throws {
        let elsewhere = try unsteady { Array($0.dropFirst()) }
        let reference = "ldap://127.0.0.1:\(elsewhere.port)/o=Test??sub"
        let losing = try unsteady([.reference([reference])]) { Array($0.dropLast()) }
        #expect(try LiveDirectory.at(losing.uri, profile: profile()).read { _ in }.proof.references == [])
        let lost = try #require(throws: LDAPError.self) {
            _ = try LiveDirectory.at(losing.uri, profile: profile(), verifies: true).read { _ in }
        }
        #expect(lost.code == .unverified && "\(lost)".contains("such as '\(reference)'"), "\(lost)")
        let steady = try unsteady([.reference([reference])]) { $0 }
        let followed = try #require(throws: LDAPError.self) {
            _ = try LiveDirectory.at(
                steady.uri, profile: profile(), verifies: true, followed: ["127.0.0.1:\(elsewhere.port)"]
            ).read { _ in }
        }
        #expect(followed.code == .unverified && "\(followed)".contains("such as 'cn=p0"), "\(followed)")
    }

    @Test("With verify-read a message whose number was changed on the way is an error")
    func renumbered() throws {
        let server = try unsteady { $0 }
        // Behind the root entry's two messages and the one of the base come the entries: 30 LENGTH 02 01 NUMBER.
        let proxy = try FaultProxy(to: server.port, otherwise: [Fault(.xor(0x40), at: .message(8, offset: 4))])
        #expect(try LiveDirectory.at(proxy.uri, profile: profile()).read { _ in }.recipients.count == 9)
        let error = try #require(throws: LDAPError.self) {
            _ = try LiveDirectory.at(proxy.uri, profile: profile(), verifies: true).read { _ in }
        }
        #expect(error.code == .unverified)
    }

    // MARK: - Changes meanwhile

    @Test("What changes while it is read is read again")
    func changes() throws {
        var configuration = DirectoryForm.inetOrgPerson.configuration(SamplePeople.make(3000))
        configuration.modules = ["syncprov"]
        configuration.database.lines = ["overlay syncprov"]
        let slapd = try PrivateSlapd(configuration)
        let mailboxes = try LiveDirectory.at(slapd.uri, profile: profile()).read { _ in }.recipients.filter { $0.kind == .mailbox }
        let (first, second) = (try #require(mailboxes.first), mailboxes[1])
        var isChanged = false
        var handedOn: [Recipient] = []
        let snapshot = try LiveDirectory.at(slapd.uri, profile: profile(), pageSize: .always(100)).read { event in
            switch event {
            case .described: break
            case .begins: handedOn = []
            case .came(let entries, let recipients):
                handedOn += recipients
                guard entries >= 1000, !isChanged else { return }
                isChanged = true
                try? slapd.modify("dn: \(first.dn)\nchangetype: modify\nreplace: sn\nsn: Changed\n")
                // Sorted before all that is read by now.
                try? slapd.add("dn: cn=0,ou=People,o=Larkspur\nobjectClass: inetOrgPerson\ncn: 0\nsn: New\nuid: new\n")
                // Renamed to where it comes once more.
                try? slapd.modify("dn: \(second.dn)\nchangetype: modrdn\nnewrdn: cn=renamed\ndeleteoldrdn: 0\n")
            }
        }
        #expect(isChanged)
        #expect(snapshot.recipients.filter { $0.dn == first.dn }.map(\.surname) == ["Changed"])
        #expect(snapshot.recipients.filter { $0.alias == "new" }.map(\.surname) == ["New"])
        #expect(Set(snapshot.recipients.map(\.dn)).count == snapshot.recipients.count)
        #expect((2...3).contains(snapshot.proof.changedEntries), "each counts once: \(snapshot.proof.changedEntries)")
        #expect(handedOn == snapshot.recipients)
        let after = try LiveDirectory.at(slapd.uri, profile: profile()).read { _ in }
        #expect(comparable(snapshot.recipients) == comparable(after.recipients))
        #expect(after.proof.changedEntries == 0)
        #expect((snapshot.proof.entries, snapshot.proof.recipients) == (after.proof.entries, after.proof.recipients))
    }

    // MARK: - References

    @Test("References are followed to the servers that may be asked, and to no others")
    func references() throws {
        let servers = try ReferringServers()
        let (a, b) = (servers.a, servers.b)
        let alone = try LiveDirectory.at(a.uri, base: "o=Test", profile: profile()).read { _ in }
        #expect(alone.recipients.count == 3 && alone.proof.references.count == 1 && !alone.proof.provesAbsence)
        let stranger = try LiveDirectory.at(a.uri, base: "o=Test", profile: profile(), followed: ["127.0.0.1:\(a.port)"]).read { _ in }
        #expect(stranger.recipients.count == 3 && !stranger.proof.provesAbsence)
        let both = try LiveDirectory.at(
            a.uri, base: "o=Test", profile: profile(), followed: ["127.0.0.1:\(b.port)", "127.0.0.1:\(a.port)"]
        )
        .read { _ in }
        #expect(both.recipients.map(\.alias).sorted() == ["A1", "A2", "A3", "B1", "B2", "B3"])
        #expect(both.proof.provesAbsence && both.proof.references == [], "\(both.proof.gaps)")
        #expect(both.proof.followedReferences == ["ldap://127.0.0.1:\(b.port)/ou=B,o=Test??sub"])
        b.stop()
        #expect(throws: LDAPError.self) {
            _ = try LiveDirectory.at(a.uri, base: "o=Test", profile: profile(), followed: ["127.0.0.1:\(b.port)"]).read { _ in }
        }
    }

    // MARK: - Pages

    @Test("A server that takes only small pages is read in small ones")
    func smallPages() throws {
        let server = try StubDirectory.people(450, oddity: .refusesLargePages(150)).serve()
        let snapshot = try LiveDirectory.at(server.uri, profile: profile(), pageSize: .whereOffered(1000)).read { _ in }
        #expect((snapshot.recipients.count, snapshot.proof.entries, snapshot.proof.pageSize) == (450, 450, 100))
    }

    @Test("The proof names the attributes that no mailbox showed")
    func unseen() throws {
        let server = try StubDirectory.people(5).serve()
        let proof = try LiveDirectory.at(server.uri, profile: profile()).read { _ in }.proof
        #expect(proof.unseenAttributes.contains("mail") && proof.unseenAttributes.contains("initials"))
        #expect(!proof.unseenAttributes.contains("uid") && !proof.unseenAttributes.contains("objectClass"))
    }
}
