import LDAPClient
import Records
import TestSupport
import Testing

@testable import DirectorySource

@Suite("An entry that comes twice counts once")
struct RepeatedEntriesTests {
    private func profile() throws -> ProfileChoice { .profile(try Shipped.profile("inetorgperson")) }

    private func person(_ name: String, in container: String = "o=Test", id: String = "", surname: String = "x") -> StubEntry {
        StubEntry(
            "cn=\(name),\(container)",
            [("objectClass", ["inetOrgPerson"]), ("uid", [name]), ("sn", [surname]), ("mail", ["\(name)@x"])]
                + (id.isEmpty ? [] : [("entryUUID", [id])]))
    }

    /// Every entry as often as it is said to be there.
    private func expectWhole(_ snapshot: DirectorySnapshot, _ count: Int, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(snapshot.recipients.count == count, sourceLocation: sourceLocation)
        #expect(Set(snapshot.recipients.map(\.dn)).count == count, sourceLocation: sourceLocation)
        #expect(snapshot.proof.recipients == [.mailbox: count], sourceLocation: sourceLocation)
    }

    @Test("also where pages overlap; and a server that repeats entries is not said to have shown everything")
    func overlappingPages() throws {
        var directory = StubDirectory.people(250, oddity: .overlappingPages(by: 10))
        directory.entries.append(StubEntry("ou=last,o=Test", [("objectClass", ["organizationalUnit"])]))
        let server = try directory.serve()
        var handedOn: [Recipient] = []
        let snapshot = try LiveDirectory.at(server.uri, profile: profile(), pageSize: .always(60)).read { event in
            switch event {
            case .described: break
            case .begins: handedOn = []
            case .came(_, let recipients): handedOn += recipients
            }
        }
        expectWhole(snapshot, 250)
        #expect(snapshot.proof.entries == 251 && handedOn == snapshot.recipients)
        let gap = try #require(snapshot.proof.gaps.first { $0.contains("more than once") })
        #expect(gap.contains("40 entries") && gap.contains("such as 'cn=p"), "\(gap)")
    }

    @Test("however its name is spelled, and what came last of it counts")
    func spellings() throws {
        let server = try StubDirectory(entries: [
            person("anna"), StubEntry("CN=Anna , o=TEST", person("anna", surname: "later").attributes), person("bo\\,b"),
            StubEntry("cn=bo\\2Cb,o=Test", person("bob").attributes), person("carl"),
        ]).serve()
        let snapshot = try LiveDirectory.at(server.uri, profile: profile()).read { _ in }
        #expect(snapshot.recipients.map(\.alias) == ["anna", "bob", "carl"])
        #expect(snapshot.recipients.first?.surname == "later")
        #expect(snapshot.proof.entries == 3 && snapshot.proof.recipients == [.mailbox: 3])
    }

    @Test("under two names, when its id is the same")
    func ids() throws {
        let id = "6c2f7b3a-1111-4222-8333-444455556666"
        let server = try StubDirectory(entries: [
            person("old", id: id), person("other", id: "6c2f7b3a-1111-4222-8333-444455556667"), person("new", id: id.uppercased()),
        ]).serve()
        let snapshot = try LiveDirectory.at(server.uri, profile: profile()).read { _ in }
        #expect(snapshot.recipients.map(\.alias).sorted() == ["new", "other"])
        #expect(snapshot.proof.entries == 2 && snapshot.proof.recipients == [.mailbox: 2])
        #expect(snapshot.proof.gaps.contains { $0.contains("more than once") }, "\(snapshot.proof.gaps)")
    }

    @Test("where a reference leads back to the server itself: that is no gap")
    func backToItself() throws {
        let people = SamplePeople.make(355)
        let slapd = try PrivateSlapd(DirectoryForm.inetOrgPerson.configuration(people))
        let before = try LiveDirectory.at(slapd.uri, profile: profile()).read { _ in }
        try slapd.add(
            "dn: ou=back,o=Larkspur\nobjectClass: referral\nobjectClass: extensibleObject\nou: back\nref: ldap://127.0.0.1:\(slapd.port)/o=Larkspur??sub\n"
        )
        let snapshot = try LiveDirectory.at(slapd.uri, profile: profile(), followed: ["127.0.0.1:\(slapd.port)"]).read { _ in }
        #expect(snapshot.proof.followedReferences.count == 1)
        #expect((snapshot.proof.entries, snapshot.proof.recipients) == (before.proof.entries, before.proof.recipients))
        #expect(comparable(snapshot.recipients) == comparable(before.recipients))
        #expect(snapshot.proof.provesAbsence, "\(snapshot.proof.gaps)")
    }

