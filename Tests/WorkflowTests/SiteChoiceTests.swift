import Reconciler
import Records
import TestSupport
import Testing

@testable import Workflow

@Suite("What is told of the site")
struct SiteChoiceTests {
    private func settings(_ flags: [SettingKey: [String]], environment: [String: String] = [:]) throws(Failure) -> Settings {
        var layer = SettingLayer()
        for (key, texts) in flags { layer.set(key, texts, origin: "--\(key.rawValue)") }
        return try Settings(
            RunContext(
                flags: layer, environment: environment, configuration: nil, console: Console(data: { _ in }, talk: { _ in }),
                isCancelled: { false }, now: { "2026-11-22T20:00:00Z" }))
    }

    @Test("gives homes and excluded entries, from flags and from the environment, where DNs have blanks")
    func told() throws {
        let told = try settings(
            [.home: ["contoso/po1=cn=Recipients,ou=HQ,o=Alder Freight"]],
            environment: ["LDAP_RECONCILE_EXCLUDE": "cn=Test,o=Alder Freight\ncn=Old,o=Alder Freight"]
        ).site
        #expect(told.homes.map(\.postoffice.description) == ["CONTOSO/PO1"])
        #expect(told.homes.map(\.container) == ["cn=Recipients,ou=HQ,o=Alder Freight"])
        #expect(told.excluded == ["cn=Test,o=Alder Freight", "cn=Old,o=Alder Freight"])
    }

    @Test(
        "is refused where it is not what it should be, with what was expected",
        arguments: [
            (SettingKey.home, "CONTOSO/PO1", "--home is 'CONTOSO/PO1'; expected NETWORK/POSTOFFICE=DN"),
            (.home, "PO1=cn=X,o=Y", "--home is 'PO1=cn=X,o=Y'; expected NETWORK/POSTOFFICE=DN"),
            (
                .home, "VERYLONGNET/PO1=o=Y",
                "--home names the postoffice VERYLONGNET/PO1, but MS Mail's networks and postoffices have at most 10"
            ),
            (
                .postoffice, "NET/POSTOFFICE1",
                "--postoffice names the postoffice NET/POSTOFFICE1, but MS Mail's networks and postoffices have"
            ),
            (.keyAttribute, "employee number", "--key-attribute is 'employee number'; expected an attribute's name"),
            (
                .attribute, "alias=mail nickname",
                "--attribute is 'alias=mail nickname': 'alias' is 'mail nickname'; expected an attribute's"
            ),
            (.blank, "directory NAME", "--blank is 'directory NAME'; expected a column that a corrected row can do without"),
            (.blank, "Mode", "--blank is 'Mode'; expected"), (.blank, "", "--blank is ''; expected"),
            (.home, "A/B=Berlin", "--home is 'A/B=Berlin'; expected"), (.exclude, "Test", "--exclude is 'Test'; expected a DN"),
        ])
    func refused(key: SettingKey, text: String, message: String) {
        let error = #expect(throws: Failure.self) { try settings([key: [text]]) }
        #expect(error?.status == .usage)
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }
}

@Suite("The file of nicknames")
struct NicknameFileTests {
    private func lines(_ text: String) throws -> [[String]] {
        let folder = try TemporaryFolder()
        return try NicknameFile.lines(at: folder.write(text, to: "names.txt"))
    }

    @Test("has a name and its forms on each line, with commas or blanks; comments and empty lines are passed over")
    func reads() throws {
        #expect(try lines("\u{FEFF}Willem, Wim,Pim\r\n# ours\r\n\r\n  Jörg\tYogi \n") == [["Willem", "Wim", "Pim"], ["Jörg", "Yogi"]])
    }

    @Test(
        "says where and what is wrong",
        arguments: [
            ("Willem Wim\n Pim\n", ":2:2: 'Pim' stands alone"),
            ("Anna Anna-Maria\n", ":1:6: 'Anna-Maria' is not one word of letters"),
            ("\u{FEFF}Jürgen, 7\n", ":1:9: '7' is not one word"), ("Anna &\n", ":1:6: '&' is not one word"),
        ])
    func refuses(text: String, message: String) {
        let error = #expect(throws: Failure.self) { try lines(text) }
        #expect(error?.status == .badData)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test("that is not UTF-8 is refused by line and column; in UTF-16 with its mark it is read")
    func encodings() throws {
        let folder = try TemporaryFolder()
        let bytes: [UInt8] = Array("Anna, Änne\nJ".utf8) + [0xFC] + Array("rgen, J\n".utf8)
        let error = #expect(throws: Failure.self) { try NicknameFile.lines(at: folder.write(bytes, to: "names.txt")) }
        #expect(error?.status == .badData)
        #expect(error?.message.contains("names.txt:2:2: the file of nicknames must be UTF-8") == true, "\(error?.message ?? "")")
        #expect(try NicknameFile.lines(at: folder.write(utf16("\u{FEFF}Jürgen, Jürg"), to: "names.txt")) == [["Jürgen", "Jürg"]])
    }
}
