import StrictYAML
import Testing

/// What `body` refuses, as the user reads it; `nil` when it takes everything.
func refusal(of text: String, _ body: (YAMLMapping) throws(YAMLProblem) -> Void = { _ in }) -> String? {
    do throws(YAMLProblem) {
        try body(YAMLMapping(parsing: text, file: "x.yaml"))
        return nil
    } catch {
        return error.description
    }
}

@Suite("A YAML file that is right")
struct YAMLMappingTests {
    static let sample = """
        base: o=CONTOSO   # where to read
        "quoted": "a\\tb # no comment"
        single: 'it''s'
        limit: 0042
        yes: No
        empty: ""
        nothing:
        tilde: ~
        word: "null"
        one: alone
        several: [a, "b c", 3]
        block:
          - x
          - y
        inner:
          deep: 1
        items:
          - {kind: mailbox, has: uid}
          - kind: none
        """
    let yaml: YAMLMapping

    init() throws { yaml = try YAMLMapping(parsing: Self.sample, file: "x.yaml") }

    @Test("gives each value as it is spelled, quotes and escapes undone")
    func texts() throws {
        #expect(try yaml.text("base") == "o=CONTOSO")
        #expect(try yaml.text("quoted") == "a\tb # no comment")
        #expect(try yaml.text("single") == "it's")
        #expect(try yaml.text("limit") == "0042", "a number keeps its zeros: it may be an employee's")
        #expect(try yaml.text("absent") == nil)
    }

    @Test("tells nothing from an empty text and from the word null")
    func null() throws {
        #expect(yaml["nothing"] == nil)
        #expect(yaml["tilde"] == nil)
        #expect(try yaml.text("empty") == "")
        #expect(try yaml.text("word") == "null")
    }

    @Test("takes one value or a list where a list is wanted")
    func lists() throws {
        #expect(try yaml.texts("one") == ["alone"])
        #expect(try yaml.texts("several") == ["a", "b c", "3"])
        #expect(try yaml.texts("block") == ["x", "y"])
        #expect(try yaml.texts("absent") == [])
    }

    @Test("has mappings inside, and lists of them")
    func mappings() throws {
        #expect(try yaml.mapping("inner")?.text("deep") == "1")
        #expect(try yaml.mapping("absent") == nil)
        #expect(try yaml.mappings("items").map { try $0.text("kind") } == ["mailbox", "none"])
        #expect(try yaml.mappings("absent").isEmpty)
    }

    @Test("knows its keys in the order of the file, without those that say nothing")
    func keys() {
        let expected = [
            "base", "quoted", "single", "limit", "yes", "empty", "word", "one", "several", "block", "inner", "items",
        ]
        #expect(yaml.keys == expected)
    }

    @Test(
        "says true and false in every spelling of YAML",
        arguments: [("true", true), ("Yes", true), ("ON", true), ("false", false), ("no", false), ("Off", false), ("\"true\"", true)])
    func flags(_ spelling: String, _ expected: Bool) throws {
        #expect(try YAMLMapping(parsing: "flag: \(spelling)", file: "x.yaml").flag("flag") == expected)
    }

    @Test(
        "may be empty, a comment, or nothing at all",
        arguments: ["", "\n\n", "# only a comment\n", "---\n", "~", "null", "{}", "\u{FEFF}", "---\n...\n"])
    func empty(_ text: String) throws {
        #expect(try YAMLMapping(parsing: text, file: "x.yaml").keys == [])
    }

    @Test("may have a byte order mark, Windows line ends and text beyond ASCII")
    func encodings() throws {
        let yaml = try YAMLMapping(parsing: "\u{FEFF}base: o=Käse\r\nalias: uid\r\n", file: "x.yaml")
        #expect(yaml.keys == ["base", "alias"])
        #expect(try yaml.text("base") == "o=Käse")
    }
}

@Suite("A YAML file that is wrong is refused with its place")
struct YAMLProblemTests {
    static let known = ["directory", "base", "page-size", "attributes", "kinds"]

