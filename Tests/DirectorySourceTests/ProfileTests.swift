import DirectorySource
import Records
import StrictYAML
import Testing

@Suite("Profiles")
struct ProfileTests {
    static let minimal = "name: mine\nfilter: (uid=*)\nkinds:\n  - {kind: mailbox}\n"

    private func profile(_ text: String) throws(YAMLProblem) -> DirectoryProfile {
        try ProfileReader.profile(parsing: text, file: "p.yaml")
    }

    @Test("that are shipped can be read, and have what a reader needs", arguments: ProfileReader.shippedNames)
    func shipped(_ name: String) throws {
        let profile = try #require(try ProfileReader.shipped(name))
        #expect(profile.name == name)
        #expect(!profile.title.isEmpty && !profile.alias.isEmpty && !profile.addresses.isEmpty)
        #expect(profile.kinds.contains { $0.kind == .mailbox })
        #expect((profile.signature == nil) == (name == "exchange50"), "auto never takes exchange50: nothing tells it from 5.5")
        #expect(profile.attributes.first == "objectClass")
        #expect(Set(profile.attributes.map { $0.lowercased() }).count == profile.attributes.count, "each attribute is asked for once")
    }

    @Test("are known by name", arguments: ["", "exchange2003", "Exchange55", "exchange55 ", "../exchange55"])
    func unknown(_ name: String) throws {
        #expect(try ProfileReader.shipped(name) == nil)
    }

    @Test("of one's own start from a shipped one and change single things")
    func extending() throws {
        let base = try Shipped.profile("exchange55")
        let own = try profile(
            """
            name: mine
            extends: exchange55
            filter: (cn=*)
            attributes: {alias: [Mail-nickname, uid], key: employeeNumber, directoryNameCheck: none, hidden: none}
            """)
        #expect((own.name, own.title, own.filter) == ("mine", "mine", "(cn=*)"))
        #expect(own.alias == ["Mail-nickname", "uid"])
        #expect(own.key == ["employeeNumber"] && own.hidden == [] && own.directoryNameCheck == nil)
        #expect((own.kinds, own.addresses, own.homeServer, own.signature) == (base.kinds, base.addresses, base.homeServer, base.signature))
        #expect(own.attributes.contains("employeeNumber") && !own.attributes.contains("Hide-From-Address-Book"))
        #expect(try profile("name: mine\nextends: exchange55\nsignature: none").signature == nil)
    }

    @Test("are not changed by a key that says nothing")
    func null() throws {
        #expect(try profile("name: mine\nextends: exchange55\nfilter:\nattributes: {alias: ~}\n").alias == ["uid"])
    }

    @Test("know the schema's names of attributes: without case, handed on to those that extend, changed one by one")
    func schemaNames() throws {
        let base = try Shipped.profile("exchange55").schemaNames
        #expect((base["uid"], base["rdn"], base["home-mdb"], base["Home-MDB"]) == ("Mail-nickname", "Common-Name", "Home-MDB", nil))
        #expect(try Shipped.profile("exchange50").schemaNames == base)
        #expect(try Shipped.profile("active-directory").schemaNames == [:])
        let own = try profile("name: mine\nextends: exchange55\nschemaNames: {UID: Alias, cn: none, x-own: X-Own}\n").schemaNames
        #expect(own.count == base.count && (own["uid"], own["cn"], own["x-own"]) == ("Alias", nil, "X-Own"))
    }

    @Test("take lists anew as a whole")
    func lists() throws {
        let own = try profile(Self.minimal + "addresses:\n  - {attribute: proxy, separator: \":\"}\n  - {attribute: mail, type: smtp}\n")
        #expect(own.addresses.map(\.attribute) == ["proxy", "mail"])
        #expect(own.addresses.map(\.separator) == [":", nil])
        #expect(own.kinds.map(\.kind) == [.mailbox])
    }

    @Test("can be laid over by a configuration file")
    func laidOver() throws {
        var own = try Shipped.profile("inetorgperson")
        let yaml = try YAMLMapping(parsing: "attributes: {alias: mailNickname}\ndisplayNameRepeatsDirectoryName: no\n", file: "c.yaml")
        try ProfileReader.lay(yaml, over: &own)
        #expect(own.alias == ["mailNickname"])
        #expect(!own.displayNameRepeatsDirectoryName)
        #expect(own.name == "inetorgperson" && own.surname == ["sn"])
    }

