import LDAPClient
import Records
import TestSupport
import Testing

@testable import DirectorySource

@Suite("Changes and the file that they are applied to")
struct SnapshotFileTests {
    private func entry(_ number: UInt64, _ text: String, isRecipient: Bool = true) -> TrackedEntry {
        let record =
            isRecipient
            ? Recipient(
                dn: "cn=\(number) \(text)", kind: .mailbox, alias: text, displayName: "É" + text,
                addresses: (0..<number % 4).map { MailAddress(type: "SMTP", value: "\($0)\(text)@x") })
            : Recipient(dn: "cn=\(number) \(text)", kind: .account)
        return TrackedEntry(
            id: EntryUUID(high: number, low: ~number), record: record, isRecipient: isRecipient, slots: number & 0xFF, stamp: number,
            remarks: number % 7 == 0 ? ["odd: \(text)"] : [])
    }

    private func table(_ entries: [TrackedEntry]) -> EntryTable {
        var table = EntryTable()
        for entry in entries { table.add(entry) }
        return table
    }

    private func entries(_ table: EntryTable) -> [EntryUUID: TrackedEntry] {
        Dictionary(uniqueKeysWithValues: (0..<table.count).map { (table.ids[$0], table[$0]) })
    }

    @Test("Changes give what they say, count what differs, and keep the order", arguments: 1...30)
    func applying(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let before = (0..<UInt64.random(in: 0...60, using: &generator)).map { entry($0, "old", isRecipient: $0 % 5 != 0) }
        var expected = Dictionary(uniqueKeysWithValues: before.map { ($0.id, $0) })
        var (updated, removed): ([TrackedEntry], Set<EntryUUID>) = ([], [])
        var counts = SnapshotChanges.Counts()
        for number in 0..<UInt64(90) {
            let id = EntryUUID(high: number, low: ~number)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0:
                let new = entry(number, Bool.random(using: &generator) ? "old" : "new", isRecipient: number % 5 != 0)
                if let old = expected.updateValue(new, forKey: id) { counts.changed += old == new ? 0 : 1 } else { counts.added += 1 }
                updated.append(new)
            case 1:
                if expected.removeValue(forKey: id) != nil { counts.removed += 1 }
                removed.insert(id)
            default: break
            }
        }
        let changes = SnapshotChanges.changes(updated: updated.shuffled(using: &generator), removed: removed)
        let result = try #require(changes.applied(to: table(before)))
        #expect(entries(result.table) == expected && result.counts == counts)
        #expect(result.table.recipients.count == expected.values.count { $0.isRecipient })
        let known = Set(before.map(\.id))
        #expect(result.table.ids.filter(known.contains) == before.map(\.id).filter { expected[$0] != nil })
        #expect(
            result.table.ids.drop(while: known.contains).map(\.high) == result.table.ids.drop(while: known.contains).map(\.high).sorted())
        // Done once more, nothing differs.
        #expect(try #require(changes.applied(to: result.table)).counts == SnapshotChanges.Counts())
        #expect(SnapshotChanges.startOver(because: "x").applied(to: result.table) == nil)
    }

    private func kept(_ count: UInt64 = 40) -> TrackedSnapshot {
        let table = table((0..<count).map { entry($0, "text", isRecipient: $0 % 5 != 0) })
        let proof = ReadProof(source: "ldap://x", protection: "plain", base: "o=X", filter: "(a=b)", profile: "p", entries: Int(count))
        let place = ChangeCookie.Place(
            server: "ldap://x", serverIdentity: ["y"], toldBase: nil, login: "anonymous", identity: nil, context: "o=X", profile: ["p"],
            isProfileFound: true)
        let cookie = ChangeCookie(method: .contentSync, octets: [0, 255, 7], tracking: Tracking(identity: "entryUUID"), place: place)
        return TrackedSnapshot(
            snapshot: DirectorySnapshot(recipients: table.recipients, proof: proof), fullReadAt: "2026-11-26T01:02:03Z",
            readAt: "2026-11-27T01:02:03Z", table: table, cookie: cookie)
    }

    @Test("A file gives back what was put into it", arguments: [0, 1, 5, 500] as [UInt64])
    func roundTrip(_ count: UInt64) throws {
        let before = kept(count)
        let after = try SnapshotFile.snapshot(in: SnapshotFile.bytes(of: before))
        #expect(after.snapshot.recipients == before.snapshot.recipients && after.snapshot.proof == before.snapshot.proof)
        #expect(after.cookie == before.cookie && (after.fullReadAt, after.readAt) == (before.fullReadAt, before.readAt))
        #expect(after.table.ids == before.table.ids && entries(after.table) == entries(before.table))
        #expect(SnapshotFile.bytes(of: after) == SnapshotFile.bytes(of: before))
    }

    @Test("A file that was cut off, damaged, or comes from a newer program is no snapshot, and says so")
    func damaged() throws {
        let bytes = SnapshotFile.bytes(of: kept())
        for length in 0..<bytes.count {
            #expect(throws: SnapshotFile.Problem.self) { _ = try SnapshotFile.snapshot(in: Array(bytes.prefix(length))) }
        }
        for place in bytes.indices {
            var other = bytes
            other[place] ^= 1 << UInt8(place % 8)
            #expect(throws: SnapshotFile.Problem.self) { _ = try SnapshotFile.snapshot(in: other) }
        }
        #expect(throws: SnapshotFile.Problem.self) { _ = try SnapshotFile.snapshot(in: bytes + [0]) }
        var newer = bytes
        newer[7] = 3
        let problem = try #require(throws: SnapshotFile.Problem.self) { _ = try SnapshotFile.snapshot(in: newer) }
        #expect(problem.why == "it is of version 3, and this program knows 2")
    }

    @Test("A file that somebody made up, with a good checksum, is refused or can be read without harm")
    func hostile() throws {
        let bytes = SnapshotFile.bytes(of: kept())
        var generator = SeededGenerator(seed: 9)
        var refused = 0
        for _ in 0..<4000 {
            var other = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 8..<other.count - 8, using: &generator)
                other[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
            }
            if Bool.random(using: &generator) { other.remove(at: Int.random(in: 24..<other.count - 8, using: &generator)) }
            let sum = Checksum.of(other.span.extracting(..<(other.count - 8)))
            for byte in 0..<8 { other[other.count - 8 + byte] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * byte)) }
            do {
                for recipient in try SnapshotFile.snapshot(in: other).snapshot.recipients {
                    _ = (recipient.description, recipient.id, recipient.homeServer, recipient.key)
                }
            } catch { refused += 1 }
        }
        #expect(refused > 1000)
    }

    @Test(
        "The checksum is XXH64",
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
            ("The quick brown fox jumps over the lazy dog", 0x0B24_2D36_1FDA_71BC),
        ] as [(String, UInt64)])
    func checksum(_ text: String, _ sum: UInt64) {
        #expect(Checksum.of(text.utf8.span) == sum)
    }
}