    @Test("where a reference leads to a server that holds the same DNs, with ids of its own")
    func sameNamesElsewhere() throws {
        func server(_ reference: String?, _ more: [StubEntry]) throws -> StubServer {
            let entries =
                (1...20).map { person("p\($0)", id: "6c2f7b3a-1111-4222-8333-\(reference == nil ? 1 : 2)000000000\(9 + $0)") } + more
            return try StubServer { request in
                guard let search = request.search else { return [.bind(code: 0)] }
                if search.scope == 0 {
                    return search.base.isEmpty
                        ? [.entry(StubEntry("", [("namingContexts", ["o=Test"])])), .done(code: 0)] : [.done(code: 0)]
                }
                return entries.map { .entry($0) } + (reference.map { [.reference([$0])] } ?? []) + [.done(code: 0)]
            }
        }
        let copy = try server(nil, [person("only-there")])
        let first = try server("ldap://127.0.0.1:\(copy.port)/o=Test??sub", [])
        let snapshot = try LiveDirectory.at(first.uri, profile: profile(), followed: ["127.0.0.1:\(copy.port)"]).read { _ in }
        expectWhole(snapshot, 21)
        #expect(snapshot.proof.entries == 21 && snapshot.proof.provesAbsence, "\(snapshot.proof.gaps)")
    }

    @Test("in an LDIF export, with a remark")
    func export() throws {
        let folder = try TemporaryFolder()
        func record(_ dn: String, _ name: String) -> String {
            "dn: \(dn)\nobjectClass: inetOrgPerson\nuid: \(name)\nsn: \(name)\nmail: \(name)@x\n\n"
        }
        let path = try folder.write(
            record("cn=a,o=Test", "a1") + record("cn=b,o=Test", "b") + record("CN=A,o=test", "a2")
                + "dn: o=Test\nobjectClass: organization\no: Test\n\n"
                + "dn: o=Test\nobjectClass: organization\no: Test\n\n", to: "twice.ldif")
        let snapshot = try LDIFDirectory(path: path, base: nil, profile: profile()).read { _ in }
        #expect(snapshot.recipients.map(\.alias) == ["a2", "b"])
        #expect(snapshot.proof.entries == 3 && snapshot.proof.recipients == [.mailbox: 2])
        #expect(snapshot.proof.remarks.contains { $0.contains("2 entries stand more than once") }, "\(snapshot.proof.remarks)")
        #expect(snapshot.proof.provesAbsence, "\(snapshot.proof.gaps)")
    }

    @Test("in an LDIF export under one id and two DNs: of the one that is left out it cannot be said that it is not there")
    func exportWithOneIDTwice() throws {
        let folder = try TemporaryFolder()
        func record(_ name: String) -> String {
            "dn: cn=\(name),o=Test\nobjectClass: inetOrgPerson\nentryUUID: 7a1c\nuid: \(name)\nsn: \(name)\nmail: \(name)@x\n\n"
        }
        let path = try folder.write(record("a") + record("b"), to: "one-id.ldif")
        let snapshot = try LDIFDirectory(path: path, base: nil, profile: profile()).read { _ in }
        #expect(snapshot.recipients.map(\.alias) == ["b"] && !snapshot.proof.provesAbsence)
        let gap = try #require(snapshot.proof.gaps.first)
        #expect(gap.hasPrefix("1 entry stands more than once, such as 'cn=b,o=Test', with one id under several DNs"), "\(gap)")
    }

    // MARK: - How they are found

