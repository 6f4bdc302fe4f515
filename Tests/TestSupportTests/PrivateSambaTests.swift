import Foundation
import TestSupport
import Testing

@Suite("A private Samba")
struct PrivateSambaTests {
    @Test("answers as soon as it is made, has the people, takes changes, and is gone with its folder when it is let go")
    func life() throws {
        var samba: PrivateSamba? = try PrivateSamba()
        let other = try PrivateSamba()
        #expect(samba?.address != other.address)
        let names = try samba?.search("-b", PrivateSamba.peopleBase, "(proxyAddresses=*)", "dn").components(separatedBy: "dn:").count
        #expect(names == PrivateSamba.people.count + 1)
        try samba?.modify("dn: CN=reader,CN=Users,DC=larkspur,DC=example\nchangetype: delete\n")
        #expect(try samba?.search("(cn=reader)", "dn").contains("dn: ") == false)
        #expect(try other.search("(cn=reader)", "dn").contains("dn: CN=reader,CN=Users"))
        let folder = try #require(samba?.folder.path)
        let process = try #require(samba?.process)
        samba = nil
        #expect(!process.isRunning)
        #expect(!TemporaryFolderTests.exists(folder))
    }
}
