import Reconciler
import Records
import TestSupport
import Testing

@testable import Workflow

@Suite("The map file")
struct MapFileTests {
    private func pairs(_ text: String) throws -> [MappedPair] {
        let folder = try TemporaryFolder()
        return try MapFile.pairs(at: folder.write(text, to: "map.csv"))
    }

    @Test("gives pairs with their lines; header, comments and empty lines are passed over")
    func reads() throws {
        let text = "Mailbox,Recipient\r\n# a comment\r\n\r\nJSMITH,\"cn=JohnS,cn=Recipients,o=ORG\"\r\nnet/po1/bob,smtp:bob@org.example\r\n"
        let pairs = try pairs(text)
        #expect(pairs.map(\.mailboxName) == ["JSMITH", "BOB"])
        #expect(pairs.map(\.recipient) == ["cn=JohnS,cn=Recipients,o=ORG", "smtp:bob@org.example"])
        #expect(pairs.map { $0.postoffice?.description } == [nil, "NET/PO1"])
        #expect(pairs.map(\.line) == [4, 5])
    }

    @Test(
        "says where and what is wrong",
        arguments: [
            ("JSMITH\n", ":1: expected two columns"), ("a,b\nJSMITH,cn=JohnS,o=ORG\n", ":2: expected two columns"),
            ("A/B,x\n", ":1: 'A/B' is neither"),
            ("A,\n", ":1: expected two columns"),
        ])
    func refuses(_ text: String, _ message: String) {
        let error = #expect(throws: Failure.self) { try pairs(text) }
        #expect(error?.status == .badData)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }
}