    @Test("Names have the same number when they are the same name, and ids without case")
    func digests() {
        let groups = [
            ["cn=a,o=Test", "CN=A,O=TEST", "cn = a , o= test", " cn=a,o=Test "], ["cn=a b,o=Test", "CN=A   B,o=Test", "cn=\"a b\",o=Test"],
            ["cn=x\\,y,o=Test", "cn=x\\2Cy,o=Test", "cn=\"X,Y\",o=Test"], ["cn=Ü,o=Test", "cn=ü,o=Test", "cn=\\C3\\BC,o=Test"],
            ["cn=[a,o=Test"], ["cn={a,o=Test"], ["cn=a_,o=Test"], ["cn=a,ou=o=Test"], ["cn=a"], ["o=Test"], ["a"], [""],
            ["cn=abcdefgh"], ["cn=abcdefg"], ["cn=abcdefghabcdefgh"], ["cn=abcdefghabcdefg,abcdefgh"], ["cn=#1,o=Test"],
            ["cn=a\\+b,o=Test"],
        ]
        let numbers = groups.map { Set($0.map { EntryDigest.ofName($0.utf8.span) }) }
        for (names, found) in zip(groups, numbers) { #expect(found.count == 1, "\(names)") }
        #expect(Set(numbers).count == groups.count)
        #expect(EntryDigest.ofID("6C2F-aB".utf8.span) == EntryDigest.ofID("6c2f-Ab".utf8.span))
        #expect(EntryDigest.ofID("".utf8.span) == 0 && EntryDigest.ofID("x".utf8.span) != 0)
    }

    @Test("Names with one normal form have one number, whatever is in them", arguments: 1...4)
    func randomNames(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "a", "A", "b", " ", " ", ",", "\\,", "\\2C", ";", "=", "\"", "\\\"", "+", "\\+", "#", "\\#", "\\20", "\\ ", "ü", "Ü",
            "\\C3\\9C", "é", "<",
            "\\3C", "cn=", "ou=", ",o=", ", O = ",
        ]
        var numbers: [String: UInt64] = [:]
        var repeats = 0
        for _ in 0..<6_000 {
            let name =
                "cn=" + (0..<Int.random(in: 1...4, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let number = EntryDigest.ofName(name.utf8.span)
            let normal = DistinguishedName(name).normalized
            if let known = numbers.updateValue(number, forKey: normal) {
                repeats += 1
                #expect(known == number, "\(name): \(normal)")
            }
        }
        #expect(repeats > 300 && Set(numbers.values).count > numbers.count / 2)
    }

    @Test("Equal numbers are found among any number of them, zeros apart", arguments: [0, 1, 2, 100, 4_095, 4_096, 70_000])
    func equalNumbers(_ count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        // Some heaps are much fuller than others.
        let numbers = (0..<count).map { place in
            place % 5 == 0
                ? 0
                : place % 3 == 0
                    ? UInt64.random(in: 1...1000, using: &generator) : UInt64.random(in: 0...UInt64(count) / 2, using: &generator) << 40
        }
        var firsts: [UInt64: Int] = [:]
        var expected: [[Int]] = []
        for (place, number) in numbers.enumerated() where number != 0 {
            if let first = firsts[number] { expected.append([place, first]) } else { firsts[number] = place }
        }
        #expect(EqualNumbers.repeats(in: numbers).map { [$0.place, $0.first] } == expected)
        let halves = (Array(numbers.prefix(count / 3)), Array(numbers.dropFirst(count / 3)))
        #expect(EqualNumbers.repeats(in: halves.0, halves.1).map { [$0.place, $0.first] } == expected)
    }

    @Test("Who gets the name that another had is not taken for that one")
    func swappedNames() {
        func journal(_ entries: [(name: String, id: String)]) -> ReadJournal {
            var journal = ReadJournal()
            let people = entries.map { Recipient(dn: "cn=\($0.name),o=Test", kind: .mailbox, id: $0.id) }
            var digests = EntryDigests()
            for one in people {
                digests.append(
                    EntryDigest(
                        name: one.withBytes(of: .dn) { EntryDigest.ofName($0) }, id: one.withBytes(of: .id) { EntryDigest.ofID($0) }))
            }
            journal.take(ReadBatch(entries: people.count, recipients: people, digests: digests)) { _ in }
            return journal
        }
        func names(_ journal: ReadJournal) -> [String] { journal.recipients.map { "\($0.dn.dropFirst(3).prefix(1))\($0.id)" } }
        var read = journal([("a", "1"), ("b", "2"), ("c", "3")])
        read.update(with: journal([("b", "1"), ("d", "2")])) { _ in }
        #expect(names(read) == ["b1", "d2", "c3"] && read.entries == 3)
        // The same within one read: 1 became b, which had become d.
        var own = journal([("a", "1"), ("b", "2"), ("c", "3"), ("b", "1"), ("d", "2")])
        let repeated = own.settle { _ in }
        #expect(names(own) == ["b1", "d2", "c3"] && repeated.count == 2)
        // Deleted, and made anew under the same name.
        read.update(with: journal([("c", "9")])) { _ in }
        #expect(names(read) == ["b1", "d2", "c9"])
        // Another server's copies are not taken, whatever ids they have; what is only there is.
        read.add(journal([("b", "7"), ("e", "8"), ("x", "2")])) { _ in }
        #expect(names(read) == ["b1", "d2", "c9", "e8"] && read.entries == 4)
    }

    @Test("What changed meanwhile may have come twice: that is no fault of the server")
    func explained() {
        var repeated = RepeatedEntries()
        repeated.add(EntryDigest(name: 1, id: 10), dn: "cn=b")
        repeated.add(EntryDigest(name: 2, id: 0), dn: "cn=a")
        #expect(repeated.words("came") == "2 entries came more than once, such as 'cn=a'")
        repeated.remove(changed: [EntryDigest(name: 9, id: 10), EntryDigest(name: 7, id: 0)])
        #expect(repeated.words("came") == "1 entry came more than once, such as 'cn=a'")
        repeated.remove(changed: [EntryDigest(name: 2, id: 5)])
        #expect(repeated.isEmpty)
    }
}
