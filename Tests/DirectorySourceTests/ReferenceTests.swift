import LDAPClient
import Testing

@testable import DirectorySource

@Suite("Where a reference may lead")
struct ReferenceTests {
    @Test(
        "Name and password go nowhere where they are protected less than now",
        arguments: [
            ("ldap://a", false, "ldap://b", true), ("ldap://a", false, "ldaps://b", true), ("ldap://a", true, "ldap://b", true),
            ("ldaps://a", false, "ldap://b", false), ("ldaps://a", false, "ldaps://b", true),
            ("ldapi://%2Frun%2Fldapi", false, "ldap://b", false), ("ldapi://%2Frun%2Fldapi", false, "ldaps://b", true),
        ])
    func protection(from server: String, startTLS: Bool, to reference: String, isAllowed: Bool) throws {
        let settings = ConnectionSettings(address: try ServerAddress(server), startTLS: startTLS)
        let found = try #require(Reference(reference + "/o=Test", defaultBase: "", scope: .subtree))
        #expect(found.isNoLessProtected(than: settings) == isAllowed)
    }
}
