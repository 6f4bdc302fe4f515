import Testing

@testable import DirectorySource

@Suite("An attribute's name")
struct AttributeNameTests {
    @Test(
        "is letters, digits and hyphens, or numbers, with options",
        arguments: [
            "uid", "Home-MDB", "extensionAttribute1", "cn;lang-de", "member;range=0-1499", "member;range=0-*", "userCertificate;binary",
            "2.5.4.3",
            "old_mail",
        ])
    func possible(_ name: String) { #expect(AttributeName.isPossible(name)) }

    @Test(
        "is nothing else",
        arguments: [
            "", "employee number", "1uid", "-uid", "mail,uid", "mail=x", "Straße", "uid;", "cn;lang de", "2..5", "2.5.", "(uid", "uid*",
        ])
    func impossible(_ name: String) { #expect(!AttributeName.isPossible(name)) }
}