    @Test(
        "Unknown key: the nearest known one, or all of them",
        arguments: [
            ("base: x\n  \nBsae: y", "x.yaml:3:1: unknown key 'Bsae'; did you mean 'base'?"),
            ("page_size: 1", "x.yaml:1:1: unknown key 'page_size'; did you mean 'page-size'?"),
            ("  atributes: 1", "x.yaml:1:3: unknown key 'atributes'; did you mean 'attributes'?"),
            ("Directory: 1", "x.yaml:1:1: unknown key 'Directory'; did you mean 'directory'?"),
            ("zz: 1", "x.yaml:1:1: unknown key 'zz'. Known keys: directory, base, page-size, attributes, kinds"),
            ("password: 1", "x.yaml:1:1: unknown key 'password'. Known keys: directory, base, page-size, attributes, kinds"),
            ("\"\": 1", "x.yaml:1:1: unknown key ''. Known keys: directory, base, page-size, attributes, kinds"),
        ])
    func unknownKey(_ text: String, _ expected: String) {
        #expect(refusal(of: text) { yaml throws(YAMLProblem) in try yaml.allowOnly(Self.known) } == expected)
    }

    @Test("A misspelt key is found although it says nothing", arguments: ["bsae:", "bsae: ~", "base: x\nbsae: null\n"])
    func unknownKeyWithoutValue(_ text: String) {
        let refusal = refusal(of: text) { yaml throws(YAMLProblem) in try yaml.allowOnly(Self.known) }
        #expect(refusal?.contains("unknown key 'bsae'; did you mean 'base'?") == true, "\(refusal ?? "taken")")
    }

    @Test("Known keys are taken")
    func knownKeys() {
        #expect(refusal(of: "base: x\nkinds: []") { yaml throws(YAMLProblem) in try yaml.allowOnly(Self.known) } == nil)
    }

    @Test("A list or mapping where one value is wanted")
    func notOneValue() {
        let read: (YAMLMapping) throws(YAMLProblem) -> Void = { yaml throws(YAMLProblem) in _ = try yaml.text("base") }
        #expect(refusal(of: "base: [a]", read) == "x.yaml:1:7: 'base' must be one value, not a list or mapping")
        #expect(refusal(of: "x: 1\nbase:\n  a: b", read) == "x.yaml:3:3: 'base' must be one value, not a list or mapping")
    }

    @Test("Something in a list that is no text")
    func notTexts() {
        let read: (YAMLMapping) throws(YAMLProblem) -> Void = { yaml throws(YAMLProblem) in _ = try yaml.texts("base") }
        #expect(refusal(of: "base:\n- a\n- {b: c}", read) == "x.yaml:3:3: 'base' must be one value, not a list or mapping")
        #expect(refusal(of: "base: {b: c}", read) == "x.yaml:1:7: 'base' must be one value, not a list or mapping")
    }

    @Test("One value where a mapping or a list is wanted")
    func notMapping() {
        let readMapping: (YAMLMapping) throws(YAMLProblem) -> Void = { yaml throws(YAMLProblem) in _ = try yaml.mapping("base") }
        #expect(refusal(of: "base: a", readMapping) == "x.yaml:1:7: 'base' must be a mapping of keys to values")
        #expect(refusal(of: "base: [a]", readMapping) == "x.yaml:1:7: 'base' must be a mapping of keys to values")
        let readList: (YAMLMapping) throws(YAMLProblem) -> Void = { yaml throws(YAMLProblem) in _ = try yaml.mappings("base") }
        #expect(refusal(of: "base: a", readList) == "x.yaml:1:7: 'base' must be a list")
        #expect(refusal(of: "base: {a: b}", readList) == "x.yaml:1:7: 'base' must be a list")
        #expect(refusal(of: "base: [{a: b}, c]", readList) == "x.yaml:1:16: each item of 'base' must be a mapping")
    }

    @Test("A value that is none of those expected")
    func wrongValue() {
        let flag: (YAMLMapping) throws(YAMLProblem) -> Void = { yaml throws(YAMLProblem) in _ = try yaml.flag("base") }
        #expect(refusal(of: "base:  maybe", flag) == "x.yaml:1:8: 'base' is 'maybe'; expected true or false")
        let number: (YAMLMapping) throws(YAMLProblem) -> Void = { yaml throws(YAMLProblem) in
            _ = try yaml.value("base", expected: "a number", parse: { Int($0) })
        }
        #expect(refusal(of: "base: 12x", number) == "x.yaml:1:7: 'base' is '12x'; expected a number")
        #expect(refusal(of: "base: 12", number) == nil)
    }