    @Test("may ask for values of attributes")
    func conditions() throws {
        let own = try profile(
            "name: m\nfilter: (a=b)\nkinds:\n  - {kind: mailbox, where: {employeeType: staff}}\n  - {kind: none, has: x}\n")
        #expect(own.kinds.map(\.values) == [["employeeType": "staff"], [:]])
        #expect(own.attributes == ["objectClass", "employeeType", "x"])
    }

    @Test(
        "that are broken are refused with line and column",
        arguments: [
            ("filter: (a=b)", "1:1: a profile needs a 'name'"), ("name: m", "1:1: a profile needs a 'filter', or 'extends'"),
            ("name: m\nfilter: (a=b)", "1:1: a profile needs 'kinds', or 'extends'"),
            ("name: m\nkinds: []\nfilter: x", "a profile needs 'kinds'"),
            ("name: m\nextends: exchange2003", "2:1: there is no shipped profile 'exchange2003'; there are active-directory, exchange55"),
            ("name: m\nfliter: (a=b)", "2:1: unknown key 'fliter'; did you mean 'filter'?"), ("name: [m]", "1:7: 'name' must be one value"),
            (minimal + "attributes: {aliass: x}", "5:14: unknown key 'aliass'; did you mean 'alias'?"),
            (minimal + "attributes: alias", "5:13: 'attributes' must be a mapping"),
            (minimal + "attributes: {alias: mail nick}", "5:21: 'alias' is 'mail nick'; expected an attribute's name: letters, digits"),
            (minimal + "attributes: {alias: [uid, 'a,b']}", "5:27: 'alias' is 'a,b'; expected"),
            (minimal + "addresses: [{attribute: p a, separator: \":\"}]", "5:25: 'attribute' is 'p a'; expected an attribute's name"),
            ("name: m\nfilter: x\nkinds: [{kind: none, where: {a b: x}}]", "3:30: 'a b' is no attribute; expected"),
            (minimal + "attributes: {directoryName: leaf}", "5:29: 'directoryName' is 'leaf'; expected leaf-of-dn or leaf-of-legacy-dn"),
            (minimal + "attributes: {directoryName: leaf-of-legacy-dn}", "5:13: 'directoryName: leaf-of-legacy-dn' needs 'legacyDN'"),
            (minimal + "displayNameRepeatsDirectoryName: maybe", "5:34: 'displayNameRepeatsDirectoryName' is 'maybe'"),
            (minimal + "addresses: mail", "5:12: 'addresses' must be a list"), (minimal + "addresses: [mail]", "each item of 'addresses'"),
            (minimal + "addresses: [{type: X}]", "an address source needs an 'attribute'"),
            (minimal + "addresses: [{attribute: x}]", "either a 'separator'"),
            (minimal + "addresses: [{attribute: x, separator: \":\", type: X}]", "either a 'separator'"),
            (minimal + "addresses: [{attribute: x, separator: \"::\"}]", "'separator' is '::'; expected one character"),
            (minimal + "addresses: [{attribute: x, separater: \":\"}]", "unknown key 'separater'; did you mean 'separator'?"),
            ("name: m\nfilter: x\nkinds: [{kind: person}]", "3:16: 'kind' is 'person'; expected mailbox, customRecipient"),
            ("name: m\nfilter: x\nkinds: [{has: x}]", "3:9: a line of 'kinds' needs a 'kind'"),
            ("name: m\nfilter: x\nkinds: [{kind: mailbox, where: x}]", "'where' must be a mapping"),
            ("name: m\nextends: exchange55\nschemaNames: [x]", "3:14: 'schemaNames' must be a mapping"),
            ("name: m\nextends: exchange55\nschemaName: {uid: x}", "3:1: unknown key 'schemaName'; did you mean 'schemaNames'?"),
            ("name: m\nextends: exchange55\nschemaNames: {uid: a, UID: b}", "3:23: the attribute 'UID' stands there twice"),
            ("name: m\nextends: exchange55\nschemaNames: {uid: [a]}", "3:20: 'uid' must be one value"),
            ("name: m\nextends: exchange55\nschemaNames: {uid: ''}", "3:20: 'uid' is ''; expected the schema name"),
            ("name: m\nname: n", "1:1: the same key"),
            ("name: \"m", "this is not YAML"), ("", "1:1: a profile needs a 'name'"),
        ])
    func broken(_ text: String, _ expected: String) throws {
        let error = try #require(throws: YAMLProblem.self) { _ = try profile(text) }
        #expect("\(error)".contains(expected), "\(error)")
        #expect("\(error)".hasPrefix("p.yaml:"))
    }
}
