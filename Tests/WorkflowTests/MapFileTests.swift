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
        let text =
            "Mailbox,Recipient\r\n# a \"comment\"\r\n\r\nJSMITH,\"cn=JohnS,cn=Recipients,o=ORG\"\r\nnet/po1/bob,smtp:bob@org.example\r\n"
        let pairs = try pairs(text)
        #expect(pairs.map(\.mailboxName) == ["JSMITH", "BOB"])
        #expect(pairs.map(\.recipient) == ["cn=JohnS,cn=Recipients,o=ORG", "smtp:bob@org.example"])
        #expect(pairs.map { $0.postoffice?.description } == [nil, "NET/PO1"])
        #expect(pairs.map(\.line) == [4, 5])
    }

    /// Excel's "CSV UTF-8" begins with a mark, which once belonged to the first mailbox name.
    @Test(
        "is read with the mark of UTF-8, and in UTF-16 of either order with its own",
        arguments: ["", "mailbox,recipient\r\n", "# ours\r\n"])
    func marks(beginning: String) throws {
        let text = "\u{FEFF}\(beginning)WJ,\"cn=Jörg,o=ORG\"\r\n"
        let folder = try TemporaryFolder()
        for bytes in [Array(text.utf8), utf16(text), utf16(text, isLittleEndian: false)] {
            let pairs = try MapFile.pairs(at: folder.write(bytes, to: "map.csv"))
            #expect(pairs.map(\.mailboxName) == ["WJ"] && pairs.map(\.recipient) == ["cn=Jörg,o=ORG"])
        }
    }

    private static let brokenFiles: [([UInt8], String)] = [
        ([0xFF, 0xFE, 0x41], "half characters; save it as UTF-8"), ([0xFE, 0xFF, 0xD8, 0x00], "half characters"),
        (utf16("A,b\n"), "as in UTF-16 without a mark; save it as UTF-8"),
    ]

    @Test("in UTF-16 that is none, or without a mark, is refused with advice", arguments: brokenFiles)
    func badUTF16(bytes: [UInt8], message: String) throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: Failure.self) { try MapFile.pairs(at: folder.write(bytes, to: "map.csv")) }
        #expect(error?.status == .badData && error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(
        "says where and what is wrong",
        arguments: [
            ("JSMITH\n", ":1:2: expected two columns"), ("a,b\nJSMITH,cn=JohnS,o=ORG\n", ":2:3: expected two columns"),
            ("A/B,x\n", ":1:1: 'A/B' is neither"),
            ("A,\n", ":1:2: this column is empty; expected the recipient's DN, alias"),
            ("a,b\n,x\n", ":2:1: this column is empty; expected the mailbox name"),
            ("A,b\nB,\"cn=c,o=d\n", ":2:2: the quote that opens on line 2, column 2 is never closed"),
            ("A,\"cn=a,o=b\nB,\"cn=c,o=d\"\n", ":2:2: the quote that opens in the row on line 1 is closed only here"),
            ("# ask, \"Ann\n# ask,\"Ann\nA,b\nB,\"c\"\n", ":4:2: the quote that opens in the row on line 2 is closed only here"),
            ("# ask,\"Ann\nA,b\n", ":1:2: the quote that opens on line 1, column 2 is never closed"),
            ("# ask,\"Ann\nA,b\"\nB,c\n", ":1:2: the quote that opens here, in a comment, is closed on another line only"),
            ("A,\"x\" y\n", ":1:2: there is text behind the closing quote"), ("A,x\"y\n", ":1:2: a quote stands where none belongs"),
        ])
    func refuses(_ text: String, _ message: String) {
        let error = #expect(throws: Failure.self) { try pairs(text) }
        #expect(error?.status == .badData)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }
}

/// The text in UTF-16, with a mark only where the text begins with one.
func utf16(_ text: String, isLittleEndian: Bool = true) -> [UInt8] {
    text.utf16.flatMap { (unit: UInt16) -> [UInt8] in
        let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
        return isLittleEndian ? [low, high] : [high, low]
    }
}