    @Test("A problem of the reader's own stands at the mapping, or at one of its keys")
    func ownProblem() throws {
        let yaml = try YAMLMapping(parsing: "a: 1\nb:\n  c: 2\n  d: 3", file: "x.yaml")
        let inner = try #require(try yaml.mapping("b"))
        #expect(inner.problem("no").description == "x.yaml:3:3: no")
        #expect(inner.problem("no", at: "d").description == "x.yaml:4:3: no")
        #expect(inner.problem("no", at: "absent").description == "x.yaml:3:3: no")
        #expect(try YAMLMapping(parsing: "", file: "x.yaml").problem("no").description == "x.yaml:1:1: no")
    }

    @Test(
        "The same key twice: nobody can say which one counts",
        arguments: [
            ("base: a\nalias: b\nbase: c", "x.yaml:1:1: the same key stands there twice: base"),
            ("in:\n  a: 1\n  a: 2", "x.yaml:2:3: the same key stands there twice: a"),
            ("{a: 1, b: 2, \"a\": 3}", "x.yaml:1:2: the same key stands there twice: a"),
        ])
    func duplicateKey(_ text: String, _ expected: String) {
        #expect(refusal(of: text) == expected)
    }

    @Test(
        "Not YAML at all, with the place",
        arguments: [
            ("a: [1, 2", 2), ("a: 1\n b: 2", 2), ("a: \"never closed", 1), ("a: 1\n\tb: 2", 2), ("a: {b: 1", 2), ("a: @b", 1), ("a: %b", 1),
            ("a: *nowhere", 1), ("a: 1\n---\nb: 2", 2), ("- a\nb: 1", 2),
        ])
    func brokenYAML(_ text: String, _ line: Int) {
        let refusal = refusal(of: text) ?? "taken"
        #expect(refusal.contains("this is not YAML: "), "\(refusal)")
        let place = refusal.split(separator: ":").prefix(3)
        #expect(place.count == 3 && place[1] == "\(line)" && Int(place[2]) != nil, "\(refusal)")
    }

    @Test(
        "YAML, but no mapping",
        arguments: [("just words", "1:1"), ("- a\n- b", "1:1"), ("42", "1:1")])
    func notAMapping(_ text: String, _ place: String) {
        #expect(refusal(of: text) == "x.yaml:\(place): the file must be a mapping of keys to values, such as 'base: o=CONTOSO'")
    }

    @Test("A key that is a list", arguments: ["? [a, b]\n: c", "{[a]: b}"])
    func keyIsNoText(_ text: String) {
        #expect(refusal(of: text)?.hasSuffix("a key must be a plain text") == true)
    }

    @Test("Control characters and null bytes", arguments: ["a: \u{0}", "a: \u{1}", "a\u{7F}: b\u{8}"])
    func controlCharacters(_ text: String) {
        #expect(refusal(of: text)?.contains("this is not YAML") == true, "\(refusal(of: text) ?? "taken")")
    }

    @Test(
        "Anchors and aliases, with the place of what is named",
        arguments: [("a: &x 1\nb: *x", "1:4"), ("a: 1\nb: &x [c]", "2:4"), ("a: {b: &x {c: d}}\ne: *x", "1:8"), ("&x a: 1\nb: *x", "1:1")])
    func anchors(_ text: String, _ place: String) {
        #expect(refusal(of: text) == "x.yaml:\(place): anchors and aliases are not used here; write the value out")
    }

    /// Each line holds the one before it twenty times.
    @Test("A few lines of aliases do not become a million values", .timeLimit(.minutes(1)))
    func manyAliases() {
        let lines = (1...12).map { "a\($0): &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 20).joined(separator: ",") + "]" }
        let text = (["a0: &a0 x"] + lines).joined(separator: "\n")
        #expect(refusal(of: text) == "x.yaml:2:10: anchors and aliases are not used here; write the value out")
        #expect(refusal(of: text + "\n? *a12\n: x")?.contains("aliases are not used here") == true)
    }

    @Test("Stars and ampersands within a value are no aliases")
    func stars() {
        let line = "(&(cn=*)(sn=* *)) R & D, AT&T *once *twice"
        let text = (1...30).map { "k\($0): '\(line)'\nl\($0): see \(line)" }.joined(separator: "\n")
        #expect(refusal(of: text) == nil)
    }

    @Test("Nesting without end does not end the program")
    func deepNesting() {
        #expect(refusal(of: String(repeating: "[", count: 100_000)) != nil)
    }
}
