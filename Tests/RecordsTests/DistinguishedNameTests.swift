import Records
import Testing

@Suite("A distinguished name")
struct DistinguishedNameTests {
    @Test(
        "gives the value of its first part, escapes undone",
        arguments: [
            ("cn=JSMITH,cn=Recipients,ou=SITE,o=ORG", "JSMITH"),
            ("cn=Smith\\, John,ou=X", "Smith, John"),
            ("cn=Smith\\2C John,ou=X", "Smith, John"),
            ("cn=M\\C3\\BCller,o=X", "Müller"),
            ("cn=\"Smith, John\",o=X", "Smith, John"),
            ("cn = a b ,o=X", "a b"), ("cn=a+uid=b,o=X", "a"), ("cn=a\\+b,o=X", "a+b"),
            ("cn=ends in blank\\ ,o=X", "ends in blank "),
            ("cn=a\\\\,o=X", "a\\"),
            ("cn=\"a\\\"b,c\",o=X", "a\"b,c"), ("cn=\"a;b+c\"+uid=d,o=X", "a;b+c"), ("cn=a\"b,c", "a\"b,c"),
            ("cn=a\\;b;o=X", "a;b"), ("cn=a\\\\,b", "a\\"), ("cn= \\ a\\ \\  ,o=X", " a  "), ("cn=\\", "\\"), ("cn=   ,o=X", ""),
            ("cn=Müller, Köln", "Müller"), ("cn=a=b,o=X", "a=b"), ("=x,o=X", "x"), (",cn=x", ""),
            ("o=ORG", "ORG"), ("", ""), ("nonsense", ""),
        ])
    func leafValue(_ dn: String, _ value: String) {
        #expect(DistinguishedName.leafValue(of: dn) == value)
    }

    @Test("has its first value found in one go wherever that is possible, and nowhere else", arguments: 0...40)
    func plainLeafValue(_ length: Int) {
        let filler = String(repeating: "x", count: length)
        for mark in ["", ",", ";", "+", "=", "\\,", "\"", " ", "ü", "ü,", "€+ü;", "x,\\"] {
            for rest in ["", "o=X", "o=Größe und noch mehr"] {
                let dn = "cn=" + filler + mark + rest
                let quick = DistinguishedName.rangeOfPlainLeafValue(in: dn.utf8.span)
                let value = dn.utf8.span.extracting(DistinguishedName.rangeOfLeafValue(in: dn.utf8.span))
                let hasSpecial = String(copyingUTF8: value).contains { $0 == "\\" || $0 == "\"" }
                let needsCare = hasSpecial || dn.hasPrefix("cn= ") || dn.contains(filler + " ,")
                if let quick {
                    #expect(quick == DistinguishedName.rangeOfLeafValue(in: dn.utf8.span), "\(dn)")
                } else {
                    #expect(needsCare || dn.hasSuffix(" "), "\(dn)")
                }
            }
        }
    }

    @Test(
        "is one where every part has an attribute's name and a value",
        arguments: [
            ("cn=Recipients, ou=SITE,o=ORG", true), ("o=ORG", true), ("2.5.4.3=x", true), ("cn=a\\,b;o=X", true), ("", false),
            ("nope", false),
            ("cn=x,", false), ("cn=,o=X", false), ("=x", false), ("c n=x", false), ("cn=x,nope", false), ("CONTOSO/PO1", false),
        ])
    func wellFormed(_ text: String, _ isWellFormed: Bool) {
        #expect(DistinguishedName(text).isWellFormed == isWellFormed)
    }

    @Test("knows its parent, whatever stands escaped or quoted in the first part")
    func parent() {
        #expect(DistinguishedName("cn=a\\,b,ou=X,o=Y").parent == "ou=X,o=Y")
        #expect(DistinguishedName("cn=\"a,b\",o=Y").parent == "o=Y")
        #expect(DistinguishedName("o=Y").parent.isEmpty)
    }

    @Test(
        "has its parts without the blanks around them",
        arguments: [
            ("cn=a, ou=b ;o=c", ["cn=a", "ou=b", "o=c"]), ("cn=a\\ , o=b", ["cn=a\\ ", "o=b"]),
            ("cn=\"a, b\" ,o=c", ["cn=\"a, b\"", "o=c"]),
            ("cn=Müller\\, Köln,ou=Größe", ["cn=Müller\\, Köln", "ou=Größe"]), ("cn=a,", ["cn=a", ""]), ("", []), ("  ", []),
        ])
    func parts(_ dn: String, _ parts: [String]) {
        #expect(DistinguishedName(dn).parts.map { String($0) } == parts)
        #expect(DistinguishedName(("x" + dn).dropFirst()).parts.map { String($0) } == parts, "a part of a longer text")
    }

    @Test(
        "is the same however it is spelled",
        arguments: [
            ("CN=John Smith, OU=X,O=Y", "cn=john  smith,ou=x,o=y"), ("cn=a\\2Cb,o=X", "cn=a\\,b,o=x"),
            ("cn=M\\c3\\bcller,o=x", "cn=MÜLLER,o=x"),
            ("cn=a;o=b", "cn=a,o=b"),
        ])
    func same(_ first: String, _ second: String) {
        #expect(DistinguishedName(first).normalized == DistinguishedName(second).normalized)
    }

    @Test("is within the entries above it and itself, and nothing else")
    func within() {
        let name = DistinguishedName("cn=a,cn=Recipients,ou=SITE,o=ORG")
        #expect(name.isWithin(DistinguishedName("CN=recipients, OU=site,O=org")))
        #expect(name.isWithin(name))
        #expect(!name.isWithin(DistinguishedName("cn=cipients,ou=SITE,o=ORG")))
        #expect(!name.isWithin(DistinguishedName("cn=b,cn=Recipients,ou=SITE,o=ORG")))
    }

    @Test("takes a value back that was escaped", arguments: ["plain", " a", "a ", "#1", "a,b+c\"d\\e<f>g;h", "ü", "a\\ "])
    func escaping(_ value: String) {
        #expect(DistinguishedName.leafValue(of: "cn=\(DistinguishedName.escape(value)),o=X") == value)
    }
}
