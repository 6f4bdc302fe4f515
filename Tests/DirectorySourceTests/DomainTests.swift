import DirectorySource
import Foundation
import LDAPClient
import Records
import TestSupport
import Testing

/// A whole Active Directory domain: a real one, Samba's.
@Suite("A whole domain")
struct DomainTests {
    @Test("is found and recognised without a base or a profile; what it refers to holds nobody, and is no gap")
    func whole() throws {
        let snapshot = try PrivateSamba.shared().directory(profile: Shipped.automatic()).read { _ in }
        let proof = snapshot.proof
        #expect((proof.base, proof.profile) == ("DC=larkspur,DC=example", "active-directory"))
        #expect(proof.references.map { $0.lowercased() } == ["ldaps://larkspur.example/cn=configuration,dc=larkspur,dc=example"])
        #expect(proof.provesAbsence, "\(proof.gaps)")
        #expect(proof.remarks == [])

        let isPerson = { (recipient: Recipient) in recipient.dn.hasSuffix(PrivateSamba.peopleBase) }
        let expected = DirectoryForm.activeDirectory.recipients(of: PrivateSamba.people)
        #expect(comparable(snapshot.recipients.filter(isPerson)) == comparable(expected))
        let others = snapshot.recipients.filter { !isPerson($0) }
        #expect(others.allSatisfy { [.account, .distributionList].contains($0.kind) && $0.alias.isEmpty && $0.addresses.isEmpty })
        let names = others.filter { $0.kind == .account }.map { $0.dn.prefix { $0 != "," } }.sorted()
        #expect(
            names == ["CN=Administrator", "CN=Guest", "CN=disabled", "CN=dns-dc1", "CN=krbtgt", "CN=reader"], "the computer DC1 is none")
    }

    @Test("gives every recipient its GUID, by which the server finds it")
    func ids() throws {
        let samba = try PrivateSamba.shared()
        let found = try samba.directory(base: PrivateSamba.peopleBase, profile: Shipped.automatic()).read { _ in }.recipients
        #expect(Set(found.map(\.id)).count == PrivateSamba.people.count)
        for recipient in found.prefix(5) {
            let entry = try samba.search("-b", "<GUID=\(recipient.id)>", "-s", "base", "(objectClass=*)", "mailNickname")
            #expect(entry.contains("mailNickname: \(recipient.alias)\n"), "\(recipient.id): \(entry)")
        }
    }

    @Test("does not show what was deleted, not even to an administrator")
    func deleted() throws {
        let samba = try PrivateSamba()
        let gone = try #require(DirectoryForm.activeDirectory.recipients(of: PrivateSamba.people).first { $0.kind == .mailbox })
        let dn = Data(gone.dn.utf8).base64EncodedString()
        try samba.modify("dn:: \(dn)\nchangetype: delete\n")
        let tombstone = try samba.search(
            "-E", "!showDeleted", "(&(isDeleted=TRUE)(lastKnownParent=\(PrivateSamba.peopleBase)))", "isDeleted")
        #expect(tombstone.contains("isDeleted: TRUE"), "\(tombstone)")
        for account in [PrivateSamba.reader, PrivateSamba.administrator] {
            let directory = try samba.directory(profile: Shipped.automatic(), account: account)
            let recipients = try directory.read { _ in }.recipients
            #expect(recipients.count { $0.dn.hasSuffix(PrivateSamba.peopleBase) } == PrivateSamba.people.count - 1)
            #expect(!recipients.contains { $0.isDeleted || $0.alias == gone.alias })
            #expect(try directory.recipients(at: [gone.dn]) == [:])
            #expect(try directory.rawEntries(named: gone.alias).isEmpty)
        }
    }
}
